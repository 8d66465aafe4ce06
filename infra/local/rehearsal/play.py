"""One institution under AWS's limits, from entry to the seal: whoever was told yes is in it once, and nobody else."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from infra.local.client import Visitor, new_key, wait_for
from infra.local.demo.stage import OPENING, Stage, soon_after
from infra.local.demo.steps_institution import AT_THE_OFFICE, registered_fields, stage_person
from infra.local.rehearsal.patient import Patient
from tools.sample.verdicts import verdicts

ROLES = ("operator", "verifikator", "bkn")
_SEAL_SECONDS = 180


@dataclass(frozen=True)
class Load:
    """How many write at the same time, and how many people each of them enters and decides on."""

    clients: int
    people: int


@dataclass
class Run:
    """What came of one knob."""

    writes: int
    """Acknowledged."""
    seconds: float
    turned_away: Counter[str]
    """What the writers were told instead, by "method status", before they sent again."""
    asked: Mapping[str, int]
    """Requests and entries of the bus, until everything had come to rest."""
    refused: Mapping[str, int]
    """What the knobs refused of that."""


class Rehearsal:
    """An institution nobody used before, and its writers."""

    def __init__(self, stage: Stage) -> None:
        """Open it, in the entry window, without limits."""
        self._stage = stage
        self._ids: list[str] = []
        self._next = 0
        turn(stage)
        self._letters = _letters(stage)
        stage.move_clock(OPENING)
        stage.open_institution()
        stage.visitors.update({role: Patient(stage.base) for role in ROLES})
        for role in ROLES:
            stage.staff(role)

    def write(self, load: Load, **limits: float) -> Run:
        """Enter and decide on people under these limits, and wait until all facts have arrived."""
        turn(self._stage, **limits)
        began = time.monotonic()
        shares = [self._share(load.people) for _ in range(load.clients)]
        with ThreadPoolExecutor(load.clients) as side_by_side:
            done = list(side_by_side.map(self._write, shares))
        seconds = time.monotonic() - began
        self._ids += [pid for ids, _ in done for pid in ids]
        turned_away = sum((refused for _, refused in done), Counter[str]())
        self._stage.settle()
        told = counted(self._stage)
        return Run(2 * load.clients * load.people, seconds, turned_away, told["asked"], told["refused"])

    def seal(self) -> None:
        """Let everything close, lock and seal under the limits that are in force, and look at what is there.

        Raises:
            Unexpected: something was lost, is there twice, or was given up.
        """
        stage, report = self._stage, self._stage.report
        closes = self._closes()
        stage.move_clock(soon_after(closes))
        bkn, operator = stage.staff("bkn"), stage.staff("operator")
        late = operator.send("POST", f"{stage.registration}/people", self._fields(self._next), key=new_key())
        report.same("sesudah batas", (late.status, late.json["type"]), (410, "window-closed"))
        sealed = wait_for(lambda: bkn.get(stage.finalization)["seal"], "the lock and the seal", _SEAL_SECONDS)
        roster = stage.people()
        once = sorted(one["id"] for one in roster) == sorted(self._ids)
        report.check(f"yang diterima ada, satu kali: {len(self._ids)}", so=once, seen=len(roster))
        report.same("semua putusan ada", {one["state"] for one in roster}, {"MEMENUHI_SYARAT"})
        report.same("segel memuat semuanya", sealed["thk2"] + sealed["non_asn"], len(self._ids))
        turn(stage)
        stage.settle()
        report.same("pesan yang ditinggalkan", _letters(stage), self._letters)

    def _closes(self) -> datetime:
        calendar = Patient(self._stage.base).get(f"/api/finalization/calendar?institution={self._stage.code}")
        return max(datetime.fromisoformat(window["closes"]) for window in calendar["windows"])

    def _share(self, people: int) -> Sequence[Mapping[str, object]]:
        first = self._next
        self._next += people
        return [self._fields(at) for at in range(first, self._next)]

    def _fields(self, at: int) -> Mapping[str, object]:
        return registered_fields(stage_person(self._stage, at))

    def _write(self, share: Sequence[Mapping[str, object]]) -> tuple[list[str], Counter[str]]:
        """Enter each person and decide on him, every write with a key of its own until it was answered."""
        operator, verifikator = (self._copy(role) for role in ("operator", "verifikator"))
        verdict = {"criteria": verdicts("MEMENUHI_SYARAT", AT_THE_OFFICE)}
        there, ids = f"{self._stage.registration}/people", []
        for fields in share:
            made = operator.post(there, fields, key=new_key(), expect=201)
            verifikator.post(f"{there}/{made['id']}/verdicts", {**verdict, "v": made["v"]}, key=new_key())
            ids.append(str(made["id"]))
        return ids, operator.refused + verifikator.refused

    def _copy(self, role: str) -> Patient:
        return Patient(self._stage.base, dict(self._stage.visitors[role].cookies))


def turn(stage: Stage, **limits: float) -> None:
    """Put these limits in force and no others (infra/local/knobs.py); what they refuse is counted anew."""
    Visitor(stage.base).post("/_local/limits", limits)


def counted(stage: Stage) -> Mapping[str, Mapping[str, int]]:
    """What was `asked` for and what was `refused` since the knobs were turned."""
    shown = Visitor(stage.base).get("/_local/limits")
    return {name: {what: n for what, n in shown[name].items() if n} for name in ("asked", "refused")}


def kept_errors(stage: Stage, **limits: float) -> int:
    """Overload a path until it fails, then ask once more alone: how many were given somebody else's error.

    The path is one that all people ask for under the same address.
    """
    turn(stage, at_once=1, **limits)
    path = "/api/finalization/calendar"
    with ThreadPoolExecutor(_READERS) as side_by_side:
        for _ in range(_ROUNDS):
            statuses = list(side_by_side.map(lambda _: Visitor(stage.base).send("GET", path).status, range(_READERS)))
            if 504 in statuses:
                break
    alone = Visitor(stage.base).send("GET", path).status
    kept = counted(stage)["refused"].get("answered from the error cache", 0)
    stage.report.check(f"gagal di bawah beban, lalu sendirian {alone}", so=504 in statuses, seen=statuses)
    stage.report.same("sendirian dijawab galat orang lain", alone == 504, kept > 0)
    turn(stage)
    return kept


def _letters(stage: Stage) -> int:
    return len(Visitor(stage.base).get("/_local/dead-letters")["items"])


_READERS = 6
_ROUNDS = 5
