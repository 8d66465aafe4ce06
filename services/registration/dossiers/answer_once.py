"""The retry of an accepted request is answered what the first was answered, also when both come at the same moment."""

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel

from services.kernel.idempotency import Once
from services.kernel.problems import Code, Problem

Answer = TypeVar("Answer", bound=BaseModel)
_OVERTAKEN = frozenset(
    {
        Code.VERSION_MOVED,
        Code.CONFLICT,
        Code.ACCOUNT_EXISTS,
        Code.ILLEGAL_TRANSITION,
        Code.INCOMPLETE,
        Code.WINDOW_CLOSED,
        Code.RETURN_TOO_LATE,
    }
)
"""What a retry meets when its twin committed while it was on its way; the twin may have been in time, and he late."""


def answer_once(once: Once, model: type[Answer], work: Callable[[], Answer]) -> Answer:
    """The remembered answer, or what `work` answers; `work` remembers it in its own transaction."""
    earlier = once.answered()
    if earlier is not None:
        return model.model_validate(earlier)
    try:
        return work()
    except Problem as problem:
        earlier = once.answered() if problem.code in _OVERTAKEN else None
        if earlier is None:
            raise
        return model.model_validate(earlier)
