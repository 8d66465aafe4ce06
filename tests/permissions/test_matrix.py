"""The matrix is whole, and each route's own declaration says the same."""

import json
from typing import Any, get_args

import pytest

from infra.openapi import text_of
from infra.services import SERVICES
from services.announcements import app as announcements
from services.documents import app as documents
from services.finalization import app as finalization
from services.kernel.security.sessions import NATIONAL, Role
from services.kernel.web.http import Route
from services.registration import app as registration
from tests.permissions.matrix import CALLERS, ENROLLED, NOBODY, RULES, Elsewhere, OwnRow, Rule, Unit

ENTRIES: tuple[Any, ...] = (registration, documents, finalization, announcements)
DECLARED: dict[tuple[str, str], Route] = {
    (route.method, route.path): route for entry in ENTRIES for route in entry.api.routes
}


def test_every_route_is_in_the_matrix_once_and_no_other() -> None:
    described = {
        (method.upper(), path)
        for service in SERVICES
        for path, operations in json.loads(text_of(service))["paths"].items()
        for method in operations
    }
    named = [(rule.method, rule.path) for rule in RULES]
    assert (set(named), len(named)) == (described, len(described))
    assert DECLARED.keys() == described


def test_every_mark_is_one_of_those_that_are_explained() -> None:
    for rule in RULES:
        assert rule.marks.keys() == set(CALLERS)
        assert set(rule.marks.values()) <= {"+", ".", "o"}, rule
        assert rule.elsewhere in get_args(Elsewhere), rule
        assert rule.unit in get_args(Unit), rule
        assert rule.own in get_args(OwnRow), rule


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_route_declares_whom_the_matrix_lets_in(rule: Rule) -> None:
    route = DECLARED[rule.method, rule.path]
    assert route.roles == (rule.roles or None)
    assert route.enrolment is rule.takes_enrolment


def test_a_public_route_is_open_to_all() -> None:
    assert {mark for rule in RULES if rule.is_public for mark in rule.marks.values()} == {"+"}


def test_where_an_institution_is_named_another_one_does_not_exist() -> None:
    """Unless nobody but bkn and auditors come there, who have all of them."""
    for rule in RULES:
        if "{code}" in rule.path and rule.roles:
            assert (rule.elsewhere == "404") is bool(rule.roles - NATIONAL), rule


def test_nobody_works_on_his_own_record_by_any_route_that_writes_one() -> None:
    for rule in RULES:
        if "/people/{person}" in rule.path and rule.service == "registration":
            assert rule.own == ("reads" if rule.method == "GET" else "403"), rule


def test_what_is_about_one_person_is_narrowed_by_units() -> None:
    assert {rule.unit for rule in RULES if "{person}" in rule.path or "{file}" in rule.path} == {"404"}


def test_people_do_nothing_of_what_staff_do() -> None:
    of_institutions = [rule for rule in RULES if "/institutions" in rule.path]
    assert not [rule for rule in of_institutions if {"+", "o"} & {rule.marks[who] for who in (NOBODY, ENROLLED)}]
    assert not [rule for rule in of_institutions if Role.HONORER in rule.roles]
