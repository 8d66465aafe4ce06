"""Who types his name or place of birth a little otherwise is let in, and the verifikator sees what he typed."""

from dataclasses import replace

import pytest

from services.kernel.documents import DocumentType
from services.registration.adapters import person_store
from services.registration.enrolments.typed_otherwise import view_typed_otherwise
from services.registration.model.person_row import PersonRow
from tests.registration.listed import accept, check_identity, enrol, make_account, register
from tests.registration.staff import desk
from tests.support.aws import Cloud

Note = tuple[str, str]


@pytest.mark.parametrize(
    ("changed", "notes"),
    [
        ({}, []),
        ({"nama": "Dra. SITI CONTOH-LESTARI"}, []),
        ({"nama": "Lestari Siti Contoh"}, [("nama", "name-alike")]),
        ({"nama": "Siti Contoh Lestary"}, [("nama", "name-alike")]),
        ({"tempat_lahir": "Kab. Contoh Satu."}, []),
        ({"tempat_lahir": "Contoh Dua"}, [("tempat_lahir", "place-differs")]),
        (
            {"nama": "Siti Contoh Lestary", "tempat_lahir": "Contoh Dua"},
            [("nama", "name-alike"), ("tempat_lahir", "place-differs")],
        ),
    ],
)
def test_what_was_typed_otherwise_is_a_note_for_who_decides(
    portal: Cloud, changed: dict[str, str], notes: list[Note]
) -> None:
    person = register()
    answer = check_identity(portal, **changed)
    assert answer.status == 201, answer.text
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(person.pid, jenis)
    assert make_account(portal, dict(answer.cookies)).status == 201
    shown = desk(portal, "verifikator").detail(person.pid)["warnings"]
    found = [one for one in shown if one["code"] in ("name-alike", "place-differs")]
    assert [(one["field"], one["code"]) for one in found] == notes
    assert all(changed[one["field"]] in one["message"] for one in found)


@pytest.mark.parametrize("place", ["Ma\u2019rang", "MARANG", "Ma'rang.", "Bau-Bau", "Kabupaten Contoh Satu"])
@pytest.mark.parametrize("typed", ["ma\u2018rang", "Bau Bau", "BAUBAU", "Contoh Satu", "Kota Contoh Satu"])
def test_no_place_of_birth_turns_anybody_away(portal: Cloud, place: str, typed: str) -> None:
    register(tempat_lahir=place)
    assert check_identity(portal, tempat_lahir=typed).status == 201


def test_a_note_goes_when_the_row_is_put_right(portal: Cloud) -> None:
    person = register()
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(person.pid, jenis)
    answer = check_identity(portal, tempat_lahir="Contoh Dua")
    make_account(portal, dict(answer.cookies))
    person = person_store.load(person.pid)
    assert [note.field for note in view_typed_otherwise(person)] == ["tempat_lahir"]
    right: PersonRow = {**person.row, "tempat_lahir": "Contoh Dua"}
    assert not view_typed_otherwise(replace(person, private=replace(person.private, row=right)))


def test_who_typed_as_registered_leaves_nothing_behind(portal: Cloud) -> None:
    person = register()
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(person.pid, jenis)
    make_account(portal, enrol(portal))
    assert person_store.load(person.pid).private.typed == {}
