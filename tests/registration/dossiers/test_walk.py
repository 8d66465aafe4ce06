"""A person's way through the portal, by its routes alone, in the order of its steps (domain.md, section 3)."""

import pytest

from services.kernel.documents import DocumentType
from services.kernel.security.sessions import SESSION_COOKIE
from services.registration.adapters import person_store
from services.registration.app import app
from tests.registration.listed import (
    CLAIM,
    PASSWORD,
    ROW,
    accept,
    complete,
    enrol,
    make_account,
    register,
)
from tests.support.aws import Cloud


def test_from_account_to_census_card(portal: Cloud, caplog: pytest.LogCaptureFixture) -> None:
    person = register()
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(person.pid, jenis)
    made = make_account(portal, enrol(portal))
    assert made.status == 201, made.text
    signed_in = portal.call(app, "POST", "/registration/sessions", {"login": ROW["nik"], "password": PASSWORD})
    assert signed_in.status == 200, signed_in.text
    assert signed_in.json["role"] == "honorer"
    cookies = {SESSION_COOKIE: signed_in.cookies[SESSION_COOKIE]}
    complete(portal, person_store.load(person.pid))
    resume = portal.call(app, "GET", "/registration/me/resume", cookies=cookies)
    assert resume.json["missing"] == []
    body = {"v": resume.json["v"], "statement": True}
    submitted = portal.call(app, "POST", "/registration/me/submission", body, cookies=cookies)
    assert (submitted.status, submitted.json["state"]) == (200, "DIAJUKAN"), submitted.text
    me = portal.call(app, "GET", "/registration/me", cookies=cookies)
    assert [entry["state"] for entry in me.json["progress"]] == ["TERDAFTAR", "AKUN_DIBUAT", "DIAJUKAN"]
    assert me.json["steps"] == dict.fromkeys(("account", "active", "biodata", "histories", "submitted"), True)
    for kind in ("akun", "pendataan"):
        card = portal.call(app, "GET", f"/registration/me/cards/{kind}", cookies=cookies)
        assert card.status == 303
        assert "response-content-type=application%2Fpdf" in card.headers["location"]
    assert person_store.load(person.pid).v == me.json["v"]
    logged = str([vars(record) for record in caplog.records])
    assert "POST /registration/me/submission" in logged
    for secret in (*CLAIM.values(), "+6281234567890", PASSWORD, "192.0.2.1"):
        assert secret not in logged
