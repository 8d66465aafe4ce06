"""Messages to use cases: what fails comes again alone, and is logged by its place without its text."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from botocore.stub import Stubber
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.events.consume import REST, WHOLE, Envelope, consume, consume_events, consume_facts
from services.kernel.events.facts import Fact, FileRejected, InstitutionLocked
from services.kernel.log import LogLine
from services.kernel.problems import Code, Problem
from services.kernel.settings import settings
from tests.support.aws import Cloud, envelope, queued


def _fail_on_secret(message: dict[str, str]) -> None:
    if message["kind"] == "secret":
        raise ValueError("9901014101900001")


def test_only_what_failed_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    bodies = [{"kind": "plain"}, {"kind": "secret"}, {"kind": "plain"}]
    answer = consume(queued(bodies), _fail_on_secret)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    (record,) = [vars(record) for record in caplog.records]
    assert record["line"] == LogLine.MESSAGE_FAILED.value[1]
    assert record["error"].startswith("ValueError ")
    assert "9901014101900001" not in str(record)


def test_when_all_fail_all_come_again() -> None:
    answer = consume(queued([{"kind": "secret"}] * 3), _fail_on_secret)
    assert [one["itemIdentifier"] for one in answer["batchItemFailures"]] == ["0", "1", "2"]


def locked(institution: str) -> InstitutionLocked:
    return InstitutionLocked(institution=institution, v=1, locked_at=clock.now())


def failed(answer: object) -> list[str]:
    assert isinstance(answer, dict)
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


class Book:
    """Handles facts together; refuses some of them, and is upset by others."""

    def __init__(self, *, refuses: str = "", upset_by: str = "", error: Exception | None = None) -> None:
        self.batches: list[list[str]] = []
        self.alone: list[Fact] = []
        self._refuses, self._upset_by = refuses, upset_by
        self._error = error or ValueError("9901014101900001")

    def keep(self, facts: Sequence[Fact]) -> set[int]:
        names = [fact.institution for fact in facts]
        self.batches.append(names)
        if self._upset_by in names:
            raise self._error
        return {at for at, name in enumerate(names) if name == self._refuses}

    def hear(self, *facts: Fact, more: Sequence[dict[str, object]] = ()) -> list[str]:
        bodies = [*(envelope(fact) for fact in facts), *more]
        event = queued(bodies)
        return failed(consume_facts(event, {FileRejected: self.alone.append}, together={InstitutionLocked: self.keep}))


def test_facts_of_one_type_are_handled_together_and_fail_one_by_one() -> None:
    book = Book(refuses="9902")
    assert book.hear(locked("9901"), locked("9902"), locked("9903")) == ["1"]
    assert book.batches == [["9901", "9902", "9903"]]


def test_the_others_are_handled_alone_in_the_same_batch() -> None:
    book = Book()
    other = FileRejected(
        institution="9901",
        v=1,
        file="p.KTP.1",
        subject="p",
        jenis="KTP",
        riwayat=None,
        code="damaged",
        message="-",
    )
    assert book.hear(locked("9901"), other, locked("9902")) == []
    assert (book.batches, book.alone) == ([["9901", "9902"]], [other])


def test_one_that_upsets_the_handler_is_found_and_comes_again_alone(caplog: pytest.LogCaptureFixture) -> None:
    book = Book(upset_by="9902")
    assert book.hear(locked("9901"), locked("9902"), locked("9903")) == ["1"]
    assert book.batches == [["9901", "9902", "9903"], ["9901"], ["9902", "9903"], ["9902"], ["9903"]]
    assert "9901014101900001" not in str([vars(record) for record in caplog.records])


def test_whoever_is_asked_to_try_again_does_not_try_each_alone() -> None:
    book = Book(upset_by="9902", error=Problem(Code.TRY_AGAIN))
    assert book.hear(locked("9901"), locked("9902")) == ["0", "1"]
    assert len(book.batches) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"detail-type": "institution.locked", "detail": {"institution": "9901"}},
        {"detail-type": "institution.locked"},
        {"detail-type": "no.such.fact", "detail": {}},
        {},
    ],
)
def test_what_cannot_be_read_fails_alone(body: dict[str, object]) -> None:
    book = Book()
    assert book.hear(locked("9901"), more=[body]) == ["1"]
    assert book.batches == [["9901"]]


class Line:
    """registration's own queue of facts, and the parcels that reach it."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        clients.sqs().meta.events.register("provide-client-params.sqs.SendMessageBatch", self._note)

    def _note(self, params: dict[str, Any], **_: object) -> None:
        assert params["QueueUrl"] == settings().facts_queue
        assert {entry["DelaySeconds"] for entry in params["Entries"]} == {REST}
        self.sent += [json.loads(entry["MessageBody"]) for entry in params["Entries"]]


