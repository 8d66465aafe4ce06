"""Does the account allow what a deadline needs? `python -m infra.quotas --stage prod`: ends with 1 when not.

It compares AWS Service Quotas with infra/quotas.toml. An account is asked, not a stage: all stages of one share it.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, PositiveInt

from infra import stacks, stage
from infra.aws import REGION, Aws
from infra.deploy import Deployment
from infra.services import ROOT

FILE = ROOT / "infra" / "quotas.toml"


class Need(BaseModel):
    """One quota and how much of it is needed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: str
    quota: str
    """Its code, or its name where Service Quotas is asked by name."""
    name: str
    usual: PositiveInt | None = None
    """What a new account is allowed, where it is known; for the reader only."""
    need: PositiveInt
    because: str


class Needs(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    need: tuple[Need, ...]


@dataclass(frozen=True)
class Answer:
    """What the account allows of a need; None: Service Quotas does not know such a quota here."""

    need: Need
    allowed: float | None

    @property
    def enough(self) -> bool:
        """Whether it does."""
        return self.allowed is not None and self.allowed >= self.need.need

    def __str__(self) -> str:
        allowed = "unknown" if self.allowed is None else f"{self.allowed:,.0f}"
        mark = "  " if self.enough else "! "
        return f"{mark}{self.need.service:<12}{allowed:>10} of {self.need.need:>7,}  {self.need.name}"


def needs(file: Path = FILE) -> tuple[Need, ...]:
    """What is needed.

    Raises:
        pydantic.ValidationError: the file says something else.
    """
    return Needs.model_validate(tomllib.loads(file.read_text())).need


def compare(client: Any, wanted: Iterable[Need]) -> Iterator[Answer]:  # noqa: ANN401 - a boto3 client without stubs
    """What the account allows of each need, asked once a service."""
    known: dict[str, dict[str, float]] = {}
    for need in wanted:
        if need.service not in known:
            known[need.service] = _allowed(client, need.service)
        yield Answer(need, known[need.service].get(need.quota))


def _allowed(client: Any, service: str) -> dict[str, float]:  # noqa: ANN401 - as above
    """An account's values by code and by name: the default where nothing else was granted."""
    found: dict[str, float] = {}
    for listing in ("list_aws_default_service_quotas", "list_service_quotas"):  # what was granted comes last
        for page in client.get_paginator(listing).paginate(ServiceCode=service):
            for quota in page["Quotas"]:
                found |= {quota["QuotaCode"]: quota["Value"], quota["QuotaName"]: quota["Value"]}
    return found


def main(arguments: Sequence[str]) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m infra.quotas", description="Compare quotas with what is needed.")
    parser.add_argument("--stage", required=True)
    parser.add_argument("--region", default=REGION)
    given = parser.parse_args(arguments)
    try:
        stage.load(given.stage)
    except stage.StageError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    aws = Aws(given.region)
    if not stacks.outputs(aws, Deployment(aws, given.stage).stack("shared")):
        print(f"`{given.stage}` is not deployed in this account yet; its quotas can be asked for already.")
    return tell(compare(aws.session.client("service-quotas"), needs()))


def tell(answers: Iterable[Answer]) -> int:
    """Print each, and why one that does not suffice is needed; returns 1 when there is one."""
    failed = False
    for answer in answers:
        print(answer)
        if not answer.enough:
            failed = True
            print(f"    {answer.need.because}")
    print("Ask for more: Service Quotas, three weeks ahead." if failed else "All quotas suffice.")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
