"""At each field staff see whose word its value is: changed by the person, corrected as he asked, or his statement."""

from dataclasses import replace
from typing import Any

from services.kernel.security.sessions import Role
from services.registration.access.shown_row import row_for_staff
from services.registration.model.person import Person
from services.registration.verification.stated import view_stated
from tests.registration.listed import register, solved
from tests.registration.requests.conftest import Asker, decide
from tests.registration.staff import Desk

EDUCATION: dict[str, Any] = dict.fromkeys(("nomor_ijazah", "tanggal_lulus", "sekolah"), ("PERNYATAAN", None))
"""Of somebody with a complete dossier: his institution had entered none of them."""
ASKED = {"nama": "Siti Contoh Lestarini", "nomor_sk": "800/9/2018"}


def stated(person: Person, role: Role = Role.VERIFIKATOR) -> dict[str, Any]:
    """Each field of which he said something: its kind, and the other value."""
    found = view_stated(person, row_for_staff(person, role))
    return {each.field: (each.kind.value, each.other) for each in found}


def test_of_whom_only_the_institution_spoke_nothing_is_marked(portal: object) -> None:
    assert stated(register()) == {}


def test_what_he_filled_in_is_his_statement_and_what_he_changed_shows_what_stood_there(asker: Asker) -> None:
    assert stated(asker.person) == EDUCATION
    body = {"v": asker.person.v, "pendidikan": "S2", "captcha": solved()}
    assert asker.call("PATCH", "/biodata", body).status == 200
    assert stated(asker.person) == {**EDUCATION, "pendidikan": ("DIUBAH", "S1")}


def test_what_he_asks_for_is_his_statement_until_it_is_decided(asker: Asker, operator: Desk, admin: Desk) -> None:
    asked = asker.asked(ASKED)
    wanted = {name: ("PERNYATAAN", value) for name, value in ASKED.items()}
    assert operator.detail(asker.pid)["stated"] == [
        {"field": name, "kind": kind, "other": other} for name, (kind, other) in {**wanted, **EDUCATION}.items()
    ]
    assert decide(operator, asker, asked, nama=True, nomor_sk="SK itu bukan milik Anda").status == 200
    accepted = {"nama": ("DIMOHON", "Siti Contoh Lestari")}
    assert stated(asker.person) == {**accepted, **EDUCATION}
    body = {"v": asker.person.v, "reason": "Sebagaimana KTP."}
    assert asker.call("POST", f"/requests/{asked}/second-look", body).status == 200
    assert stated(asker.person) == {**accepted, "nomor_sk": wanted["nomor_sk"], **EDUCATION}
    correction = {"v": asker.person.v, "reason": "KTP asli lain", "nama": "Siti Contoh Lestari"}
    assert admin.call("POST", f"/people/{asker.pid}/corrections", correction).status == 200
    assert "nama" not in stated(asker.person), "what stands there now is the institution's again"


def test_what_he_typed_at_the_identity_check_stands_at_the_field(asker: Asker) -> None:
    typed = replace(asker.person.private, typed={"nama": "Siti Contoh Lestary", "tempat_lahir": "Contoh Satu"})
    assert stated(replace(asker.person, private=typed)) == {"nama": ("PERNYATAAN", "Siti Contoh Lestary"), **EDUCATION}


def test_a_field_that_the_reader_is_not_shown_is_not_marked(asker: Asker) -> None:
    """And a wish for nothing is said as nothing."""
    asker.asked({"jabatan_penandatangan": None})
    person = asker.person
    assert stated(person) == {"jabatan_penandatangan": ("PERNYATAAN", ""), **EDUCATION}
    assert {each.field for each in view_stated(person, {})} == EDUCATION.keys()
