"""Messages to use cases: what fails comes again alone, and is logged by its place without its text."""

from collections.abc import Sequence

import pytest

from services.kernel import clock
from services.kernel.consume import consume, consume_facts
from services.kernel.facts import Fact, FileRejected, InstitutionLocked
from services.kernel.log import LogLine
from services.kernel.problems import Code, Problem
from tests.aws import envelope, queued


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
    assert book.batches == [["9901", "9902", "9903"], ["9901"], ["9902"], ["9903"]]
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
