"""A unit hands over the notice of a tanggapan against signature: once, of its own people, and it counts as heard."""

from typing import Any

import pytest

from services.kernel.cases import CaseKind, CaseState
from services.kernel.security.sessions import Role
from services.registration.facts.project_case import project_case
from tests.registration.cases.handed import CASE
from tests.registration.cases.test_project_case import heard, moved
from tests.registration.listed import register
from tests.registration.staff import desk
from tests.support.aws import Cloud

NUMBER = "L-2345-6789"


def test_it_is_noted_once_and_told_and_the_record_says_so(portal: Cloud) -> None:
    person, operator = register(), desk(portal, Role.OPERATOR)
    project_case(moved(person.pid))
    heard(portal)
    assert [each["untold"] for each in operator.detail(person.pid)["cases"]] == [True]
    path = f"/people/{person.pid}/cases/{NUMBER}/notice"
    answer = operator.call("POST", path)
    assert (answer.status, answer.json) == (200, {"told": True}), answer.text
    (fact,) = heard(portal)
    assert (fact["case"], fact["pid"]) == (CASE, person.pid)
    assert [each["untold"] for each in operator.detail(person.pid)["cases"]] == [False]
    assert operator.call("POST", path).code == "conflict"
    actions = [
        each["action"] for each in desk(portal, Role.ADMIN).call("GET", f"/people/{person.pid}/history").json["items"]
    ]
    assert "tell-by-hand" in actions


@pytest.mark.parametrize("changed", [{"kind": CaseKind.KEBERATAN}, {"state": CaseState.DICABUT}, {"case": "L98765432"}])
def test_nothing_else_is_told_by_hand(portal: Cloud, changed: dict[str, Any]) -> None:
    person, operator = register(), desk(portal, Role.OPERATOR)
    project_case(moved(person.pid, **changed))
    assert operator.call("POST", f"/people/{person.pid}/cases/{NUMBER}/notice").code == "conflict"
    assert heard(portal) == []
