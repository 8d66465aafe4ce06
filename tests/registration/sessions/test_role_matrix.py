"""Every route that names no institution against everybody who may knock: the matrix says who is let in."""

from itertools import product

import pytest

from services.kernel.security.sessions import Role
from services.registration.app import app
from services.registration.enrolments import enrolment
from services.registration.model.person import Person
from services.registration.sessions.tokens import enrolment_claims, sign
from tests.permissions.matrix import CALLERS, ENROLLED, Rule, rules_of
from tests.registration.listed import INSTITUTION, put_in, stand_with_account
from tests.registration.staff import desk
from tests.support.aws import Cloud

RULES = [rule for rule in rules_of("/registration/") if "/institutions/" not in rule.path]


@pytest.fixture
def person(portal: Cloud) -> Person:
    """The person whose tokens knock."""
    return stand_with_account(portal)


def test_everybody_is_let_in_where_he_belongs_and_nowhere_else(portal: Cloud, person: Person) -> None:
    """Each with an account that is there; staff never act on a person's own pages."""
    tokens = {role: _token(portal, role) for role in Role} | {
        Role.HONORER: portal.token(Role.HONORER, INSTITUTION, sub=person.pid, token_version=1)
    }
    claims = enrolment_claims(put_in(person, person.state, enrolment="first"), "first")
    enrolment.begin(person, claims, {})
    for rule, caller in product(RULES, CALLERS):
        token = sign(claims) if caller == ENROLLED else tokens.get(caller)
        answer = portal.call(app, rule.method, _path(rule), token=token)
        refused = answer.code if answer.status in {401, 403} and answer.json and not rule.is_public else None
        assert (refused, answer.status < 500) == (rule.refusal(caller), True), (str(rule), caller)


NOTHING = {"latest": None}
"""Of who is not there no copy was ever asked for."""


def test_what_a_person_reads_is_always_his_own(portal: Cloud, person: Person) -> None:
    elsewhere = portal.token(Role.HONORER, "9902", sub="nobody")
    for rule in RULES:
        if Role.HONORER in rule.roles and rule.method == "GET":
            answer = portal.call(app, rule.method, _path(rule), token=elsewhere)
            assert answer.json == NOTHING if answer.status == 200 else answer.code == "not-found"


def _path(rule: Rule) -> str:
    return rule.path.replace("{", "").replace("}", "")


def _token(cloud: Cloud, role: Role) -> str:
    who = desk(cloud, role).actor
    return cloud.token(role, who.institution, sub=who.id, token_version=who.token_version)
