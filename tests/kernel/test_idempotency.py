import pytest
from pydantic import BaseModel

from services.kernel.aws import dynamodb
from services.kernel.idempotency import Once
from services.kernel.problems import Problem
from services.registration.settings import settings
from tests.aws import Cloud


class Done(BaseModel):
    """An answer."""

    v: int


def once(actor: str = "a", action: str = "submit", key: str | None = "key-12345") -> Once:
    return Once(settings().ttl_table, actor, action, key)


def test_the_first_answer_is_remembered_for_this_actor_action_and_key_only(here: Cloud) -> None:
    assert once().answered() is None
    dynamodb.transact(once().remember(Done(v=7)))
    assert once().answered() == {"v": 7}
    for other in (once(actor="b"), once(action="withdraw"), once(key="key-54321")):
        assert other.answered() is None


def test_two_requests_with_one_key_commit_once(here: Cloud) -> None:
    dynamodb.transact(once().remember(Done(v=1)))
    with pytest.raises(dynamodb.Cancelled):
        dynamodb.transact(once().remember(Done(v=2)))


def test_without_a_key_nothing_is_remembered(here: Cloud) -> None:
    assert once(key=None).remember(Done(v=1)) == []
    assert once(key=None).answered() is None


@pytest.mark.parametrize(("length", "fine"), [(7, False), (8, True), (200, True), (201, False)])
def test_a_key_has_a_sane_length(here: Cloud, length: int, *, fine: bool) -> None:
    if fine:
        once(key="k" * length)
        return
    with pytest.raises(Problem):
        once(key="k" * length)
