"""`python -m infra.checkov <checkov> <template> …`: checkov's findings against the register of those we accept.

Fails on a finding that the register does not name, and on an entry that names none: what was mended leaves it.
"""

import fnmatch
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from infra.services import ROOT

REGISTER = ROOT / "infra" / "checkov.yaml"


@dataclass(frozen=True)
class Finding:
    """A check that a resource of a template does not pass."""

    check: str
    template: str
    """`registration`, `shared` …"""
    resource: str
    """Type and logical id, e.g. `AWS::SQS::Queue.DeadLetters`."""
    name: str

    def __str__(self) -> str:
        return f"{self.check} {self.template} {self.resource}: {self.name}"


@dataclass(frozen=True)
class Accepted:
    """One entry of the register: a check, the resources it is accepted of (`*` as in file names), and why."""

    check: str
    of: tuple[str, ...]
    because: str

    def covers(self, finding: Finding) -> bool:
        """Whether this finding is accepted."""
        place = f"{finding.template}.{finding.resource.rpartition('.')[2]}"
        return finding.check == self.check and any(fnmatch.fnmatchcase(place, pattern) for pattern in self.of)


def register(path: Path = REGISTER) -> list[Accepted]:
    """The entries of the register."""
    return [Accepted(e["check"], tuple(e["of"]), e["because"]) for e in yaml.safe_load(path.read_text())]


def findings(report: Any) -> Iterator[Finding]:  # noqa: ANN401 - checkov's JSON
    """What checkov found, from its report: one object, or a list of them."""
    for part in report if isinstance(report, list) else [report]:
        for failed in part["results"]["failed_checks"]:
            path = Path(failed["file_path"])
            template = path.parent.name if path.stem == "template" else path.stem
            yield Finding(failed["check_id"], template, failed["resource"], failed["check_name"])


def judge(found: Sequence[Finding], accepted: Sequence[Accepted]) -> list[str]:
    """What is wrong, in words; empty when all is as the register says."""
    new = [str(finding) for finding in found if not any(entry.covers(finding) for entry in accepted)]
    idle = [entry for entry in accepted if not any(entry.covers(finding) for finding in found)]
    return new + [f"{entry.check} {', '.join(entry.of)}: in the register, but nothing is found" for entry in idle]


def main(arguments: Sequence[str]) -> int:
    """Command line; returns the exit code."""
    checkov, *templates = arguments
    # what it may do without asking anybody: no key, no download of somebody's policies
    command = [checkov, "--framework", "cloudformation", "--quiet", "--compact", "--skip-download", "-o", "json"]
    done = subprocess.run([*command, "-f", *templates], capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        print(done.stderr, file=sys.stderr)
        return 2
    report = json.loads(done.stdout)
    wrong = judge(list(findings(report)), register())
    print(*wrong, sep="\n") if wrong else print("checkov: nothing but what infra/checkov.yaml accepts")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
