"""Writers in several processes, a locker beside them, and then the seal: the guarantees of design.md, section 4.

Some writers are slow: received before the deadline, they commit after it. The locker's clock runs ahead, so that
it closes the lanes among them instead of after them. Whatever the interleaving, what was acknowledged is in the seal.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from infra import templates
from infra.build import build
from infra.houses import HOUSES, ROOT
from infra.local import dataplane, wiring
from infra.local.clock import ShiftedClock
from infra.local.emulator import Emulator
from infra.local.runner import Runner
from services.finalization.institution.asked import Asked
from services.finalization.institution.model import Kind, Ppk
from services.finalization.institution.open_round import Card, open_round
from services.finalization.lock.lock_institution import DRAIN
from services.kernel import clock, gate, privacy, settings
from services.kernel.aws import clients, s3
from services.kernel.calendar import DEFAULT_2022, Window
from services.kernel.sessions import Actor, Role
from services.registration.adapters import person_store, seal_store
from services.registration.adapters.person_store import Change
from services.registration.imports.check_row import check_row
from services.registration.people.entered_view import require_sound
from services.registration.people.new_person import new_person
from services.registration.seals.begin_seal import begin
from services.registration.seals.edition import Edition, Purpose
from services.registration.seals.seal_roster import seal_roster
from services.registration.settings import settings as registration_settings
from tests.data.people import people
from tests.system.racing import SLOWEST

INSTITUTION = "9990"
WRITERS = 4
PEOPLE = 240
DEADLINE = DEFAULT_2022[Window.VERIFICATION].closes
LEAD = timedelta(seconds=4)
SKEW = DRAIN - timedelta(seconds=2)
"""The locker believes that the drain is over two seconds after the deadline."""


@dataclass(frozen=True)
class Race:
    """A cloud without functions: the race's processes are the functions."""

    environments: Mapping[str, Mapping[str, str]]

    def be(self, service: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let this process act for a service."""
        for name, value in self.environments[service].items():
            monkeypatch.setenv(name, value)
        settings.forget()
        clients.forget()
        privacy.forget()

    def start(self, service: str, *arguments: str) -> "subprocess.Popen[str]":
        """Start one of the race's processes."""
        command = [sys.executable, "-m", "tests.system.racing", *arguments]
        environment = {**os.environ, **self.environments[service]}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)


@pytest.fixture
def race(tmp_path: Path) -> Iterator[Race]:
    for house in HOUSES:
        build(house, templates_only=True)
    emulator = Emulator(tmp_path)
    emulator.start()
    try:
        origin = {
            "SiteOrigin": "http://127.0.0.1",
            "S3PublicEndpoint": emulator.endpoint,
            "DeletionProtection": "false",
        }
        data = dataplane.deploy_data_plane(emulator.aws, HOUSES, origin)
        wires = wiring.read({house: templates.read_template(house.template) for house in HOUSES}, data.services)
        runner = Runner(wires, emulator.aws, ShiftedClock(tmp_path / "clock.json"), tmp_path)
        yield Race({house.name: runner.environment(house.name) for house in HOUSES})
    finally:
        emulator.stop()
        clock.shift(timedelta(0))
        settings.forget()
        clients.forget()
        privacy.forget()


def test_what_was_acknowledged_is_sealed_and_nothing_else(race: Race, monkeypatch: pytest.MonkeyPatch) -> None:
    pids = listed_people(race, monkeypatch)
    until = (DEADLINE + timedelta(seconds=SLOWEST + 2)).isoformat()
    writers = [
        race.start("registration", "write", INSTITUTION, str(number), until, *pids[number::WRITERS])
        for number in range(WRITERS)
    ]
    locker = race.start("finalization", "lock", INSTITUTION, str(SKEW.total_seconds()))
    start_together([*writers, locker])
    told = [line for process in writers for line in heard(process)]
    locked_at = heard(locker)[-1]["at"]

    acknowledged = [line for line in told if "acknowledged" in line]
    refused = [line for line in told if "refused" in line]
    assert acknowledged, "nobody wrote: the race was no race"
    assert refused, "nobody was refused: the race was no race"
    late = [line for line in acknowledged if datetime.fromisoformat(line["received"]) >= DEADLINE]
    assert not late, "a write received at or after the deadline was acknowledged"
    assert not [line for line in acknowledged if line["began"] > locked_at], (
        "a write began after the lock and committed"
    )

    race.be("registration", monkeypatch)
    epoch = gate.read_round(INSTITUTION).epoch
    edition = Edition(INSTITUTION, Purpose.SEAL, epoch)
    begin(edition)
    work_off()
    assert seal_store.exists(edition)
    assert sealed_numbers(epoch) == {registration_number(line["pid"]) for line in acknowledged}


def work_off() -> None:
    """Take the steps of sealing from their queue until there are none."""
    sqs, queue = clients.sqs(), registration_settings().roster_seals_queue
    while messages := sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages", []):
        seal_roster(json.loads(messages[0]["Body"]))
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=messages[0]["ReceiptHandle"])


def start_together(processes: "list[subprocess.Popen[str]]") -> None:
    """Wait until all are ready, then give all the same clock, a little before the deadline."""
    for process in processes:
        assert process.stdout is not None
        assert "ready" in json.loads(process.stdout.readline())
    clock.shift(DEADLINE - LEAD - clock.machine_now())
    offset = (clock.now() - clock.machine_now()).total_seconds()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(f"{offset}\n")
        process.stdin.flush()


def sealed_numbers(epoch: int) -> set[str]:
    """The registration numbers on the canonical list."""
    content = s3.read(registration_settings().exports_bucket, f"lists/{INSTITUTION}/{epoch}.jsonl")
    assert content is not None
    return {json.loads(line)["nomor_registrasi"] for line in content.splitlines()}


def registration_number(pid: str) -> str:
    """A person's registration number."""
    return person_store.load(pid).registration_number


def listed_people(race: Race, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Open the round and register people, in time."""
    opening = DEFAULT_2022[Window.ENTRY].opens
    clock.shift(opening - clock.machine_now())
    race.be("finalization", monkeypatch)
    ppk = Ppk(nama="Pejabat Contoh", nip="190001011920011999", jabatan="Bupati (contoh)")
    bkn = Actor(id="bkn", role=Role.BKN, institution=None)
    open_round(INSTITUTION, Card("Kabupaten Lomba", Kind.KABUPATEN, 1000, ppk), Asked(bkn, clock.now()))
    race.be("registration", monkeypatch)
    round_ = gate.read_round(INSTITUTION)
    pids = []
    for fields in people(PEOPLE, first=140_000):
        row = {name: value for name, value in fields.items() if name not in {"nomor_kk", "hp", "email"}}
        sound = require_sound(check_row(row))
        person = new_person(sound, is_draft=False, institution=INSTITUTION, entered_by="operator", at=clock.now())
        change = Change(None, person, "register", {})
        person_store.commit(change, round_=round_, window=Window.ENTRY, received=clock.now(), actor="operator")
        pids.append(person.pid)
    return pids


def heard(process: "subprocess.Popen[str]") -> list[dict[str, Any]]:
    """Everything a process told; it must have ended well."""
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return [json.loads(line) for line in told.splitlines()]
