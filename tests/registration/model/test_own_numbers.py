"""A person's own numbers and dates in his published fields, however they are written; and what is not his passes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.kernel import clock
from services.kernel.security.findings import Finding, PublishedField
from services.kernel.security.personal_numbers import PersonalNumber
from services.kernel.states import Category, PersonState
from services.registration.model.own_numbers import is_worth_a_contact, own_findings
from services.registration.model.person import Person
from services.registration.model.person_row import PersonRow
from services.registration.model.private import Private
from tools.sample.people import people

BORN = date(1990, 5, 17)
ROW: PersonRow = {"nik": "9901011705900001", "tanggal_lahir": BORN.isoformat()}
KK = "9901010101150001"
CONTACT = {"hp": "+6281234567890", "email": "siti.99@contoh.id"}
SIXTEEN, PHONE, EMAIL, BIRTH = (
    PersonalNumber.SIXTEEN_DIGITS,
    PersonalNumber.PHONE,
    PersonalNumber.EMAIL,
    PersonalNumber.BIRTH_DATE,
)


def somebody(nama: str = "Siti Contoh", unit_kerja: str = "SDN 013", jabatan: str = "Guru", **private: Any) -> Person:
    return Person(
        pid="pid",
        institution="9901",
        state=PersonState.TERDAFTAR,
        before=None,
        v=1,
        head="",
        salt=b"",
        registration_number="ABCDE12345",
        nama=nama,
        unit_kerja=unit_kerja,
        jabatan=jabatan,
        kategori=Category.NON_ASN,
        overall="",
        entered_by="operator",
        private=replace(Private(row=ROW, nomor_kk=KK), **private),
    )


def found(text: str) -> PersonalNumber | None:
    findings = own_findings(somebody(nama=text), CONTACT)
    return findings[0].kind if findings else None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Siti 9901011705900001", SIXTEEN),
        ("Siti 9901x0117x0590x0001", SIXTEEN),
        ("Siti \uff19\uff19\uff10\uff11011705900001", SIXTEEN),
        (f"Siti KK {KK[:4]} & {KK[4:]}", SIXTEEN),
        ("Siti 0812 / 3456 / 7890", PHONE),
        ("Siti 62-812*3456*7890", PHONE),
        ("Siti SITI.99@Contoh.ID", EMAIL),
        ("Siti siti.99 @ contoh.id", EMAIL),
        ("Siti 17 Mei 1990", BIRTH),
        ("Siti 17-MEI-90", BIRTH),
        ("Siti 17May1990", BIRTH),
        ("Siti Mei 17, 1990", BIRTH),
        ("Siti 1990 Mei 17", BIRTH),
        ("Siti 17051990", BIRTH),
        ("Siti 19900517", BIRTH),
        ("Siti 17.5.90", BIRTH),
        ("Siti 17\u200b Mei\u00a01990", BIRTH),
    ],
)
def test_found(text: str, kind: PersonalNumber) -> None:
    assert found(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "Siti Contoh",
        "SMA 17 Agustus 1945",
        "Siti 17 Mei 1991",
        "Siti 7 Mei 1990",
        "Siti 117 Mei 1990",
        "Siti 17 Mei 19905",
        "Siti Mei 1990",
        "SDN 170590",
        "NPSN 20104001",
        "Siti 9901011705900002",
        "Siti 0812 3456 7891",
        "Siti @ Contoh",
    ],
)
def test_passes(text: str) -> None:
    assert found(text) is None


def test_each_published_field_is_searched() -> None:
    person = somebody("Siti 17 Mei 1990", f"Unit {ROW['nik']}", f"Guru {KK}")
    assert own_findings(person) == [
        Finding(PublishedField.NAMA, BIRTH),
        Finding(PublishedField.UNIT_KERJA, SIXTEEN),
        Finding(PublishedField.JABATAN, SIXTEEN),
    ]


def test_who_has_no_dates_or_contact_yet_is_searched_for_the_rest() -> None:
    draft = somebody(f"Siti {ROW['nik']}", row={"nik": ROW["nik"]}, nomor_kk=None)
    assert [one.kind for one in own_findings(draft, {"hp": None, "email": None})] == [SIXTEEN]
    assert own_findings(replace(draft, private=Private())) == []


@given(st.dates(date(1930, 1, 1), date(2005, 12, 31)), st.sampled_from(["", " ", "-", ". ", "/", ", "]))
def test_a_birth_date_in_words_is_found_in_any_writing(born: date, gap: str) -> None:
    assume(born != date(1945, 8, 17))  # schools are called by it
    written = gap.join(clock.day_text(born).split())
    row = {**ROW, "tanggal_lahir": born.isoformat()}
    assert own_findings(somebody(f"Siti {written} Contoh", row=row)) == [Finding(PublishedField.NAMA, BIRTH)]


@given(st.text(), st.dates(date(1930, 1, 1)))
def test_no_text_is_too_odd(text: str, born: date) -> None:
    own_findings(somebody(text, row={**ROW, "tanggal_lahir": born.isoformat()}), CONTACT)


def test_a_contact_is_read_only_where_it_could_stand() -> None:
    assert is_worth_a_contact(somebody("Siti 81234567"))
    assert is_worth_a_contact(somebody("Siti \uff20 Contoh"))
    assert not is_worth_a_contact(somebody("Siti 8123456", "SDN 013"))


def test_generated_people_are_not_taken_for_their_own_numbers() -> None:
    for made in people(2_000):
        published = (made["nama"], made["unit_kerja"], made["jabatan"])
        person = somebody(*published, row=made, nomor_kk=made["nomor_kk"])
        assert own_findings(person, {"hp": made["hp"], "email": made["email"]}) == []
