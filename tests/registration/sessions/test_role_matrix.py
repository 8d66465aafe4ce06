"""Every route of a person or the public against everybody who may knock: an oracle says who is let in."""

from itertools import product

import pytest

from services.kernel.security.sessions import Role
from services.registration import routes_person, routes_public
from services.registration.api import api
from services.registration.app import app
from services.registration.enrolments import enrolment
from services.registration.model.person import Person
from services.registration.sessions.tokens import enrolment_claims, sign
from tests.registration.listed import INSTITUTION, put_in, stand_with_account
from tests.support.aws import Cloud

ANYBODY, ENROLLED, SIGNED_IN, PERSON = "anybody", "enrolled", "signed in", "person"
ORACLE = {
    ("GET", "/registration/captcha"): ANYBODY,
    ("POST", "/registration/identity-checks"): ANYBODY,
    ("GET", "/registration/enrolment"): ENROLLED,
    ("PATCH", "/registration/enrolment"): ENROLLED,
    ("GET", "/registration/enrolment/card"): ENROLLED,
    ("POST", "/registration/accounts"): ENROLLED,
    ("POST", "/registration/sessions"): ANYBODY,
    ("POST", "/registration/staff-sessions"): ANYBODY,
    ("POST", "/registration/staff-sessions/second-factor"): ANYBODY,
    ("POST", "/registration/invitations/openings"): ANYBODY,
    ("POST", "/registration/invitations/acceptances"): ANYBODY,
    ("POST", "/registration/sessions/refresh"): ANYBODY,
    ("DELETE", "/registration/sessions"): ANYBODY,
    ("GET", "/registration/cards"): ANYBODY,
    ("GET", "/registration/cards/{code}"): ANYBODY,
    ("GET", "/registration/me"): SIGNED_IN,
    ("POST", "/registration/me/active-confirmation"): PERSON,
    ("GET", "/registration/me/biodata"): PERSON,
    ("PATCH", "/registration/me/biodata"): PERSON,
    ("GET", "/registration/me/histories"): PERSON,
    ("POST", "/registration/me/histories"): PERSON,
    ("PUT", "/registration/me/histories/{identifier}"): PERSON,
    ("DELETE", "/registration/me/histories/{identifier}"): PERSON,
    ("GET", "/registration/me/resume"): PERSON,
    ("POST", "/registration/me/submission"): PERSON,
    ("POST", "/registration/me/withdrawal"): PERSON,
    ("GET", "/registration/me/cards/{kind}"): PERSON,
    ("GET", "/registration/me/proof"): PERSON,
}
"""Whom domain.md, section 2, lets in. Staff never act on a person's own pages."""
NOBODY, WITH_ENROLMENT = "nobody", "an enrolment"
CALLERS = [NOBODY, WITH_ENROLMENT, *Role]


def expected(needed: str, caller: str) -> str:
    """What the edge answers: the code of a refusal, or "in"."""
    if needed == ANYBODY:
        return "in"
    if needed == ENROLLED:
        return "in" if caller == WITH_ENROLMENT else "unauthenticated"
    if caller in {NOBODY, WITH_ENROLMENT}:
        return "unauthenticated"
    return "in" if needed == SIGNED_IN or caller == Role.HONORER else "forbidden"


@pytest.fixture
def person(portal: Cloud) -> Person:
    """The person whose tokens knock."""
    return stand_with_account(portal)


def test_the_oracle_names_every_route_and_no_other() -> None:
    here = {routes_person.__name__, routes_public.__name__}
    declared = {(route.method, route.path) for route in api.routes if route.handler.__module__ in here}
    assert declared == set(ORACLE)


def test_the_description_names_every_route(portal: Cloud) -> None:
    described = portal.call(app, "GET", "/registration/openapi.json").json["paths"]
    assert all(method.lower() in described[path] for method, path in ORACLE)


def test_everybody_is_let_in_where_he_belongs_and_nowhere_else(portal: Cloud, person: Person) -> None:
    tokens: dict[str, str] = {role: portal.token(role, INSTITUTION, sub=person.pid) for role in Role}
    claims = enrolment_claims(put_in(person, person.state, enrolment="first"), "first")
    enrolment.begin(person, claims, {})
    tokens[WITH_ENROLMENT] = sign(claims)
    seen, wanted = {}, {}
    for (route, needed), caller in product(ORACLE.items(), CALLERS):
        method, path = route
        answer = portal.call(app, method, path.replace("{", "").replace("}", ""), token=tokens.get(caller))
        refused = answer.code if answer.status in {401, 403} and answer.json else "in"
        seen[route, caller] = "in" if needed == ANYBODY else refused
        wanted[route, caller] = expected(needed, caller)
        assert answer.status < 500
    # A member of staff's token with a person's id finds no staff account: refused behind the edge.
    me = ("GET", "/registration/me")
    for role in set(Role) - {Role.HONORER}:
        assert seen.pop((me, role)) == "unauthenticated"
        wanted.pop((me, role))
    assert seen == wanted


def test_what_a_person_reads_is_always_his_own(portal: Cloud, person: Person) -> None:
    elsewhere = portal.token(Role.HONORER, "9902", sub="nobody")
    for method, path in ORACLE:
        if path.startswith("/registration/me") and method == "GET":
            answer = portal.call(app, method, path.replace("{", "").replace("}", ""), token=elsewhere)
            assert answer.code == "not-found"
