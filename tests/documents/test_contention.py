"""Other transactions in the way, which no emulator shows: DynamoDB's own answers are put in front of the client."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from services.documents.adapters import store
from services.documents.files.record_reading import record_reading
from services.kernel.aws import clients
from services.kernel.documents import DocumentType, FileState
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor, Role
from services.kernel.writes import ungated
from tests.documents.world import NOON, PERSON, World, good_file

KTP = DocumentType.KTP
HELD = {"Code": "TransactionCanceledException", "Reasons": [{"Code": "TransactionConflict"}, {"Code": "None"}]}
THROTTLED = {"Code": "ThrottlingException", "Reasons": []}


def interfere(answers: Iterator[dict[str, Any] | None]) -> None:
    """Let each transaction meet the next of the answers; None and the end let it through."""

    def answer(**_: Any) -> tuple[SimpleNamespace, dict[str, Any]] | None:
        refusal = next(answers, None)
        if refusal is None:
            return None
        error = {"Code": refusal["Code"], "Message": "in the way"}
        return SimpleNamespace(status_code=400), {"Error": error, "CancellationReasons": refusal["Reasons"]}

    clients.dynamodb().meta.events.register("before-call.dynamodb.TransactWriteItems", answer)  # type: ignore[arg-type]


@pytest.mark.parametrize("refusal", [HELD, THROTTLED])
def test_what_is_held_for_a_moment_is_tried_again(world: World, refusal: dict[str, Any]) -> None:
    interfere(iter([refusal] * 3))
    assert ungated.commit([store.listed(world.listed())])
    assert world.head().unit is not None


def test_what_is_held_for_long_is_given_back(world: World) -> None:
    interfere(iter([HELD] * ungated.MAX_TRIES))
    with pytest.raises(Problem) as given_up:
        ungated.commit([store.listed(world.listed())])
    assert given_up.value.code is Code.TRY_AGAIN
    assert given_up.value.retry_after == 1


def test_a_lost_condition_is_told_at_once(world: World) -> None:
    world.deliver(world.listed(v=2))
    assert not ungated.commit([store.listed(world.listed(v=1))])


def test_a_promise_bears_another_one_made_meanwhile(world: World) -> None:
    """The head moves between loading and writing, as when two pages of one person upload at once."""
    world.promised(KTP)

    moved = iter([True])

    def move(**_: Any) -> None:
        if next(moved, False):
            world.promised(KTP)

    clients.dynamodb().meta.events.register("before-call.dynamodb.TransactWriteItems", move)
    assert world.promised(KTP)["id"] == f"{PERSON}.KTP.3"
    assert [link["sk"] for link in world.trail()] == [f"{n:010d}" for n in (1, 2, 3)]


@pytest.mark.parametrize("jenis", [KTP, DocumentType.SURAT])
def test_of_twins_at_the_same_moment_both_get_the_one_place(world: World, jenis: DocumentType) -> None:
    who = world.person() if jenis is KTP else world.staff(Role.ADMIN)
    twins, again = list[str](), iter([True])

    def ask() -> str:
        return str(world.promised(jenis, token=who, headers={"Idempotency-Key": "of-one-click"})["id"])

    def come_between(**_: Any) -> None:
        if next(again, False):
            twins.append(ask())

    clients.dynamodb().meta.events.register("before-call.dynamodb.TransactWriteItems", come_between)
    assert [ask()] == twins


def test_an_event_that_met_a_busy_table_comes_again(world: World) -> None:
    promise = world.promised(KTP)
    event = world.send(promise, good_file(KTP))
    interfere(iter([None, *[HELD] * ungated.MAX_TRIES]))
    assert world.inspect(event) == ["0"]
    assert world.state(promise["id"]) is FileState.DIPERIKSA
    assert world.inspect(event) == []
    assert world.state(promise["id"]) is FileState.DITERIMA


def test_nothing_is_shown_that_could_not_be_written_down(world: World) -> None:
    file = world.stored(world.accepted(KTP))
    reader = Actor(id="staff", role=Role.BKN, institution=None)
    subject = store.load_subject(PERSON)
    assert subject
    interfere(iter([HELD] * ungated.MAX_TRIES))
    with pytest.raises(Problem) as refused:
        record_reading(subject, reader, "read-file", [file], NOON)
    assert refused.value.code is Code.TRY_AGAIN
