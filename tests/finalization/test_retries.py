"""Idempotency keys (services/kernel/writes/idempotency.py) at every write: one key, one content, one change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from services.finalization.api import api
from tests.finalization.calendar.helpers import body as calendar_body
from tests.finalization.calendar.helpers import closing
from tests.finalization.world import ACCEPT, CARD, CLOSES, CODE, CONFIRMED, NOON, NUMBER, RETURN, World, case, later
from tests.support.aws import Answer

KEY = "the-key-of-one-click"
AFTERWARDS = CLOSES + timedelta(days=60)
"""When every window is over, but the remembered answers are not asked for their age (the store's business)."""
OF_INSTITUTION = "institutions/{code}"
LETTER = {"number": "800/123/2022", "date": "2022-08-30"}


def extension(days: int, **letter: str) -> dict[str, Any]:
    return {"windows": {"VERIFICATION": later(CLOSES, days=days).isoformat()}, "letter": {**LETTER, **letter}}


def reopening(reason: str) -> dict[str, Any]:
    windows = dict.fromkeys(("CORRECTION", "VERIFICATION"), later(CLOSES, days=5).isoformat())
    return {"windows": windows, "letter": LETTER, "reason": reason}


def recheck(reason: str) -> dict[str, Any]:
    return {"closes": later(NOON, days=5).isoformat(), "reason": reason}


def waiver(until: str) -> dict[str, Any]:
    why = "Kantor ini hanya mempunyai seorang petugas sampai pengganti datang."
    return {"until": until, "letter": LETTER, "reason": why}


def nothing(_: World) -> None:
    """The stage is the scene."""


@dataclass(frozen=True)
class Write:
    """One write: where, by whom, at which stage, with what; and another content, where it may have one."""

    method: str
    path: str
    role: str
    stage: str
    body: Mapping[str, Any]
    other: Mapping[str, Any] | None
    status: int = 200
    scene: Callable[[World], object] = field(default=nothing)

    def send(self, world: World, body: Mapping[str, Any] | None = None, key: str = KEY, **options: Any) -> Answer:
        path = self.path.format(code=CODE, extension=f"{CODE}-1")
        return world.call(self.method, path, dict(body or self.body), role=self.role, key=key, **options)


LETTER_FILE = f"I{CODE}.SURAT.1"
WRITES = {
    "calendar": Write(
        "PUT",
        "calendar",
        "bkn",
        "started",
        calendar_body(closing(DOSSIER=later(CLOSES, days=-1))),
        calendar_body(closing(DOSSIER=later(CLOSES, days=-2))),
        202,
    ),
    "opening": Write("PUT", OF_INSTITUTION, "bkn", "", CARD, {**CARD, "size": 2000}),
    "correcting": Write(
        "PUT", OF_INSTITUTION, "bkn", "started", {**CARD, "name": "Kabupaten Contoh"}, {**CARD, "size": 2000}
    ),
    "prefinalization": Write("POST", f"{OF_INSTITUTION}/prefinalization", "admin", "started", {}, None),
    "finalization": Write("POST", f"{OF_INSTITUTION}/finalization", "admin", "prefinal", CONFIRMED, None),
    "grant": Write("POST", f"{OF_INSTITUTION}/extensions", "bkn", "started", extension(1), extension(9), 201),
    "request": Write(
        "POST",
        f"{OF_INSTITUTION}/extensions",
        "admin",
        "started",
        extension(1, file=LETTER_FILE),
        extension(9, file=LETTER_FILE),
        202,
        lambda world: world.uploaded(jenis="SURAT"),
    ),
    "decision": Write(
        "POST",
        "extensions/{extension}/decision",
        "bkn",
        "started",
        {"decision": "DIBERI"},
        {"decision": "DITOLAK", "reason": "Waktu masih cukup."},
        scene=lambda world: world.ask_more({"VERIFICATION": later(CLOSES, days=1)}),
    ),
    "reopening": Write(
        "POST", f"{OF_INSTITUTION}/reopening", "bkn", "sealed", reopening("Ada yang terlewat."), reopening("Lainnya.")
    ),
    "recheck": Write(
        "POST",
        f"{OF_INSTITUTION}/verification-reopening",
        "bkn",
        "sealed",
        recheck("Ada yang belum diputus."),
        recheck("Lainnya."),
        scene=lambda world: world.listed("cccc", "DIAJUKAN"),
    ),
    "usulan": Write(
        "POST",
        f"{OF_INSTITUTION}/usulan-reopening",
        "bkn",
        "sealed",
        {},
        None,
        scene=lambda world: world.tell(case("1")),
    ),
    "waiver": Write(
        "POST", f"{OF_INSTITUTION}/waivers", "bkn", "started", waiver("2022-09-30"), waiver("2022-10-07"), 201
    ),
    "withdrawal": Write(
        "POST",
        f"{OF_INSTITUTION}/waivers/1/withdrawal",
        "bkn",
        "started",
        {"reason": "Petugas kedua sudah bertugas sejak hari ini."},
        {"reason": "Kantor itu sudah bergabung dengan kantor lain."},
        scene=lambda world: world.post("waivers", waiver("2022-09-30"), role="bkn", received=NOON),
    ),
    "sptjm": Write(
        "POST",
        f"{OF_INSTITUTION}/sptjm",
        "ppk",
        "made",
        {"file": f"I{CODE}.SPTJM.1", "number": NUMBER},
        {"file": f"I{CODE}.SPTJM.2", "number": NUMBER},
        scene=lambda world: [world.uploaded(n) for n in (1, 2)],
    ),
    "verdict": Write("POST", f"{OF_INSTITUTION}/sptjm/decision", "bkn", "handed_in", ACCEPT, RETURN),
}
WITH_CONTENT = [name for name, write in WRITES.items() if write.other is not None]


def test_every_write_is_here() -> None:
    """But the preview, which writes nothing."""
    declared = {(route.method, route.path) for route in api.routes if route.method != "GET"}
    known = {(write.method, f"/finalization/{write.path.replace('/1/', '/{number}/')}") for write in WRITES.values()}
    assert declared - known == {("POST", "/finalization/calendar/preview")}


@pytest.fixture
def scene(world: World) -> Callable[[str], Write]:
    """Sets the scene of a write and returns it."""

    def set_up(name: str) -> Write:
        write = WRITES[name]
        if write.stage:
            world.reach(write.stage)
        write.scene(world)
        return write

    return set_up


def told(answer: Answer) -> tuple[int, Any]:
    """What an answer says of the change: not what the clock says beside it."""
    names = ("v", "phase", "epoch", "applying", "prefinalized", "finalized_at", "extensions", "reopenings")
    return answer.status, {name: answer.json.get(name) for name in names}


@pytest.mark.parametrize("name", WRITES)
def test_the_same_again_is_answered_alike_also_after_the_deadline(
    name: str, world: World, scene: Callable[[str], Write]
) -> None:
    write = scene(name)
    first = write.send(world)
    assert first.status == write.status, first.text
    world.cloud.at(AFTERWARDS)
    with world.nothing_changes():
        again = write.send(world)
    assert told(again) == told(first)


@pytest.mark.parametrize("name", WITH_CONTENT)
def test_another_content_under_the_key_is_refused_and_under_its_own_worked_on(
    name: str, world: World, scene: Callable[[str], Write]
) -> None:
    write = scene(name)
    first = write.send(world)
    assert first.status == write.status
    with world.nothing_changes():
        refused = write.send(world, write.other)
    assert (refused.status, [fault["code"] for fault in refused.json["fields"]]) == (422, ["idempotency-key-used"])
    worked_on = write.send(world, write.other, key="the-key-of-another-click")
    assert "idempotency-key-used" not in worked_on.text
    if worked_on.status == write.status:
        assert told(worked_on) != told(first)


@pytest.mark.parametrize("between", ["GetItem", "TransactWriteItems"])
@pytest.mark.parametrize("name", WRITES)
def test_of_twins_at_the_same_moment_both_hear_of_the_one_change(
    name: str, between: str, world: World, scene: Callable[[str], Write]
) -> None:
    """The other commits when the late one has found no answer: before he reads what he changes, or before he writes."""
    write = scene(name)
    twins = list[Answer]()
    world.come_between(lambda: twins.append(write.send(world)), between, of="FinTable")
    late = write.send(world)
    (first,) = twins
    assert first.status == write.status
    assert told(late) == told(first)


@pytest.mark.parametrize("name", WITH_CONTENT)
def test_of_two_contents_at_the_same_moment_one_is_refused(
    name: str, world: World, scene: Callable[[str], Write]
) -> None:
    write = scene(name)
    world.come_between(lambda: write.send(world))
    late = write.send(world, write.other)
    assert [fault["code"] for fault in late.json.get("fields", [])] == ["idempotency-key-used"]


@pytest.mark.parametrize("name", ["calendar", "opening", "correcting"])
def test_who_wants_what_stands_has_used_his_key_too(name: str, world: World, scene: Callable[[str], Write]) -> None:
    write = scene(name)
    assert write.send(world, key="the-key-before").status == write.status
    unchanged = write.send(world)
    assert unchanged.status == write.status
    assert write.send(world, write.other).json["fields"][0]["code"] == "idempotency-key-used"
    assert told(write.send(world)) == told(unchanged)


def test_an_extension_is_never_answered_as_granted_when_another_one_was(started: World) -> None:
    assert started.extend({"VERIFICATION": later(CLOSES, days=1)}, key=KEY).status == 201
    granted = started.stored().last_close
    refused = started.extend({"VERIFICATION": later(CLOSES, days=9)}, key=KEY)
    assert (refused.status, refused.code) == (422, "invalid-fields")
    assert started.stored().last_close == granted


def test_what_is_remembered_holds_nothing_of_anybody(handed_in: World) -> None:
    """The answer shows who signs and why; remembered is a version (the table is encrypted and kept for hours)."""
    assert WRITES["verdict"].send(handed_in, RETURN).status == 200
    kept = [item["answer"] for item in handed_in.cloud.items("FinTtlTable")]
    assert kept
    assert all(set(answer) == {"owner", "v"} for answer in kept)
    assert all(item["expires"] for item in handed_in.cloud.items("FinTtlTable"))
