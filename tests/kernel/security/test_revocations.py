"""What is kept of accounts whose tokens ended: in any order, twice, and for as long as such a token could live."""

from datetime import timedelta
from itertools import permutations

import pytest

from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.events.facts import StaffRevoked
from services.kernel.events.revoke import revoke
from services.kernel.problems import Code, Problem
from services.kernel.security import revocations
from services.kernel.security.sessions import SESSION_TTL, Actor, Role
from services.kernel.settings import settings
from tests.support.aws import Cloud


@pytest.fixture
def here(cloud: Cloud) -> Cloud:
    """A function of a service that knows no accounts."""
    cloud.use("documents")
    return cloud


def actor(token_version: int = 1, sid: str | None = None, user: str = "1.a") -> Actor:
    return Actor(id=user, role=Role.ADMIN, institution="9901", token_version=token_version, sid=sid)


def fact(v: int, tv: int = 1, *ended: str) -> StaffRevoked:
    return StaffRevoked(institution="9901", v=v, user="1.a", tv=tv, sessions_ended=ended)


def counts(who: Actor) -> bool:
    """Whether the token still counts."""
    try:
        revocations.require_current(who)
    except Problem:
        return False
    return True


def test_whoever_is_refused_is_told_why(here: Cloud) -> None:
    revoke(fact(2, 2))
    with pytest.raises(Problem) as refused:
        revocations.require_current(actor())
    assert (refused.value.code, refused.value.detail) == (Code.UNAUTHENTICATED, revocations.REVOKED)


def test_of_whom_nothing_was_told_his_token_counts(here: Cloud) -> None:
    assert counts(actor())


def test_tokens_of_an_older_version_are_over_and_later_ones_count(here: Cloud) -> None:
    revoke(fact(2, 2))
    assert [counts(actor(version)) for version in (0, 1, 2, 3)] == [False, False, True, True]
    assert counts(actor(user="1.b"))


def test_a_sign_in_that_was_ended_is_over_and_the_others_count(here: Cloud) -> None:
    revoke(fact(2, 1, "one", "two"))
    assert [counts(actor(sid=sid)) for sid in ("one", "two", "three", None)] == [False, False, True, True]


@pytest.mark.parametrize("order", list(permutations([0, 1, 2])))
def test_late_facts_and_doubled_ones_change_nothing(here: Cloud, order: tuple[int, ...]) -> None:
    facts = [fact(2, 2), fact(3, 2, "one"), fact(4, 3, "one")]
    for at in (*order, *order):
        revoke(facts[at])
    stored = clients.dynamodb().scan(TableName=settings().ttl_table)["Items"]
    assert [(item["v"], item["tv"]) for item in stored] == [({"N": "4"}, {"N": "3"})]
    assert [counts(actor(version, sid)) for version, sid in ((2, "two"), (3, "one"), (3, "two"))] == [
        False,
        False,
        True,
    ]


def test_it_is_kept_for_longer_than_any_token_lives(here: Cloud) -> None:
    told = here.at("2022-09-01T09:00:00+07:00")
    revoke(fact(2, 2))
    here.at(told + timedelta(hours=23, minutes=59))
    assert not counts(actor())
    assert timedelta(hours=23) > SESSION_TTL
    here.at(told + timedelta(hours=24, minutes=1))
    assert counts(actor())


def test_what_was_told_again_after_its_time_is_kept_anew(here: Cloud) -> None:
    """DynamoDB deletes what has expired hours later."""
    revoke(fact(2, 2))
    here.at(clock.now() + revocations.KEPT + timedelta(hours=1))
    revoke(fact(3, 3))
    assert not counts(actor(2))
