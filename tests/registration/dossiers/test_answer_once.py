"""A retry whose twin commits while it is on its way is answered what the twin was answered."""

import pytest
from pydantic import BaseModel

from services.kernel.aws import dynamodb
from services.kernel.idempotency import Once
from services.kernel.problems import Code, Problem
from services.registration.dossiers.answer_once import answer_once
from services.registration.settings import settings
from tests.aws import Cloud


class Done(BaseModel):
    """A request, and an answer."""

    v: int = 1


def once() -> Once:
    return Once(settings().ttl_table, "somebody", "submit", "key-12345", Done())


@pytest.mark.parametrize(
    "code", [Code.VERSION_MOVED, Code.ILLEGAL_TRANSITION, Code.WINDOW_CLOSED, Code.RETURN_TOO_LATE]
)
def test_a_twin_that_was_quicker_answers_for_both(here: Cloud, code: Code) -> None:
    def late() -> Done:
        dynamodb.transact(once().remember(Done(v=7)))
        raise Problem(code)

    assert answer_once(once(), Done, late) == Done(v=7)


def test_without_a_twin_late_is_late(here: Cloud) -> None:
    def late() -> Done:
        raise Problem(Code.WINDOW_CLOSED)

    with pytest.raises(Problem, match="window-closed"):
        answer_once(once(), Done, late)


def test_what_is_no_matter_of_a_twin_stays(here: Cloud) -> None:
    def refused() -> Done:
        dynamodb.transact(once().remember(Done(v=7)))
        raise Problem(Code.FORBIDDEN)

    with pytest.raises(Problem, match="forbidden"):
        answer_once(once(), Done, refused)
