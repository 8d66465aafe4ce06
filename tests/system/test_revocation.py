"""Staff whose tokens were ended can do nothing in any of the four services within a minute; nobody else notices."""

from collections.abc import Mapping, Sequence
from typing import Any

import jwt
import pytest

from infra.audit_verify.source import Source
from infra.aws import REGION, Aws
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
            ("GET", f"/api/announcements/institutions/{code}/usulan/count", None),
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


def end_tokens(portal: Portal, visitor: Visitor) -> None:
    """Raise the token version of the account somebody is signed in to."""
    account = jwt.decode(visitor.cookies[SESSION_COOKIE], options={"verify_signature": False})["sub"]
    source = Source.find(Aws(REGION, address_in(portal.state)), STAGE)
    source.aws.dynamodb.update_item(
        TableName=source.values["RegTable"],
        Key=encode({"pk": f"U#{account}", "sk": "@"}),
        UpdateExpression="SET tv = tv + :one, v = v + :one",
        ExpressionAttributeValues=encode({":one": 1}),
    )


@pytest.mark.parametrize("role", ["admin", "bkn"])
def test_within_a_minute_nothing_is_open_any_more(portal: Portal, office: Office, role: str) -> None:
    pid = office.stage.staff("operator").get(f"{office.stage.registration}/people")["items"][0]["id"]
    asked = deeds(office.code, pid)[role]
    visitor = Visitor(portal.base_url, dict(office.stage.staff(role).cookies))
    colleague = Visitor(portal.base_url, dict(office.stage.staff("operator").cookies))
    assert 401 not in statuses(visitor, asked)
    end_tokens(portal, visitor)
    wait_for(lambda: set(statuses(visitor, asked)) == {401}, "every service to refuse", MINUTE)
    method, path, body = asked[-1]
    assert visitor.send(method, path, body).json["detail"] == REVOKED
    assert colleague.send("GET", f"{office.stage.finalization}").status == 200
    again = office.stage.staff(role)
    assert 401 not in statuses(again, asked), "whoever signs in anew goes on"


def test_a_person_goes_on_whatever_becomes_of_staff(portal: Portal, office: Office) -> None:
    me = office.make_account(office.person(1))
    me.sign_in(office.person(1)["nik"], PASSWORD)
    end_tokens(portal, office.stage.staff("admin"))
    portal.wait_idle()
    assert me.get("/api/registration/me")["role"] == "honorer"
    assert me.send("POST", "/api/documents/uploads", {"jenis": "IJAZAH", "ukuran": 5000}, key=new_key()).status == 201
