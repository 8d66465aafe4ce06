"""An import's facts share events of the bus, and every listener hears each of them."""

import json
from collections import Counter
from pathlib import Path

from tests.support.office import open_office
from tests.support.portal import Portal

PEOPLE = 120


def told(logs: Path, function: str, line: str) -> Counter[str]:
    """What a function's lines of one kind add up to: facts and events."""
    found: Counter[str] = Counter()
    path = logs / f"{function}.log"
    for text in path.read_text().splitlines() if path.exists() else []:
        if text.startswith("{") and (entry := json.loads(text)).get("line") == line:
            found.update(lines=1, facts=entry.get("count", 1), events=entry.get("events", 0))
    return found


def test_an_imports_facts_share_events_and_all_are_heard(portal: Portal) -> None:
    office = open_office(portal)
    portal.wait_idle()
    before = told(portal.logs, "registration-relay", "FACT001")
    office.enlist(office.person(at) for at in range(PEOPLE))
    relayed = told(portal.logs, "registration-relay", "FACT001") - before
    assert relayed["facts"] == PEOPLE + 1, "and that the import is done"
    assert relayed["events"] <= PEOPLE / 10, relayed
    counts = office.stage.staff("admin").get(office.stage.finalization)["counts"]
    assert counts["total"] == PEOPLE
