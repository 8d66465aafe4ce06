"""Somebody whose tokens were ended: every route of his in each service refuses them, and nobody else's."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from services.announcements import app as announcements
from services.documents import app as documents
from services.finalization import app as finalization
from services.kernel.aws import dynamodb
from services.kernel.events.facts import StaffRevoked
from services.kernel.security.revocations import REVOKED
from services.kernel.security.sessions import NATIONAL, Role
from services.registration import app as registration
from services.registration.adapters import account_store
from services.registration.model.account import Account, AccountState
from tests.permissions.matrix import Rule, rules_of
from tests.registration.staff import desk
from tests.support.aws import Answer, Cloud, envelope, queued

ENTRIES: dict[str, Any] = {"announcements": announcements, "documents": documents, "finalization": finalization}
"""The services that know no accounts."""
USER = "1.member-of-staff"


@pytest.fixture(params=sorted(ENTRIES))
def service(cloud: Cloud, request: pytest.FixtureRequest) -> str:
    """One service, in its own eyes."""
    name = str(request.param)
    cloud.use(name)
    return name


def routes(service: str) -> Iterator[tuple[Rule, Role]]:
    """Every route with every role of staff that it takes."""
    for rule in rules_of(f"/{service}/"):
        for role in sorted(rule.roles - {Role.HONORER}):
            yield rule, role


def revoke(service: str, tv: int = 2, *ended: str) -> None:
    fact = StaffRevoked(institution="9901", v=tv, user=USER, tv=tv, sessions_ended=ended)
    told = ENTRIES[service].on_fact(queued([envelope(fact), envelope(fact)]), None)
    assert told == {"batchItemFailures": []}


def ask(cloud: Cloud, service: str, route: Rule, role: Role, **claims: Any) -> Answer:
    token = cloud.token(role, None if role in NATIONAL else "9901", **{"sub": USER, "token_version": 1, **claims})
    path = re.sub("{[a-z]+}", "9901", route.path)
    body: dict[str, Any] | None = None if route.method == "GET" else {}
    return cloud.call(ENTRIES[service].app, route.method, path, body, token=token)


def test_every_route_of_staff_refuses_tokens_that_were_ended(cloud: Cloud, service: str) -> None:
    asked = list(routes(service))
    assert {route.method for route, _ in asked} >= {"GET", "POST"}
    assert all(ask(cloud, service, route, role).status != 401 for route, role in asked[:3])
    revoke(service)
    for route, role in asked:
        refused = ask(cloud, service, route, role)
        assert (refused.status, refused.json["detail"]) == (401, REVOKED), (route.method, route.path, role)


def test_who_signed_in_since_and_in_another_place_goes_on(cloud: Cloud, service: str) -> None:
    route, role = next(routes(service))
    revoke(service, 2, "ended")
    for claims, over in (
        ({"token_version": 1}, True),
        ({"token_version": 2, "sid": "ended"}, True),
        ({"token_version": 2, "sid": "other"}, False),
        ({"token_version": 3}, False),
        ({"token_version": 1, "sub": "1.somebody-else"}, False),
    ):
        assert (ask(cloud, service, route, role, **claims).status == 401) is over, claims


@pytest.mark.parametrize("change", [{"token_version": 2}, {"state": AccountState.NONAKTIF}, {"ended": ("mine",)}])
def test_registration_refuses_on_every_route_what_the_account_no_longer_says(
    cloud: Cloud, change: dict[str, Any]
) -> None:
    cloud.use("registration")
    before: dict[str, Account] = {}
    for role in sorted({role for _, role in routes("registration")}):
        account = account_store.load(desk(cloud, role, "9901").actor.id)
        assert account is not None
        before[role] = account
    asked = [(route, before[role]) for route, role in routes("registration")]
    assert all(of_account(cloud, route, account).status != 401 for route, account in asked[:3])
    for account in before.values():
        dynamodb.transact([account_store.replace(replace(account, v=account.v + 1, **change), account)])
    for route, account in asked:
        refused = of_account(cloud, route, account)
        assert (refused.status, refused.json["detail"]) == (401, REVOKED), (route.method, route.path, account.role)


def of_account(cloud: Cloud, route: Rule, account: Account) -> Answer:
    claims = {"token_version": account.token_version, "sid": "mine"}
    token = cloud.token(account.role, account.institution, account.id, **claims)
    path = re.sub("{[a-z]+}", "9901", route.path)
    return cloud.call(registration.app, route.method, path, None if route.method == "GET" else {}, token=token)


def test_a_person_is_known_by_his_pid(cloud: Cloud) -> None:
    """Whose account was taken back from somebody else: the other's tokens are over here too."""
    cloud.use("documents")
    revoke("documents")
    asked: list[tuple[dict[str, Any], int]] = [
        ({"token_version": 1}, 401),
        ({"token_version": 2}, 404),
        ({"sub": "another"}, 404),
    ]
    for claims, status in asked:
        token = cloud.token(Role.HONORER, "9901", **{"sub": USER, **claims})
        answer = cloud.call(documents.app, "GET", "/documents/uploads/aaaa.KTP.1", token=token)
        assert answer.status == status, claims
