"""What is decided for one stage: `infra/stages/<stage>.toml`, the only place where an operator decides anything.

A deployment gives every stack these values anew, so what runs is what the committed file says.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.alias_generators import to_pascal

from infra.services import ROOT

STAGES = ROOT / "infra" / "stages"
PRODUCTION = "prod"
_EXAMPLES = (".example", ".invalid", ".test")
"""Ends of names that belong to nobody (RFC 2606)."""

Address = Annotated[str, Field(pattern=r"^([^@\s]+@[^@\s]+\.[a-z]+)?$")]
Domain = Annotated[str, Field(pattern=r"^([a-z0-9-]+(\.[a-z0-9-]+)+)?$")]
Cap = Annotated[int, Field(ge=0, le=1000)]
Rate = Annotated[int, Field(ge=1, le=10_000)]
Units = Annotated[int, Field(ge=0, le=100_000)]
Certificate = Annotated[str, Field(pattern=r"^(arn:aws:acm:us-east-1:\d{12}:certificate/[0-9a-f-]{36})?$")]


class StageError(Exception):
    """The file of a stage is missing, or says what cannot be; the text says what to change."""


class Stage(BaseModel):
    """A stage's choices. Each but `protected` is the template parameter of the same name in CamelCase."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    protected: bool
    """Stacks refuse to be deleted, and to replace or delete what holds data, whoever asks CloudFormation."""
    alarm_email: Address = ""
    """Who is told of alarms; he must confirm the subscription."""
    mail_sender: Address = ""
    """From whom notices come; its domain must be proved in SES (docs/deploy.md). Empty: nobody is written to."""
    domain_name: Domain = ""
    """The site's own name; empty: the one that CloudFront gives."""
    certificate_arn: Certificate = ""
    """Its certificate: ACM in us-east-1, where CloudFront looks for it."""
    deletion_protection: bool
    """Of the tables."""
    seal_retention_mode: Literal["GOVERNANCE", "COMPLIANCE"] = "GOVERNANCE"
    """Object Lock of whatever is put into the seals bucket without saying more; seals themselves say COMPLIANCE."""
    seal_retention_days: Annotated[int, Field(ge=1, le=3650)]
    """How long nobody at all can delete a seal: a rehearsal's should be gone tomorrow."""

    requests_per_second: Rate = 500
    """What each method of each API takes, and at once; the account's own limit holds for all together."""
    requests_burst: Rate = 1000
    slow_requests_per_second: Rate = 50
    """The same for what costs much or is guessed at (infra/limits.py)."""
    slow_requests_burst: Rate = 100
    requests_per_address: Annotated[int, Field(ge=100, le=2_000_000_000)] = 10_000
    """In five minutes; a ministry has one address."""
    sign_ins_per_address: Annotated[int, Field(ge=100, le=2_000_000_000)] = 600

    inspection_concurrency: Cap = 0
    """Workers at the same time, so that they leave people their place; 0 is no cap, and 1 AWS does not take."""
    import_concurrency: Cap = 0
    consumer_concurrency: Cap = 0
    counting_concurrency: Cap = 0

    dukcapil_service: Literal["", "stand-in"] = ""
    """Which population register is asked when an account is made; there is no line to the real one yet."""
    reminders_per_second: Annotated[int, Field(ge=1, le=1000)] = 8
    """How many people are reminded of a deadline a second; less than SES allows, so that codes are not behind them."""
    second_check_percent: Annotated[int, Field(ge=0, le=100)] = 0
    """Of a hundred verdicts so many are drawn for a second check by another (docs/adr/0023); 0 draws none."""
    notices_concurrency: Annotated[int, Field(ge=2, le=1000)] = 2
    """Senders of mails, some five a second each: enough for the reminders and for what people wait for."""

    reserved_concurrency_registration_api: Cap = 0
    """What is kept free for those that may not wait; 0 reserves nothing. All together are taken from the account's."""
    reserved_concurrency_documents_api: Cap = 0
    reserved_concurrency_finalization_api: Cap = 0
    reserved_concurrency_announcements_api: Cap = 0
    reserved_concurrency_relay: Cap = 0
    reserved_concurrency_lock_due: Cap = 0
    reserved_concurrency_lock_institution: Cap = 0

    warm_reads_reg: Units = 12_000
    """What a table is prepared for, in units a second; 0 writes leave it as AWS makes it. It is never undone."""
    warm_writes_reg: Units = 0
    warm_reads_doc: Units = 12_000
    warm_writes_doc: Units = 0
    warm_reads_fin: Units = 12_000
    warm_writes_fin: Units = 0
    warm_reads_ann: Units = 12_000
    warm_writes_ann: Units = 0
    warm_reads_gate: Units = 12_000
    warm_writes_gate: Units = 0
    warm_reads_audit: Units = 12_000
    warm_writes_audit: Units = 0

    @model_validator(mode="after")
    def _name_and_certificate_go_together(self) -> Self:
        if bool(self.domain_name) != bool(self.certificate_arn):
            raise ValueError("domain_name and certificate_arn go together: give both or neither")
        return self

    @model_validator(mode="after")
    def _a_cap_leaves_two(self) -> Self:
        capped = {name: getattr(self, name) for name in type(self).model_fields if name.endswith("_concurrency")}
        if 1 in capped.values():
            raise ValueError("a cap is 0 (none) or 2 and more")
        return self

    def parameters(self) -> dict[str, str]:
        """The values by the templates' own names."""
        told = self.model_dump(exclude={"protected"})
        return {to_pascal(name): _as_parameter(value) for name, value in told.items()}

    def origin(self) -> dict[str, str]:
        """`SiteOrigin`, when the site has a name of its own."""
        return {"SiteOrigin": f"https://{self.domain_name}"} if self.domain_name else {}


def _as_parameter(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def load(name: str, folder: Path = STAGES) -> Stage:
    """Read what is decided for a stage.

    Raises:
        StageError: there is no such file, it says what no stage can, or a production stage decides too little.
    """
    file = folder / f"{name}.toml"
    if not file.exists():
        raise StageError(f"{file} is missing: copy {folder / 'dev.toml'} and decide what it asks")
    try:
        stage = Stage.model_validate(tomllib.loads(file.read_text()))
    except (ValidationError, tomllib.TOMLDecodeError) as wrong:
        raise StageError(f"{file}: {wrong}") from wrong
    if name == PRODUCTION:
        _require_production(stage, file)
    return stage


def refuse_examples(stage: Stage) -> None:
    """Refuse addresses that belong to nobody: alarms would ring where nobody is.

    Raises:
        StageError: naming them.
    """
    found = [value for value in (stage.alarm_email, stage.mail_sender, stage.domain_name) if value.endswith(_EXAMPLES)]
    if found:
        raise StageError(f"{', '.join(found)}: only an example; write your own")


def _require_production(stage: Stage, file: Path) -> None:
    missing = [
        name
        for name in ("alarm_email", "mail_sender", "domain_name", "protected", "deletion_protection")
        if not getattr(stage, name)
    ]
    if missing:
        raise StageError(f"{file}: {PRODUCTION} needs {', '.join(missing)}")
    if stage.dukcapil_service:
        raise StageError(f"{file}: {PRODUCTION} asks no register that was made up; leave dukcapil_service empty")