@pytest.fixture
def line(here: Cloud) -> Line:
    return Line()


def parcel(*institutions: str) -> dict[str, object]:
    facts = [locked(institution) for institution in institutions]
    return {**envelope(facts[0]), "id": "e", "detail": {"facts": [fact.model_dump(mode="json") for fact in facts]}}


def again(event: dict[str, Any], times: int) -> dict[str, Any]:
    """An event whose messages were received so often."""
    records = [{**one, "attributes": {"ApproximateReceiveCount": str(times)}} for one in event["Records"]]
    return {"Records": records}


def told(book: Book, event: dict[str, Any]) -> list[str]:
    return failed(consume_facts(event, {}, together={InstitutionLocked: book.keep}))


def test_parcels_and_single_facts_are_handled_together(line: Line) -> None:
    book = Book()
    assert told(book, queued([parcel("9901", "9902"), envelope(locked("9903"))])) == []
    assert (book.batches, line.sent) == ([["9901", "9902", "9903"]], [])


@pytest.mark.parametrize("book", [Book(refuses="9902"), Book(upset_by="9902")], ids=["refused", "upset"])
def test_what_fails_of_a_parcel_goes_back_alone_with_its_time_and_an_id_of_its_own(line: Line, book: Book) -> None:
    sent = parcel("9901", "9902", "9903")
    assert told(book, queued([sent])) == []
    detail: Any = sent["detail"]
    assert line.sent == [{**sent, "id": "e#1", "detail": detail["facts"][1]}]
    assert told(book, queued(line.sent)) == ["0"], "from now on it fails for itself"
    assert len(line.sent) == 1


def test_a_parcel_of_which_all_fails_comes_again_whole_until_it_is_taken_apart(line: Line) -> None:
    busy = Book(upset_by="9901", error=Problem(Code.TRY_AGAIN))
    event = queued([parcel("9901", "9902")])
    for times in range(1, WHOLE + 1):
        assert told(busy, again(event, times)) == ["0"]
    assert line.sent == []
    assert told(busy, again(event, WHOLE + 1)) == []
    assert [one["id"] for one in line.sent] == ["e#0", "e#1"]
    assert len(busy.batches) == WHOLE, "what may have ended the function is not tried once more with the others"


def test_a_single_fact_comes_again_as_often_as_the_queue_says(line: Line) -> None:
    event = queued([envelope(locked("9902"))])
    assert told(Book(refuses="9902"), again(event, WHOLE + 1)) == ["0"]
    assert told(Book(), again(event, WHOLE + 1)) == []
    assert line.sent == []


def test_a_parcel_comes_again_when_the_queue_does_not_take_what_failed(line: Line) -> None:
    with Stubber(clients.sqs()) as queue:
        queue.add_client_error("send_message_batch", "ServiceUnavailable")
        assert told(Book(refuses="9902"), queued([parcel("9901", "9902")])) == ["0"]


def test_facts_of_a_parcel_that_are_handled_alone_fail_alone(line: Line) -> None:
    taken: list[str] = []

    def take(event: Envelope) -> None:
        if event["detail"]["institution"] == "9902":
            raise LookupError
        taken.append(event["detail"]["institution"])

    sent = parcel("9901", "9902", "9903")
    assert failed(consume_events(queued([sent]), take)) == []
    assert (taken, [one["id"] for one in line.sent]) == (["9901", "9903"], ["e#1"])


@settings_of_hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 6), min_size=1, max_size=6),
    poisoned=st.sets(st.integers(0, 35)),
    times=st.integers(1, WHOLE + 1),
)
def test_every_fact_is_kept_or_comes_again_and_none_is_forgotten(
    line: Line, sizes: list[int], poisoned: set[int], times: int
) -> None:
    line.sent.clear()
    names = [f"{n:04}" for n in range(sum(sizes))]
    bad = {name for at, name in enumerate(names) if at in poisoned}
    left = iter(names)
    parcels = [[next(left) for _ in range(size)] for size in sizes]
    kept: list[str] = []

    def keep(facts: Sequence[Fact]) -> set[int]:
        if bad & {fact.institution for fact in facts}:
            raise ValueError
        kept.extend(fact.institution for fact in facts)
        return set()

    event = again(queued(parcel(*names) for names in parcels), times)
    whole = [
        name for at in failed(consume_facts(event, {}, together={InstitutionLocked: keep})) for name in parcels[int(at)]
    ]
    back = [body["detail"]["institution"] for body in line.sent]
    assert sorted([*kept, *back, *whole]) == names
    assert bad <= {*back, *whole}
