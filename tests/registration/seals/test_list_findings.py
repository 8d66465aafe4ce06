"""Beside every list lies what registration found in it: the row's own numbers and dates, which nobody else can tell."""

from typing import Any

import pytest

from services.kernel.aws import dynamodb, s3
from services.kernel.security.findings import ListFindings, findings_key
from services.kernel.states import PersonState
from services.registration.adapters import person_items
from services.registration.model.person import Person
from services.registration.settings import settings
from tests.registration.facts.test_relay import told
from tests.registration.listed import ROW, put_in, with_account
from tests.registration.seals.test_seal_roster import entries, lock, prefinalize
from tests.support.aws import Cloud
from tests.support.gates import close_lanes


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody with an account, born on 1 January 1990."""
    return with_account(portal)


def beside(edition: str) -> list[tuple[str, int, str, str]]:
    content = s3.read(settings().exports_bucket, findings_key(f"lists/9901/{edition}.jsonl"))
    assert content is not None
    found = ListFindings.model_validate_json(content)
    return [(one.nomor_registrasi, one.v, one.field.value, one.kind.value) for one in found.rows]


PLANTED = [
    ({"nama": f"Siti {ROW['nik']}"}, "nama", "sixteen-digits"),
    ({"unit": "SD 1 KK 9901010101150001"}, "unit_kerja", "sixteen-digits"),
    ({"jab": "Guru, 1 Januari 1990"}, "jabatan", "birth-date"),
    ({"nama": "Siti 1-1-90"}, "nama", "birth-date"),
    ({"unit": "SD 1 hp 0812/3456/7890"}, "unit_kerja", "phone"),
    ({"jab": "Guru Siti @ contoh.id"}, "jabatan", "email"),
]


@pytest.mark.parametrize(("planted", "field", "kind"), PLANTED)
def test_the_prefinal_list_and_the_seal_tell_it(person: Person, planted: dict[str, Any], field: str, kind: str) -> None:
    """Planted in the table: a row as an older version stored it."""
    put_in(person, PersonState.MEMENUHI_SYARAT, **planted)
    there = [(person.registration_number, person.v, field, kind)]
    prefinalize()
    assert beside("prefinal-1") == there
    close_lanes("9901")
    dynamodb.transact([moved_to_qualified()])
    lock()
    assert beside("1") == there
    assert len(entries("1")) == 1


def moved_to_qualified() -> dynamodb.Operation:
    """The counters of somebody who was brought into his state by force."""
    lane = {"pk": "C#9901#0", "sk": "@"}
    return dynamodb.update(settings().table, lane, add={"st_AKUN_DIBUAT": -1, "st_MEMENUHI_SYARAT": 1})


def test_who_does_not_stand_on_a_list_is_not_told(portal: Cloud, person: Person) -> None:
    put_in(person, PersonState.TIDAK_MEMENUHI_SYARAT, nama=f"Siti {ROW['nik']}")
    told(portal)
    prefinalize()
    assert beside("prefinal-1") == []
    (fact,) = told(portal)
    assert (fact["name"], fact["list_key"]) == ("roster.listed", "lists/9901/prefinal-1.jsonl")


def test_every_write_of_a_row_tells_what_of_it_is_his_own(portal: Cloud, person: Person) -> None:
    """Whoever publishes hears of it with the row itself, and that it is mended."""
    stored = put_in(person, PersonState.TERDAFTAR, nama="Siti 1 Januari 1990")
    told(portal)
    dynamodb.transact([dynamodb.put(settings().table, person_items.to_item(stored))])
    (fact,) = told(portal)
    assert fact["found"] == [{"field": "nama", "kind": "birth-date"}]
    mended = put_in(stored, PersonState.TERDAFTAR, nama="Siti Contoh Lestari")
    dynamodb.transact([dynamodb.put(settings().table, person_items.to_item(mended))])
    assert told(portal)[-1]["found"] == []
