"""`python -m infra.privileges`: what the policies allow, against what the functions were seen to use.

The local judge notes each grant a function used (infra/local/ledger.py). `make privileges` plays the demo and the
system and browser tests and keeps what was noted in infra/used_permissions.json. What is allowed and was not seen used
stands in infra/unused_permissions.toml with its reason, or it is taken out of the policy.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from fnmatch import fnmatchcase
from pathlib import Path

from infra.local.ledger import USED
from infra.local.wiring import written_resources
from infra.services import ROOT, SERVICES, Service

RECORD = ROOT / "infra" / "used_permissions.json"
KEPT = ROOT / "infra" / "unused_permissions.toml"

Grants = Mapping[str, Set[str]]
"""By function (`service-function`), grants written as `Sid action resource`."""


def granted(services: Sequence[Service] = SERVICES) -> Grants:
    """What the policies allow."""
    files = ((service, file) for service in services for file in sorted((service.infra / "policies").glob("*.json")))
    return {f"{service.name}-{file.stem}": frozenset(_grants(file)) for service, file in files}


def _grants(policy: Path) -> Iterator[str]:
    for statement in json.loads(policy.read_text())["Statement"]:
        for action in statement["Action"]:
            for resource in written_resources(statement):
                yield f"{statement['Sid']} {action} {resource}"


def recorded(record: Path = RECORD) -> Grants:
    """What was seen used when the record was written."""
    return {function: frozenset(grants) for function, grants in json.loads(record.read_text()).items()}


def seen(folder: Path = USED) -> Grants:
    """What the judge has noted on this machine."""
    return {file.stem: frozenset(file.read_text().splitlines()) for file in sorted(folder.glob("*.txt"))}


def kept(file: Path = KEPT) -> Mapping[str, str]:
    """What may stay allowed without being used: pattern of `service-function Sid action resource`, and why."""
    return {what: entry["why"] for entry in tomllib.loads(file.read_text())["kept"] for what in entry["what"]}


def faults(allowed: Grants, used: Grants, reasons: Mapping[str, str]) -> Iterator[str]:
    """Where policies, record and list disagree, a line each."""
    all_allowed, all_used = _lines(allowed), _lines(used)
    for line in sorted(all_used - all_allowed):
        yield f"recorded as used, and no policy allows it (make privileges): {line}"
    for line in sorted(all_allowed - all_used):
        if not any(fnmatchcase(line, pattern) for pattern in reasons):
            yield f"allowed, never used, and no reason given: {line}"
    for pattern, why in reasons.items():
        if not why.strip():
            yield f"no reason given: {pattern}"
        if not any(fnmatchcase(line, pattern) for line in all_allowed):
            yield f"listed as unused, and no policy allows it: {pattern}"
        for line in sorted(line for line in all_used if fnmatchcase(line, pattern)):
            yield f"listed as unused, and used: {line}"


def merged(allowed: Grants, *uses: Grants) -> dict[str, list[str]]:
    """All uses together, without what no policy allows any more."""
    return {
        function: sorted(grants & frozenset().union(*(use.get(function, frozenset()) for use in uses)))
        for function, grants in sorted(allowed.items())
    }


def _lines(grants: Grants) -> set[str]:
    return {f"{function} {grant}" for function, several in grants.items() for grant in several}


def main(arguments: Sequence[str]) -> int:
    """Keep what was noted, if asked to, and compare; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m infra.privileges", description="Allowed against used.")
    parser.add_argument("--keep", choices=["anew", "more"], help="write the record from what was noted, or add it")
    keep = parser.parse_args(arguments).keep
    allowed = granted()
    if keep:
        before = recorded() if keep == "more" and RECORD.exists() else {}
        RECORD.write_text(json.dumps(merged(allowed, before, seen()), indent=2) + "\n")
    found = list(faults(allowed, recorded(), kept()))
    print(*found or ["Policies, record and list agree."], sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
