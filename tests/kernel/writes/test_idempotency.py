from typing import Any

import pytest
from pydantic import BaseModel, Field

from services.kernel.aws import dynamodb
from services.kernel.problems import Code, Problem
from services.kernel.writes.idempotency import Once
from tests.support.aws import Cloud


class Done(BaseModel):
    """An answer."""

    v: int


class Wish(BaseModel):
    """A request."""

    v: int = 1
    captcha: str = "x"
    nama: str | None = None
    more: dict[str, int] = Field(default_factory=dict)


def once(actor: str = "a", action: str = "submit", key: str | None = "key-12345", **sent: Any) -> Once:
    return Once(actor, action, key, Wish(**sent))


def test_the_first_answer_is_remembered_for_this_actor_action_and_key_only(here: Cloud) -> None:
    assert once().answered(Done) is None
    dynamodb.transact(once().remember(Done(v=7)))
    assert once().answered(Done) == Done(v=7)
    for other in (once(actor="b"), once(action="withdraw"), once(key="key-54321")):
        assert other.answered(Done) is None


@pytest.mark.parametrize("other", [{}, {"nama": None}, {"nama": "Rini"}, {"nama": "Rina", "more": {"a": 1}}])
def test_another_content_under_the_same_key_is_refused(here: Cloud, other: dict[str, Any]) -> None:
    dynamodb.transact(once(nama="Rina").remember(Done(v=7)))
    with pytest.raises(Problem) as refused:
        once(**other).answered(Done)
    (fault,) = refused.value.fields
    assert (refused.value.status, fault.field, fault.code) == (422, "Idempotency-Key", "idempotency-key-used")


def test_a_retry_may_have_seen_a_newer_version_and_brings_its_own_captcha(here: Cloud) -> None:
    dynamodb.transact(once(nama="Rina", more={"a": 1, "b": 2}).remember(Done(v=7)))
    assert once(nama="Rina", more={"b": 2, "a": 1}, v=8, captcha="y").answered(Done) == Done(v=7)


def test_a_part_of_a_request_is_remembered_by_itself(here: Cloud) -> None:
    def part(name: str, *, key: str | None = "key-12345", **sent: Any) -> Once:
        return once(key=key).part(name, Wish(**sent))

    dynamodb.transact(part("a", nama="Rina").remember(Done(v=7)))
    assert part("a", nama="Rina").answered(Done) == Done(v=7)
    for other in (part("b", nama="Rina"), part("a", key="key-54321", nama="Rina"), part("a", key=None), once()):
        assert other.answered(Done) is None
    with pytest.raises(Problem):
        part("a", nama="Rini").answered(Done)


def test_nothing_of_the_content_or_the_key_is_kept(here: Cloud) -> None:
    dynamodb.transact(once(nama="Rina Contoh").remember(Done(v=7)))
    (item,) = here.items("RegTtlTable")
    assert item.keys() == {"pk", "content", "answer", "expires"}
    assert "Rina" not in str(item)
    assert "key-12345" not in str(item)


def test_two_requests_with_one_key_commit_once(here: Cloud) -> None:
    dynamodb.transact(once().remember(Done(v=1)))
    with pytest.raises(dynamodb.Cancelled):
        dynamodb.transact(once().remember(Done(v=2)))


def test_without_a_key_nothing_is_remembered(here: Cloud) -> None:
    assert once(key=None).remember(Done(v=1)) == []
    assert once(key=None).answered(Done) is None


@pytest.mark.parametrize(("length", "fine"), [(7, False), (8, True), (200, True), (201, False)])
def test_a_key_has_a_sane_length(here: Cloud, length: int, *, fine: bool) -> None:
    if fine:
        once(key="k" * length)
        return
    with pytest.raises(Problem):
        once(key="k" * length)


@pytest.mark.parametrize(
    "code",
    [
        Code.VERSION_MOVED,
        Code.ILLEGAL_TRANSITION,
        Code.WINDOW_CLOSED,
        Code.RETURN_TOO_LATE,
        Code.WRONG_PHASE,
        Code.INVALID_FIELDS,
    ],
)
def test_a_twin_that_was_quicker_answers_for_both(here: Cloud, code: Code) -> None:
    def late() -> Done:
        dynamodb.transact(once().remember(Done(v=7)))
        raise Problem(code)

    assert once().answer(Done, late) == Done(v=7)


def test_without_a_twin_late_is_late(here: Cloud) -> None:
    def late() -> Done:
        raise Problem(Code.WINDOW_CLOSED)

    with pytest.raises(Problem, match="window-closed"):
        once().answer(Done, late)


def test_what_is_no_matter_of_a_twin_stays(here: Cloud) -> None:
    def refused() -> Done:
        dynamodb.transact(once().remember(Done(v=7)))
        raise Problem(Code.FORBIDDEN)

    with pytest.raises(Problem, match="forbidden"):
        once().answer(Done, refused)


def test_what_was_answered_is_not_done_again(here: Cloud) -> None:
    def first() -> Done:
        done = Done(v=7)
        dynamodb.transact(once().remember(done))
        return done

    def again() -> Done:
        raise AssertionError("done twice")

    assert once().answer(Done, first) == once().answer(Done, again) == Done(v=7)
