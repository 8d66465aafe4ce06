"""Inspection stands still while the deadline passes and locks: who sent and submitted in time is in, and only he.

All the way: form, receipt, submission, lock, inspection, bus, record (domain.md, section 4, *Files on their way*).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from infra.local.client import Answer, Visitor, new_key, wait_for
from infra.local.demo import steps_person
from infra.local.demo.stage import soon_after
from services.kernel.documents import DocumentType
from services.kernel.writes.calendar import DEFAULT_2022, Window
from tests.support.office import PASSWORD, Office, Person, open_office
from tests.support.portal import Portal
from tools.sample import files

INSPECTION = "documents-inspect_upload"
SK, PAY, IJAZAH = DocumentType.SK, DocumentType.BUKTI_BAYAR, DocumentType.IJAZAH
DOSSIER, VERIFICATION = DEFAULT_2022[Window.DOSSIER].closes, DEFAULT_2022[Window.VERIFICATION].closes
LAST_MINUTE = DOSSIER - timedelta(minutes=1)
"""The clock runs on at home: set again before what has to be in time, so that a slow machine is in time as well."""
PATIENCE = 180


@dataclass
class Somebody:
    """One person and his browser."""

    person: Person
    browser: Visitor
    pid: str = ""

    def sign_in(self) -> dict[str, Any]:
        """His own page, signed in anew: the clock has moved on by weeks."""
        self.browser.sign_in(self.person["nik"], PASSWORD)
        me: dict[str, Any] = self.browser.get("/api/registration/me")
        self.pid = me["id"]
        return me

    def send(self, jenis: DocumentType, content: bytes) -> str:
        """Post a file of the first appointment and wait for nothing; returns the receipt."""
        wanted = {"jenis": jenis.value, "ukuran": len(content), "riwayat": "pertama"}
        made = self.browser.post("/api/documents/uploads", wanted, key=new_key(), expect=201)
        self.browser.post_form(made, content)
        return str(made["receipt"])

    def submit(self, *receipts: str) -> Answer:
        """Press the last button."""
        body = {"v": self.sign_in()["v"], "statement": True, "receipts": receipts}
        return self.browser.send("POST", "/api/registration/me/submission", body, key=new_key())

    def papers(self) -> dict[str, tuple[str, bool]]:
        """Of each of his papers the state, and whether his page says since when it has been on its way."""
        return shown(self.sign_in()["files"])


def shown(found: list[dict[str, Any]]) -> dict[str, tuple[str, bool]]:
    """The two papers of the appointment, as a page shows them."""
    return {
        file["jenis"]: (file["state"], file["promised_at"] is not None) for file in found if file["jenis"] in {SK, PAY}
    }


@pytest.fixture(scope="module")
def office(portal: Portal) -> Office:
    """An institution of this module's own."""
    return open_office(portal)


@pytest.fixture(scope="module")
def two(office: Office) -> list[Somebody]:
    """Two people who lack nothing but the papers of their appointment, a minute before the close."""
    people = [office.person(at) for at in range(2)]
    office.enlist(people)
    found = [Somebody(person, office.make_account(person)) for person in people]
    for one in found:
        me = one.sign_in()
        one.browser.post("/api/registration/me/active-confirmation", {"v": me["v"], "active": True})
        one.browser.upload(IJAZAH, files.ijazah_pdf(one.person), orang=one.pid)
        steps_person.fill_biodata(one.browser, one.person)
    office.portal.wait_idle()
    office.stage.move_clock(DOSSIER - timedelta(minutes=15))
    office.portal.wait_idle()
    return found


def test_inspection_that_stands_still_over_the_deadline_keeps_nobody_out(office: Office, two: list[Somebody]) -> None:
    portal, (shows, shows_none) = office.portal, two
    portal.hold(INSPECTION)
    try:
        for one in two:
            one.sign_in()
        office.stage.move_clock(LAST_MINUTE)
        receipts = [
            shows.send(SK, files.sk_pdf(shows.person)),
            shows.send(PAY, files.html_as_pdf(shows.person)),  # that it is no PDF, only inspection can tell
        ]
        kept = [shows_none.send(SK, files.sk_pdf(shows_none.person))]
        kept.append(shows_none.send(PAY, files.pay_proof_pdf(shows_none.person)))

        refused = shows_none.submit()
        assert (refused.status, refused.json["type"]) == (422, "incomplete")
        assert {one["code"] for one in refused.json["missing"]} == {SK.value, PAY.value}, "he is told what is missing"
        assert all("masih diperiksa" in one["text"] for one in refused.json["missing"])
        office.stage.move_clock(LAST_MINUTE)
        answer = shows.submit(*receipts)
        assert (answer.status, answer.json["state"]) == (200, "DIAJUKAN")
        assert shows.papers() == {SK: ("DIPERIKSA", True), PAY: ("DIPERIKSA", True)}
        assert shown(seen_by_staff(office, shows)["files"]) == shows.papers()

        office.stage.move_clock(DOSSIER)
        late = shows_none.submit(*kept)
        assert (late.status, late.json["type"]) == (410, "window-closed")
        sealed = locked(office)
        before = [standing(one.sign_in()) for one in two]
        assert [(me["state"], me["outcome"]) for me in before] == [
            ("DIAJUKAN", "UNDECIDED"),
            ("AKUN_DIBUAT", "UNDECIDED"),
        ]
    finally:
        portal.hold()
    portal.wait_idle(PATIENCE)

    assert shows.papers() == {SK: ("DITERIMA", False), PAY: ("DITOLAK", False)}
    assert shown(seen_by_staff(office, shows)["files"]) == shows.papers()
    assert shows_none.papers() == {SK: ("DITERIMA", False), PAY: ("DITERIMA", False)}
    assert [standing(one.sign_in()) for one in two] == before, "nothing but the files moved"
    assert office.stage.staff("bkn").get(office.stage.finalization)["seal"] == sealed
    assert portal.dead_letters() == []


def locked(office: Office) -> dict[str, Any]:
    """Let the last window close, and wait until the institution is locked and sealed; the seal."""
    office.stage.move_clock(soon_after(VERIFICATION))
    bkn = office.stage.staff("bkn")
    sealed: dict[str, Any] = wait_for(lambda: bkn.get(office.stage.finalization)["seal"], "the seal", PATIENCE)
    assert bkn.get(office.stage.finalization)["phase"] == "FINAL"
    return sealed


def seen_by_staff(office: Office, one: Somebody) -> dict[str, Any]:
    """The record as the verifikator sees it."""
    record: dict[str, Any] = office.stage.staff("verifikator").get(f"{office.stage.registration}/people/{one.pid}")
    return record


def standing(me: dict[str, Any]) -> dict[str, Any]:
    """His page but for the files, and what is computed of them each time: his steps, his road and the rules' advice."""
    return {name: value for name, value in me.items() if name not in {"files", "steps", "road", "advice"}}
