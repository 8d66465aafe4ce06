"""Staff whose tokens were ended can do nothing in any of the four services within a minute; nobody else notices."""

from collections.abc import Mapping, Sequence
from typing import Any

import jwt
import pytest

from infra.audit_verify.source import Source
from infra.aws import REGION, Aws
from infra.local import seed
from infra.local.client import Visitor, new_key, wait_for
from infra.local.dataplane import STAGE
from infra.local.emulator import address_in
from services.kernel.aws.dynamodb import encode
from services.kernel.security.revocations import REVOKED
from services.kernel.security.sessions import SESSION_COOKIE
from tests.support.office import PASSWORD, Office, open_office
from tests.support.portal import Portal

Asked = tuple[str, str, Mapping[str, Any] | None]
MINUTE = 60.0


@pytest.fixture(scope="module")
def office(portal: Portal) -> Office:
    """An institution with one person listed."""
    made = open_office(portal)
    made.enlist([made.person(1)])
    return made


def deeds(code: str, pid: str) -> dict[str, Sequence[Asked]]:
    """A reading and a writing of each service, all allowed to an admin or to bkn; none of them does harm."""
    reason = {"v": 99, "reason": "salah ketik"}
    releases = f"/api/announcements/institutions/{code}/publication/releases"
    return {
        "admin": [
            ("GET", f"/api/registration/institutions/{code}/people", None),
            ("DELETE", f"/api/registration/institutions/{code}/people/{pid}", reason),
            ("GET", f"/api/documents/people/{pid}/files", None),
            ("POST", "/api/documents/uploads", {"jenis": "SURAT", "ukuran": 5000, "instansi": code}),
            ("GET", f"/api/finalization/institutions/{code}", None),
            ("POST", f"/api/finalization/institutions/{code}/finalization", {"confirm": False}),
            ("GET", f"/api/announcements/institutions/{code}/cases/count", None),
        ],
        "bkn": [
            ("GET", f"/api/announcements/institutions/{code}/publication", None),
            ("POST", releases, {"nomor_registrasi": "1", "reason": "Nomor itu bukan milik siapa pun."}),
            ("PUT", f"/api/finalization/institutions/{code}", {}),
            ("GET", f"/api/registration/institutions/{code}/users", None),
        ],
    }


def statuses(visitor: Visitor, asked: Sequence[Asked]) -> list[int]:
    return [visitor.send(method, path, body, key=new_key()).status for method, path, body in asked]


def raise_version(portal: Portal, visitor: Visitor) -> None:
    """Raise the token version of the account somebody is signed in to, as whatever ends tokens does."""
    account = jwt.decode(visitor.cookies[SESSION_COOKIE], options={"verify_signature": False})["sub"]
    source = Source.find(Aws(REGION, address_in(portal.state)), STAGE)
    source.aws.dynamodb.update_item(
        TableName=source.values["RegTable"],
        Key=encode({"pk": f"U#{account}", "sk": "@"}),
        UpdateExpression="SET tv = tv + :one, v = v + :one",
        ExpressionAttributeValues=encode({":one": 1}),
    )


def test_a_disabled_admin_can_do_nothing_within_a_minute(portal: Portal, office: Office) -> None:
    pid = office.stage.people()[0]["id"]
    asked = deeds(office.code, pid)["admin"]
    admin, bkn = office.stage.staff("admin"), office.stage.staff("bkn")
    assert 401 not in statuses(admin, asked)
    users = f"{office.stage.registration}/users"
    (account,) = (one for one in bkn.get(users)["items"] if one["role"] == "admin")
    wish = {"v": account["v"], "reason": "Pindah tugas."}
    bkn.post(f"{users}/{account['id']}/disablement", wish, key=new_key())
    wait_for(lambda: set(statuses(admin, asked)) == {401}, "every service to refuse", MINUTE)
    assert {admin.send(method, path, body).json["detail"] for method, path, body in asked} == {REVOKED}
    assert office.stage.staff("operator").send("GET", office.stage.finalization).status == 200


def test_whose_tokens_were_ended_signs_in_anew_and_goes_on(portal: Portal, office: Office) -> None:
    """The second one of bkn, whose session no other test keeps."""
    bkn = Visitor(portal.base_url)
    bkn.sign_in_staff(seed.BKN_LOGINS[1], seed.PASSWORD)
    asked = deeds(office.code, "")["bkn"]
    assert 401 not in statuses(bkn, asked)
    raise_version(portal, bkn)
    wait_for(lambda: set(statuses(bkn, asked)) == {401}, "every service to refuse", MINUTE)
    bkn.sign_in_staff(seed.BKN_LOGINS[1], seed.PASSWORD)
    assert 401 not in statuses(bkn, asked)


def test_a_person_goes_on_whatever_becomes_of_staff(portal: Portal, office: Office) -> None:
    me = office.make_account(office.person(1))
    me.sign_in(office.person(1)["nik"], PASSWORD)
    raise_version(portal, office.stage.staff("operator"))
    portal.wait_idle()
    assert me.get("/api/registration/me")["role"] == "honorer"
    assert me.send("POST", "/api/documents/uploads", {"jenis": "IJAZAH", "ukuran": 5000}, key=new_key()).status == 201
