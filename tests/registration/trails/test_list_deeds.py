"""What a member of staff did, from an index that holds nobody else: who may read it, and of what nothing is told."""

import base64
import json
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.audit import chain as audit
from services.kernel.audit.chain import Event
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import KeyPart
from services.kernel.security import privacy
from services.kernel.security.sessions import Role
from services.registration.settings import settings
from tests.registration.listed import INSTITUTION, stand_with_account
from tests.registration.staff import Desk, desk, readings, row
from tests.support.aws import Cloud


@pytest.fixture
def admin(portal: Cloud) -> Desk:
    return desk(portal, Role.ADMIN)


@pytest.fixture
def operator(admin: Desk) -> Desk:
    return desk(admin.cloud, Role.OPERATOR)


def deeds(reader: Desk, of: Desk, query: str = "", **more: Any) -> dict[str, Any]:
    answer = reader.call("GET", f"/users/{of.actor.id}/deeds{query}", **more)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def elsewhere(chain: str, actor: str, action: str) -> None:
    """A link as another service writes it, sealed with what registration does not have."""
    link = audit.link(
        chain,
        1,
        audit.GENESIS,
        Event(actor, action, clock.now(), {"secret": "x"}),
        institution=INSTITUTION,
        salt=privacy.new_salt(),
    )
    dynamodb.transact([link.operation])


def test_it_tells_the_deeds_of_all_services_the_newest_first(operator: Desk, admin: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    elsewhere(f"documents#P#{pid}", operator.actor.id, "read-file")
    elsewhere(f"finalization#I#{INSTITUTION}", operator.actor.id, "extension.requested")
    elsewhere("registration#I#9901#i0", operator.actor.id, "import-rows")
    found = deeds(admin, operator)
    assert (found["name"], found["role"], found["cursor"]) == ("Petugas operator 1", "operator", None)
    told = sorted((each["service"], each["action"], bool(each["record"])) for each in found["items"])
    assert told == [
        ("documents", "read-file", True),
        ("finalization", "extension.requested", False),
        ("registration", "import-rows", False),
        ("registration", "register", True),
    ]
    assert [each["at"] for each in found["items"]] == sorted((e["at"] for e in found["items"]), reverse=True)
    record = next(each["record"] for each in found["items"] if each["action"] == "register")
    assert (record["id"], record["nama"], record["institution"]) == (pid, row(1)["nama"], INSTITUTION)
    assert row(1)["nik"] not in str(found)
    english = deeds(admin, operator, headers={"Accept-Language": "en"})["items"]
    assert "Asked for an extension." in {each["text"] for each in english}


def test_pages_go_through_all_of_them(operator: Desk, admin: Desk) -> None:
    for seed in range(5):
        assert operator.enter(row(seed)).status == 201
    found, cursor = list[str](), ""
    while True:
        page = deeds(admin, operator, f"?limit=2{cursor}")
        found += [each["record"]["id"] for each in page["items"]]
        if page["cursor"] is None:
            break
        cursor = f"&cursor={page['cursor']}"
    assert len(set(found)) == len(found) == 5


@pytest.mark.parametrize("cursor", ["x", "eA==", base64.urlsafe_b64encode(json.dumps([1, 2, 3]).encode()).decode()])
def test_a_cursor_of_no_use_is_refused(operator: Desk, cursor: str) -> None:
    answer = operator.call("GET", f"/users/{operator.actor.id}/deeds?cursor={cursor}")
    assert answer.code == "malformed"


def test_each_reads_his_own_and_only_who_answers_for_the_institution_those_of_others(
    operator: Desk, admin: Desk
) -> None:
    assert operator.enter(row(1)).status == 201
    assert [each["action"] for each in deeds(operator, operator)["items"]] == ["register"]
    assert readings() == [], "one's own is nobody's business"
    for role in (Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK, Role.PPK):
        other = desk(admin.cloud, role, number=7)
        assert other.call("GET", f"/users/{operator.actor.id}/deeds").code == "forbidden"
    stranger = Desk(admin.cloud, desk(admin.cloud, Role.ADMIN, "9902").actor, INSTITUTION)
    assert stranger.call("GET", f"/users/{operator.actor.id}/deeds").code == "not-found"
    for role in (Role.ADMIN, Role.BKN, Role.AUDITOR):
        assert deeds(desk(admin.cloud, role), operator)["items"]
    assert [(action, what["user"]) for _, action, what in readings()] == [("read-deeds", operator.actor.id)] * 3


def test_a_user_is_found_only_under_his_own_institution(operator: Desk, portal: Cloud) -> None:
    bkn = Desk(portal, desk(portal, Role.BKN).actor, "9902")
    assert bkn.call("GET", f"/users/{operator.actor.id}/deeds").code == "not-found"
    assert bkn.call("GET", "/users/1.nobody/deeds").code == "not-found"
    auditor = Desk(portal, desk(portal, Role.AUDITOR).actor, "nasional")
    assert auditor.call("GET", f"/users/{bkn.actor.id}/deeds").status == 200
    assert [action for _, action, _ in readings("nasional")] == ["read-deeds"]
    own = Desk(portal, bkn.actor, "nasional")
    assert [each["action"] for each in deeds(own, own)["items"]] == []
    admin = Desk(portal, desk(portal, Role.ADMIN).actor, "nasional")
    assert admin.call("GET", f"/users/{bkn.actor.id}/deeds").code == "not-found"


def test_an_account_of_a_person_has_no_deeds_to_read(portal: Cloud) -> None:
    person = stand_with_account(portal)
    admin = desk(portal, Role.ADMIN)
    assert admin.call("GET", f"/users/{person.pid}/deeds").code == "not-found"


def test_of_another_unit_or_institution_nothing_is_told(operator: Desk, admin: Desk) -> None:
    assert operator.enter(row(1, unit_kerja="SD Negeri 1 Contoh")).status == 201
    elsewhere("finalization#I#9902", operator.actor.id, "institution.extended")
    scoped = desk(admin.cloud, Role.ADMIN, units=["SD Negeri 9 Contoh"], number=2)
    assert deeds(scoped, operator)["items"] == []
    assert [each["action"] for each in deeds(admin, operator)["items"]] == ["register"]
    told = deeds(desk(admin.cloud, Role.BKN), operator)["items"]
    assert {each["institution"] for each in told} == {None, "9902"}


def test_it_says_whose_account_a_deed_was_about(operator: Desk, admin: Desk) -> None:
    wish = {"v": 1, "reason": "pindah tugas"}
    done = admin.call("POST", f"/users/{operator.actor.id}/disablement", wish)
    assert done.status == 200, done.text
    (deed,) = deeds(admin, admin)["items"]
    assert (deed["action"], deed["user"], deed["institution"]) == ("disable-account", "Petugas operator 1", INSTITUTION)


def test_neither_persons_nor_functions_stand_in_the_index(portal: Cloud) -> None:
    person = stand_with_account(portal)
    elsewhere(f"documents#P#{person.pid}", "system:inspect_upload", "inspect-upload")
    links = portal.items("AuditTable")
    assert links
    assert not [link for link in links if "by" in link]
    for actor in (person.pid, "system:inspect_upload", "operator"):
        found, _ = dynamodb.query(settings().audit_table, KeyPart("by").eq(actor), index=audit.DEEDS)
        assert found == []


def test_the_index_shows_no_delta(operator: Desk) -> None:
    assert operator.enter(row(1)).status == 201
    ((link,), _) = dynamodb.query(settings().audit_table, KeyPart("by").eq(operator.actor.id), index=audit.DEEDS)
    assert link.keys() == {"pk", "sk", "by", "at", "action"}
