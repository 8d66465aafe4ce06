"""Counted units of each deed of a census: infra/cost/units.json, written by `make count-units`."""

import json
from collections.abc import Mapping

from infra.services import ROOT

FILE = ROOT / "infra" / "cost" / "units.json"


def read() -> dict[str, dict[str, float]]:
    """Units by deed and name, e.g. {"submit": {"write": 13, "read": 4.5}}."""
    counted: dict[str, dict[str, float]] = json.loads(FILE.read_text())
    return counted


def write(counted: Mapping[str, Mapping[str, float]]) -> None:
    """Keep what was counted."""
    FILE.write_text(json.dumps(counted, indent=1, sort_keys=True) + "\n")
