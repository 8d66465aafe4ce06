"""Writers in several processes while the round is extended, ended, locked, sealed and opened again, over and over.

Whatever the interleaving, the guarantees of design.md, section 4, hold after every seal. Items conflict as they do in
DynamoDB (tests/system/conflicts.py). Writers, locker, sealer and the portal that
pre-finalizes, twice at once, are killed with -9 at random and started again, as
Lambda and SQS would. Clocks are skewed: the locker's own is ahead, so that it closes lanes among slow writers, not
after them; receipts are stamped by one clock, the gateway's.

`RACE_WRITES` says how many acknowledged writes the race takes at least, `RACE_SEED` which race it is. Nightly: 100,000.
Every day it is three cycles, in which some 500 writes come about while the locker and a writer are killed once and the
sealer twice in each.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from services.finalization.adapters import store
from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.events.facts import InstitutionLocked
from services.kernel.writes import gate
from services.kernel.writes.calendar import DRAIN
from services.registration.adapters import seal_store
from services.registration.model.edition import Edition, Purpose
from services.registration.settings import settings
from tests.system import judging, officials
from tests.system.crew import Crew, Lines
from tests.system.judging import Told, Witnessed
from tests.system.officials import INSTITUTION
from tests.system.racecourse import Course, conflicts, course
from tests.system.sealing import judge_seal

WRITES = int(os.environ.get("RACE_WRITES", "200"))
SEED = int(os.environ.get("RACE_SEED", "1"))
WRITERS = 5
PEOPLE = max(160, WRITES // 50)
CYCLES = max(3, WRITES // 8000)
KILLS = 0.4
"""How often somebody is killed after an extension."""
SOONEST_LOCK = timedelta(seconds=1)
"""How long after the last close the locker believes the drain to be over, at the least; slow writers take longer."""
PATIENCE = 300
"""Seconds nothing in the race takes."""


@pytest.fixture
def race(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Course]:
    """The tables alone, without conflicts."""
    with course(tmp_path, monkeypatch) as made:
        yield made


def test_what_was_acknowledged_is_sealed_and_nothing_else(
    race: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    witness, crew = tmp_path / "witness.jsonl", Crew(tmp_path, SEED)
    began = time.monotonic()
    with conflicts(race.emulator, witness, seed=SEED) as through:
        held = _Race(race, through, crew, witness)
        try:
            held.prepare()
            held.run()
        finally:
            crew.dismiss()
    with capsys.disabled():
        print(f"\n{held.figures()}, {crew.killed} killed, in {time.monotonic() - began:.0f} s")
    assert held.seen().conflicts["TransactWriteItems"], "no conflicts: the race was no race"
    assert held.told().answers["window-closed"], "nobody was refused: the race was no race"
    assert len(held.seen().commits) > len(held.seen().writes), "nobody moved two people: that was not raced"
    assert held.seen().joined, "no NIK was corrected: that was not raced"
    assert held.seen().corrected, "no field was corrected: that was not raced"
    assert held.seen().reclaims.total(), "no account was taken back: that was not raced"
    assert held.seen().locks == held.cycles
    assert held.seen().lists, "the portal pre-finalized nobody"


class _Race:
    """One race, from registering people to the last seal."""

    def __init__(self, where: Course, through: Mapping[str, str], crew: Crew, witness: Path) -> None:
        self._where, self._through, self._crew = where, through, crew
        self._people, self._witness = witness.with_name("people"), Lines(witness)
        self._chance = random.Random(SEED)  # noqa: S311 - the same race for the same seed
        self.cycles = 0

    def prepare(self) -> None:
        """Open the round, register people, hire the crew a little before the deadline."""
        self._where.be("finalization", self._through)
        officials.open_early()
        self._where.be("registration", self._through)
        self._people.write_text("\n".join(officials.register(PEOPLE)))
        ahead = officials.go_to_the_end()
        registration = {**self._where.environments["registration"], **self._through}
        for number in range(WRITERS):
            skew = str(self._chance.uniform(-1, 1))
            arguments = [INSTITUTION, str(ahead), skew, f"w{number}.{{life}}", str(self._people)]
            self._crew.hire("write", registration, arguments)
        finalization = {**self._where.environments["finalization"], **self._through}
        skew = str((DRAIN - SOONEST_LOCK).total_seconds() - self._chance.uniform(0, 1))
        self._crew.hire("lock", finalization, [INSTITUTION, str(ahead), skew])
        self._crew.hire("seal", registration, [])
        for _ in range(2):
            self._crew.hire("prefinalize", finalization, [INSTITUTION, str(ahead), "0"])

    def run(self) -> None:
        """Cycle after cycle, until there were enough of them and enough was written."""
        while self.cycles < CYCLES or self._acknowledged() < WRITES:
            self.cycles += 1
            self._where.be("finalization", self._through)
            if self.cycles > 1:
                officials.reopen()
            self._write_until(WRITES * self.cycles // CYCLES)
            if self.cycles % 2 == 0:
                officials.finalize()
            self._lock()
            self._where.be("registration", self._through)
            self._seal()
            judge_seal(self.seen(), self.told(), PEOPLE)

    def seen(self) -> Witnessed:
        """What the layer saw."""
        return judging.witnessed(self._witness.read())

    def told(self) -> Told:
        """What the writers were told."""
        return judging.heard(self._crew.told())

    def figures(self) -> str:
        """What happened, in numbers."""
        seen, told = self.seen(), self.told()
        conflicted = sum(seen.conflicts.values())
        answers = ", ".join(f"{count} {answer}" for answer, count in told.answers.items())
        silent = len(told.tried.keys() - told.acknowledged - told.refused)
        return (
            f"{answers}, {silent} never answered; {self.cycles} cycles, "
            f"{seen.moves} moves, {len(seen.lists)} lists, "
            f"{len(seen.commits) - len(seen.writes)} writes of two people, {len(seen.joined)} of them corrected NIKs, "
            f"{seen.corrected} corrections of fields, {seen.reclaims.total()} reclaims, "
            f"{conflicted / (conflicted + len(seen.writes)):.1%} of transactions in conflict"
        )

    def _acknowledged(self) -> int:
        return sum(line["told"] == "acknowledged" for line in self._crew.told())

    def _write_until(self, goal: int) -> None:
        """Let them write, extend the round whenever it is about to end, kill one now and then."""
        while self._acknowledged() < goal and officials.extend(self._chance):
            time.sleep(self._chance.uniform(0.5, 1.5))
            if self._chance.random() < KILLS:
                self._crew.kill("write", "lock", "seal", "prefinalize")

    def _lock(self) -> None:
        """Let the round end, extend it when the locker may have begun, and let it lock; kill it while it is at it."""
        self._until_due()
        time.sleep(self._chance.uniform(0, 1))
        if officials.extend(self._chance):
            self._until_due()
        time.sleep(self._chance.uniform(0, 1))
        self._crew.kill("lock")
        self._crew.kill("write")
        self._until(lambda: store.load(INSTITUTION).locked_at is not None)

    def _until_due(self) -> None:
        due = store.load(INSTITUTION).last_close + SOONEST_LOCK
        self._until(lambda: clock.now() >= due)

    def _seal(self) -> None:
        """Tell registration of the lock, twice as queues do, and kill the sealer while it is at it."""
        epoch = gate.read_round(INSTITUTION).epoch
        fact = InstitutionLocked(institution=INSTITUTION, v=epoch, locked_at=clock.now())
        envelope = json.dumps({"detail-type": fact.name, "detail": fact.model_dump(mode="json")})
        for _ in range(2):
            clients.sqs().send_message(QueueUrl=settings().roster_seals_queue, MessageBody=envelope)
        for _ in range(2):
            time.sleep(self._chance.uniform(0, 0.7))
            self._crew.kill("seal")
        self._until(lambda: seal_store.exists(Edition(INSTITUTION, Purpose.SEAL, epoch)))

    def _until(self, came: Callable[[], bool]) -> None:
        last = time.monotonic() + PATIENCE
        while not came():
            self._crew.require_alive()
            assert time.monotonic() < last, "the race is stuck"
            time.sleep(0.05)
