"""What stands beside a sealed record: that its deletion was asked, and what bkn decided after the lock."""

from datetime import timedelta
from typing import Any, Final

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.cases import CaseKind, CaseState
from services.kernel.security.sessions import Role
from services.kernel.states import Phase
from services.registration.adapters import annotation_store, person_store
from services.registration.app import app
from services.registration.facts.project_case import project_case
from services.registration.settings import settings
from tests.registration.cases.handed import CASE, handed
from tests.registration.cases.test_project_case import moved
from tests.registration.listed import INSTITUTION, LAST_MOMENT, TOO_LATE
from tests.registration.seals.test_seal_roster import filled, lock
from tests.registration.staff import Desk, desk
from tests.support.aws import Answer, Cloud
from tests.support.gates import close_lanes, open_gate

__all__ = ["filled"]

NUMBER: Final = "L-2345-6789"
HELP: Final = CaseKind.BANTUAN


@pytest.fixture
def sealed(portal: Cloud, filled: dict[str, Any]) -> str:
    """Somebody of a sealed roster whose help desk was asked to delete him."""
    project_case(moved(kind=HELP))
    close_lanes(INSTITUTION)
    lock()
    open_gate(INSTITUTION, phase=Phase.FINAL)
    pid: str = filled["people"][0]
    return pid


def annotate(by: Desk, pid: str, number: str = NUMBER, **more: Any) -> Answer:
    return by.call("POST", f"/people/{pid}/annotations", {"case": number}, **more)


def own(cloud: Cloud, pid: str) -> Any:
    answer = cloud.call(app, "GET", "/registration/me/objection", token=cloud.token(Role.HONORER, INSTITUTION, pid))
    assert answer.status == 200, answer.text
    return answer.json["annotations"]


def root(pid: str) -> Any:
    return dynamodb.get(settings().table, {"pk": f"P#{pid}", "sk": "@"})


@pytest.mark.parametrize("role", [Role.HELPDESK, Role.ADMIN, Role.BKN])
def test_deletion_of_a_sealed_record_is_noted_beside_it_and_its_person_told_why(
    portal: Cloud, sealed: str, role: Role
) -> None:
    before = root(sealed)
    answer = annotate(desk(portal, role), sealed, headers={"Idempotency-Key": "kunci-satu"})
    assert answer.status == 201, answer.text
    assert (answer.json["number"], "disegel" in answer.json["text"]) == (NUMBER, True)
    year = clock.now().astimezone(clock.WIB).year
    assert answer.json["kept_until"].startswith(f"{year + 10}-")
    assert root(sealed) == before, "the sealed record itself never changes"
    assert own(portal, sealed) == [answer.json]
    assert desk(portal, Role.VERIFIKATOR).detail(sealed)["annotations"] == [answer.json]
    assert desk(portal, Role.HELPDESK).call("GET", f"/people/{sealed}/steps").json["annotations"] == [answer.json]
    history = desk(portal, Role.ADMIN).call("GET", f"/people/{sealed}/history").json["items"]
    assert "note-deletion-asked" in [each["action"] for each in history]
    again = annotate(desk(portal, role), sealed, headers={"Idempotency-Key": "kunci-satu"})
    assert (again.status, again.json) == (201, answer.json)
    assert annotate(desk(portal, role), sealed).code == "conflict", "once a case"


def test_what_is_not_sealed_is_told_what_may_be_done_instead(portal: Cloud, filled: dict[str, Any]) -> None:
    project_case(moved(kind=HELP))
    pid = filled["people"][0]
    open_ = annotate(desk(portal, Role.HELPDESK), pid, received=LAST_MOMENT)
    assert (open_.code, "dapat menghapusnya" in open_.json["detail"]) == ("wrong-phase", True)
    closed = annotate(desk(portal, Role.HELPDESK), pid, received=TOO_LATE + timedelta(days=30))
    assert (closed.code, "sesudah segelnya terbit" in closed.json["detail"]) == ("wrong-phase", True)
    assert annotation_store.find(pid, CASE) is None
    assert own(portal, pid) == []


def test_a_round_that_is_opened_again_takes_no_annotation(portal: Cloud, sealed: str) -> None:
    open_gate(INSTITUTION, phase=Phase.PRAFINAL)
    assert annotate(desk(portal, Role.HELPDESK), sealed).code == "wrong-phase"


@pytest.mark.parametrize(
    "changed", [{"kind": CaseKind.KEBERATAN}, {"state": CaseState.DIPUTUS}, {"case": "L98765432"}, {"institution": "x"}]
)
def test_it_answers_an_open_request_for_help_of_this_institution(
    portal: Cloud, filled: dict[str, Any], changed: dict[str, Any]
) -> None:
    project_case(moved(**{"kind": HELP, **changed}))
    close_lanes(INSTITUTION)
    lock()
    open_gate(INSTITUTION, phase=Phase.FINAL)
    assert annotate(desk(portal, Role.HELPDESK), filled["people"][0]).code == "conflict"


def test_what_bkn_decides_after_the_lock_is_shown_beside_the_record(portal: Cloud, sealed: str) -> None:
    bkn = desk(portal, Role.BKN)
    token = handed(bkn, kind=CaseKind.TANGGAPAN, pid=sealed, accepted=False)
    late = clock.now() + timedelta(days=90)
    answer = bkn.call("POST", f"/people/{sealed}/case-decisions", {"handover": token}, received=late)
    assert answer.code == "handover-over", "ninety days are too old"
    portal.at(late)
    token = handed(bkn, kind=CaseKind.TANGGAPAN, pid=sealed, accepted=False)
    answer = bkn.call("POST", f"/people/{sealed}/case-decisions", {"handover": token}, received=late)
    assert answer.status == 200, answer.text
    (shown,) = desk(portal, Role.ADMIN).detail(sealed)["annotations"]
    assert (shown["number"], "menolak tanggapan" in shown["text"], shown["kept_until"]) == (NUMBER, True, None)
    assert own(portal, sealed) == [], "of what others report he learns where it is sure that it is he"
    assert person_store.load(sealed).v == 2
