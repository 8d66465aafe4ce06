"""The race's judge can say no: each broken promise is found in a small history, and nothing is found in a sound one."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from services.finalization.institution.prefinalize_institution import ACTION
from services.finalization.prefinal.prefinalize_ended import PORTAL
from services.kernel.writes.calendar import Window
from tests.system import judging

CLOSES = 1000
LATER = 2000


def gate(state: str | None = None, epoch: int | None = None, closes: int | None = None) -> dict[str, Any]:
    """A transaction on the gate: a move, or the lock."""
    part: dict[str, Any] = {"kind": "Update", "pk": "G#9990"}
    part |= {"state": state} if state else {}
    part |= {"ep": str(epoch)} if epoch else {}
    part |= {window.lower(): str(closes) for window in Window} if closes else {}
    return {"applied": [part]}


def write(identity: str, received: int = CLOSES - 1, pid: str = "p") -> dict[str, Any]:
    """A write that was applied."""
    link = {"kind": "Put", "pk": f"registration#P#{pid}", "actor": identity, "action": "qualify", "at": str(received)}
    return {"applied": [{"kind": "Put", "pk": f"P#{pid}", "sk": "@"}, link]}


OPEN, LOCK = gate("OPEN", 1, CLOSES), gate("CLOSED")
EXTENDED = gate("OPEN", 2, LATER)
SOUND = [OPEN, write("w-1"), EXTENDED, write("w-2", CLOSES), LOCK, gate("OPEN", 3, LATER + 9), write("w-3", LATER)]
ALONE: Mapping[str, Sequence[str]] = {}
ANSWERS = {"w-1": "acknowledged", "w-2": "acknowledged", "w-3": None, "w-4": "refused"}


def pair(*pids: str) -> dict[str, Any]:
    """A write that wanted to move p and q, as far as it was applied."""
    return {"applied": [part for pid in pids for part in write("w-1", pid=pid)["applied"]]}


def found(
    lines: list[dict[str, Any]], answers: dict[str, str | None], tried: Mapping[str, Sequence[str]] = ALONE
) -> list[str]:
    """What the judge says of a history; whoever is not in `tried` wanted to move p alone."""
    told: list[dict[str, Any]] = [{"told": "trying", "id": one, "people": tried.get(one, ["p"])} for one in answers]
    told += [{"told": answer, "id": one} for one, answer in answers.items() if answer]
    return list(judging.faults(judging.witnessed(lines), judging.heard(told)))


def test_a_sound_history_is_not_found_fault_with() -> None:
    assert found(SOUND, ANSWERS) == []
    seen = judging.witnessed([*SOUND, LOCK, {"conflict": "PutItem"}])
    assert (seen.moves, seen.locks, seen.conflicts["PutItem"]) == (3, 2, 1)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([OPEN, write("w-1", CLOSES), *SOUND[2:]], "at or after the close"),
        ([OPEN, LOCK, write("w-1"), *SOUND[2:]], "while the institution was locked"),
        ([OPEN, *SOUND[2:]], "acknowledged, and not there"),
        ([*SOUND, write("w-4")], "refused, and there all the same"),
        ([*SOUND, write("w-5")], "nobody tried"),
        ([*SOUND, write("w-3")], "applied twice"),
    ],
)
def test_each_broken_promise_is_found(lines: list[dict[str, Any]], fault: str) -> None:
    told = found(lines, ANSWERS)
    assert len(told) == 1
    assert fault in told[0]


@pytest.mark.parametrize(
    ("moved", "faults"),
    [("pq", []), ("p", ["one of two"]), ("q", ["one of two"]), ("ppq", ["twice"])],
)
def test_two_people_are_moved_together_and_once(moved: str, faults: list[str]) -> None:
    told = found([OPEN, pair(*moved)], {"w-1": "acknowledged"}, {"w-1": ["p", "q"]})
    assert len(told) == len(faults)
    assert all(fault in one for fault, one in zip(faults, told, strict=True))


def listing(at: int) -> dict[str, Any]:
    """The portal pre-finalizes."""
    link = {"kind": "Put", "pk": "finalization#I#9990", "actor": PORTAL, "action": ACTION, "at": str(at)}
    return {"applied": [{"kind": "Put", "pk": "F#9990", "sk": "META"}, {"kind": "Update", "pk": "G#9990"}, link]}


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        ([OPEN, listing(CLOSES), EXTENDED, listing(LATER)], []),
        ([OPEN, listing(CLOSES - 1)], ["while entry was open"]),
        ([OPEN, EXTENDED, listing(CLOSES)], ["while entry was open"]),
        ([OPEN, LOCK, listing(CLOSES)], ["while locked"]),
        ([OPEN, listing(CLOSES), listing(CLOSES + 9)], ["twice for one close"]),
    ],
)
def test_a_list_too_early_or_too_many_is_found(lines: list[dict[str, Any]], faults: list[str]) -> None:
    told = found(lines, {})
    assert len(told) == len(faults)
    assert all(fault in one for fault, one in zip(faults, told, strict=True))


def correction(*pids: str) -> dict[str, Any]:
    """A NIK that was corrected: who stood under the first id, on his second version, stands under the second one."""
    parts = [part for pid in pids for part in write("w-1", pid=pid)["applied"]]
    links = {f"registration#P#{pid}": f"{version:010d}" for version, pid in zip((2, 1), pids, strict=False)}
    return {"applied": [{**p, "action": "correct-nik", "sk": links[p["pk"]]} if "actor" in p else p for p in parts]}


@pytest.mark.parametrize(("moved", "faults"), [("pq", 0), ("p", 1), ("q", 1)])
def test_who_leaves_a_wrong_nik_stands_under_the_right_one(moved: str, faults: int) -> None:
    assert len(found([OPEN, correction(*moved)], {"w-1": "acknowledged"}, {"w-1": ["p", "q"]})) == faults


@pytest.mark.parametrize(("version", "count"), [(1, 0), (2, 2)])
def test_a_corrected_nik_is_sealed_from_its_first_version(version: int, count: int) -> None:
    seen = judging.witnessed([OPEN, correction("p", "q")])
    assert seen.joined == {"q"}
    assert len(list(judging.sealed_faults(seen, {"p": 2, "q": version}, {"p": 2, "q": 1}))) == count


@pytest.mark.parametrize(
    ("sealed", "stored", "count"),
    [
        ({"p": 4}, {"p": 4}, 0),
        ({"p": 3}, {"p": 4}, 2),
        ({"p": 3}, {"p": 3}, 1),
        ({}, {"p": 4}, 2),
        ({"p": 4, "q": 1}, {"p": 4}, 1),
    ],
)
def test_a_seal_is_what_was_written_and_what_is_stored(
    sealed: dict[str, int], stored: dict[str, int], count: int
) -> None:
    assert len(list(judging.sealed_faults(judging.witnessed(SOUND), sealed, stored))) == count
