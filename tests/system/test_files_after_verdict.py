"""A file that is accepted after a verdict, all the way: form, inspection, bus, record (domain.md, section 4).

What staff uploads voids the verdict if it is evidence for a criterion; what the person uploads is kept beside it.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from infra.local.client import Visitor
from infra.local.demo import steps_institution
from services.kernel.documents import DocumentType
from tests.support.office import PASSWORD, Office, open_office
from tests.support.portal import Portal
from tools.sample import files

KTP = DocumentType.KTP


@pytest.fixture(scope="module")
def office(portal: Portal) -> Office:
    """An institution of this module's own."""
    return open_office(portal)


def decided(office: Office, person: dict[str, Any]) -> str:
    """Give the person a positive verdict, and let an hour go by; returns his id."""
    office.stage.staff("operator")
    office.stage.staff("verifikator")
    (one,) = [row for row in office.stage.people() if row["nama"] == person["nama"]]
    steps_institution.decide(office.stage, one, "MEMENUHI_SYARAT", steps_institution.AT_THE_OFFICE)
    office.portal.advance(timedelta(hours=1).total_seconds())
    return str(one["id"])


def seen(office: Office, pid: str) -> dict[str, Any]:
    """The record as its institution sees it, once everything has come to rest."""
    office.portal.wait_idle()
    record: dict[str, Any] = office.stage.staff("verifikator").get(f"{office.stage.registration}/people/{pid}")
    return record


def marked(record: dict[str, Any], jenis: DocumentType) -> list[bool]:
    """Of each file of a kind, whether it came after the verdict."""
    return [file["marked_at"] is not None for file in record["files"] if file["jenis"] == jenis]


def test_a_file_of_staff_voids_the_verdict(office: Office) -> None:
    person = office.person(0)
    office.enlist([person])
    pid = decided(office, person)
    operator = office.stage.staff("operator")
    operator.upload(DocumentType.FOTO, files.photo_jpg(person), orang=pid)
    kept = seen(office, pid)
    assert (kept["state"], marked(kept, DocumentType.FOTO)) == ("MEMENUHI_SYARAT", [True]), "no evidence"
    operator.upload(KTP, files.ktp_jpg(person), orang=pid)
    void = seen(office, pid)
    assert (void["state"], marked(void, KTP)) == ("TERDAFTAR", [False])
    assert [step["state"] for step in void["progress"]] == ["TERDAFTAR", "MEMENUHI_SYARAT", "TERDAFTAR"]


def test_a_file_of_the_person_is_kept_beside_the_verdict(office: Office) -> None:
    person = office.person(1)
    office.enlist([person])
    office.make_account(person)
    pid = decided(office, person)
    me = Visitor(office.portal.base_url)
    me.sign_in(person["nik"], PASSWORD)
    me.upload(KTP, files.ktp_jpg(person))
    kept = seen(office, pid)
    assert (kept["state"], marked(kept, KTP)) == ("MEMENUHI_SYARAT", [False, True])
    (stamp,) = [file["marked_at"] for file in me.get("/api/registration/me")["files"] if file["marked_at"]]
    assert abs(datetime.fromisoformat(stamp) - office.portal.now()) < timedelta(minutes=5)


def test_whoever_makes_an_account_after_the_verdict_keeps_it(office: Office) -> None:
    """KTP and photo of an account that is just being made prove nothing either."""
    person = office.person(2)
    office.enlist([person])
    pid = decided(office, person)
    office.make_account(person)
    kept = seen(office, pid)
    assert (kept["state"], kept["has_account"], marked(kept, KTP)) == ("MEMENUHI_SYARAT", True, [True])
    office.stage.staff("operator").upload(KTP, files.ktp_jpg(person), orang=pid)
    assert seen(office, pid)["state"] == "AKUN_DIBUAT", "void by staff, and the account stays made"
