"""Search every case and print what was found, as the tables in docs/adr: python -m tests.model [large] [traces]."""

import sys
import time
from collections.abc import Mapping

from tests.model import cases
from tests.model.cases import Expected


def table(title: str, expected: Mapping[str, Expected], *, traces: bool) -> bool:
    """Print one table; returns whether every verdict was the expected one."""
    print(f"\n| {title} | states | seconds | breaks |\n|---|---:|---:|---|")
    rows = [_row(name, one, traces=traces) for name, one in expected.items()]
    return all(rows)


def _row(name: str, expected: Expected, *, traces: bool) -> bool:
    began = time.process_time()
    found = expected.case.search()
    seconds = time.process_time() - began
    right = (set(found.broken), found.states) == (set(expected.breaks), expected.states)
    verdict = (", ".join(sorted(found.broken)) or "nothing") + ("" if right else " **not as expected**")
    print(f"| {name} | {found.states:,} | {seconds:.1f} | {verdict} |", flush=True)
    for broke, way in found.broken.items() if traces else ():
        print(f"  {broke}:", *way, sep="\n    ")
    return right


def main(arguments: list[str]) -> int:
    """All tables; 0 when every verdict is the expected one."""
    tables = {"as built": cases.PROTOCOL, "one rule left out": cases.UNSOUND, "spare rules": cases.SPARE}
    if "large" in arguments:
        tables["as built, large"] = cases.LARGE
    results = [table(title, expected, traces="traces" in arguments) for title, expected in tables.items()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
