"""Entering one person by hand: stored, draft, duplicate, disputed, refused, and in time to the millisecond."""

from datetime import date
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.audit import chain as audit
from services.kernel.aws import clients, dynamodb
from services.kernel.aws.dynamodb import KeyPart
from services.kernel.security import privacy
from services.kernel.security.sessions import Role
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.registration.adapters import claim_store, person_store
from services.registration.settings import lookup_key, settings
from tests.registration.staff import Desk, at, desk, row
from tests.support.aws import Cloud
from tests.support.gates import open_gate

OTHER = "9902"
LAST = at("2022-09-30T23:59:59.999+07:00")
CLOSED = at("2022-10-01T00:00:00.000+07:00")
OPENED = at("2022-08-24T00:00:00.000+07:00")


@pytest.fixture
def operator(portal: Cloud) -> Desk:
    return desk(portal, Role.OPERATOR)


@pytest.fixture
def neighbour(portal: Cloud) -> Desk:
    open_gate(OTHER)
    return desk(portal, Role.OPERATOR, OTHER)


def test_a_complete_row_is_registered_with_the_engines_advice(operator: Desk) -> None:
    answer = operator.enter(row(1, no_peserta_thk2=None))
    assert answer.status == 201, answer.text
    assert (answer.json["state"], answer.json["v"], answer.json["missing"]) == ("TERDAFTAR", 1, [])
    assert len(answer.json["nomor_registrasi"]) == 10
    assert answer.json["advice"]["overall"] == "LOLOS"
    assert {one["article"][:5] for one in answer.json["advice"]["criteria"]} == {"Surat"}
    stored = person_store.load(answer.json["id"])
    assert stored.pid == privacy.person_id(lookup_key(), "9901", row(1)["nik"])
    assert stored.entered_by == operator.actor.id


def test_what_is_pasted_into_the_form_is_stored_as_it_is_seen(operator: Desk) -> None:
    entered = row(1, no_peserta_thk2="tidak ada", nomor_sk="800/1", nama="Siti Contoh")
    nik = entered["nik"]
    pasted = {
        "nik": f"\u202a{nik[:6]}\u2011{nik[6:12]}\u2013{nik[12:]}\u202c",
        "nama": "Siti\u00a0Con\u200btoh",
        "nomor_sk": "\uff18\uff10\uff10/1\u200e",
        "tanggal_lahir": f"{date.fromisoformat(entered['tanggal_lahir']):%d\u2011%m\u2011%Y}",
    }
    answer = operator.enter({**entered, **pasted})
    assert answer.status == 201, answer.text
    assert dict(person_store.load(answer.json["id"]).row) == {
        key: value for key, value in entered.items() if key != "no_peserta_thk2" and value is not None
    }
    assert answer.json["warnings"] == []


def test_a_row_that_fails_a_rule_is_stored_with_its_verdict(operator: Desk) -> None:
    answer = operator.enter(row(1, sumber_pembayaran="AKUN_52"))
    assert (answer.status, answer.json["state"], answer.json["advice"]["overall"]) == (201, "TERDAFTAR", "TIDAK")


@pytest.mark.parametrize(("signed", "overall"), [("2021-12-31", "LOLOS"), ("2022-01-01", "PERLU_DITINJAU")])
def test_the_date_of_the_sk_reaches_the_engine(operator: Desk, signed: str, overall: str) -> None:
    entered = row(1, no_peserta_thk2=None, tanggal_mulai="2020-12-31", tanggal_sk=signed)
    assert operator.enter(entered).json["advice"]["overall"] == overall


def test_nothing_personal_is_stored_in_clear(operator: Desk) -> None:
    entered = row(1)
    operator.enter(entered, headers={"Idempotency-Key": "kunci-satu"})
    tables = (settings().table, settings().audit_table, settings().ttl_table)
    stored = "".join(str(clients.dynamodb().scan(TableName=table)["Items"]) for table in tables)
    assert entered["nama"] in stored
    for private in ("nik", "tanggal_lahir", "nomor_sk", "nomor_ijazah"):
        assert entered[private] not in stored


def test_the_audit_chain_begins_with_the_entry(operator: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    person = person_store.load(pid)
    links = list(dynamodb.query_all(settings().audit_table, KeyPart("pk").eq(audit.person_chain(pid))))
    assert [(link["action"], link["actor"], link["previous"]) for link in links] == [
        ("register", operator.actor.id, "")
    ]
    assert person.head == links[0]["hash"]


def test_a_row_without_all_required_fields_is_a_draft_until_it_has_them(operator: Desk) -> None:
    draft = operator.enter(row(1, nomor_sk=None, tanggal_sk=None)).json
    assert draft["state"] == "DRAF"
    assert [note["field"] for note in draft["missing"]] == ["nomor_sk", "tanggal_sk"]
    path = f"/people/{draft['id']}"
    half = operator.call("PATCH", path, {"v": 1, "nomor_sk": "800/9/2018"})
    assert (half.status, half.json["state"], half.json["v"]) == (200, "DRAF", 2), half.text
    whole = operator.call("PATCH", path, {"v": 2, "tanggal_sk": "2018-01-02", "sekolah": None})
    assert (whole.json["state"], whole.json["v"], whole.json["missing"]) == ("TERDAFTAR", 3, [])
    stored = person_store.load(draft["id"])
    assert (stored.row["nomor_sk"], "sekolah" in stored.row) == ("800/9/2018", False)
    assert [step.state for step in stored.private.progress] == ["DRAF", "TERDAFTAR"]
    again = operator.call("PATCH", path, {"v": 3, "sekolah": "Lain"})
    assert (again.status, again.code) == (409, "illegal-transition")


def test_a_draft_keeps_its_nik(operator: Desk) -> None:
    draft = operator.enter(row(1, nomor_sk=None)).json
    path = f"/people/{draft['id']}"
    answer = operator.call("PATCH", path, {"v": 1, "nik": row(2)["nik"]})
    assert (answer.status, answer.json["fields"][0]["code"]) == (422, "nik-fixed")
    for v, blank in enumerate(("", None), start=1):
        assert operator.call("PATCH", path, {"v": v, "nik": blank, "sekolah": f"SD {v}"}).json["v"] == v + 1
    assert person_store.load(draft["id"]).row["nik"] == row(1)["nik"]


def test_a_draft_changed_elsewhere_is_not_overwritten(operator: Desk) -> None:
    draft = operator.enter(row(1, nomor_sk=None)).json
    path = f"/people/{draft['id']}"
    assert operator.call("PATCH", path, {"v": 1, "sekolah": "Satu"}).status == 200
    answer = operator.call("PATCH", path, {"v": 1, "sekolah": "Dua"})
    assert (answer.status, answer.code) == (409, "version-moved")


def test_every_wrong_field_is_named(operator: Desk) -> None:
    answer = operator.enter(row(1, nik="12", tanggal_sk="31-02-2020", sumber_pembayaran="gaji"))
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [field["field"] for field in answer.json["fields"]] == ["nik", "tanggal_sk", "sumber_pembayaran"]
    unknown = operator.enter({**row(1), "gaji": "1"})
    assert (unknown.status, unknown.json["fields"][0]["field"]) == (422, "gaji")


@pytest.mark.parametrize("column", ["nama", "jabatan", "unit_kerja"])
@pytest.mark.parametrize("number", ["9901015507900001", "0812-9999-0000", "a@contoh.id", "19-11-1992", "{born}"])
def test_a_published_text_tells_no_personal_number(operator: Desk, column: str, number: str) -> None:
    entered = row(1, nomor_sk=None)
    born = clock.day_text(date.fromisoformat(entered["tanggal_lahir"]))
    telling = {column: f"{entered[column]} {number.format(born=born)}"}
    answer = operator.enter({**entered, **telling})
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [(column, "personal-number")]
    assert number not in answer.text
    draft = operator.enter(entered).json
    answer = operator.call("PATCH", f"/people/{draft['id']}", {"v": 1, **telling})
    assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [(column, "personal-number")]
    assert person_store.load(draft["id"]).v == 1


def test_a_number_with_another_meaning_is_a_name(operator: Desk) -> None:
    answer = operator.enter(row(1, unit_kerja="SMA 17 Agustus 1945 Kampus 2", jabatan="Guru Kelas 6 19 Mei 1901"))
    assert answer.status == 201, answer.text


def test_values_are_of_their_own_type(operator: Desk) -> None:
    answer = operator.enter({**row(1), "nominal_honor": True})
    assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [("nominal_honor", "money")]
    draft = operator.enter(row(1, nomor_sk=None)).json
    for v in (True, "1", 1.5):
        answer = operator.call("PATCH", f"/people/{draft['id']}", {"v": v, "sekolah": "Dua"})
        assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [("v", "int-type")]
    assert operator.enter(row(2, nominal_honor="1500000")).status == 201
    assert operator.enter(row(3, nominal_honor=1500000)).status == 201


@pytest.mark.parametrize("fields", [{f"x{n}": 1 for n in range(900)}, {"x" * 1_000_000: 1}])
def test_many_unknown_fields_get_a_small_answer(operator: Desk, fields: dict[str, int]) -> None:
    answer = operator.enter(fields)
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert len(answer.text) < 10_000


def test_a_hundred_thousand_unknown_fields_are_no_form(operator: Desk) -> None:
    answer = operator.enter({f"x{n}": 1 for n in range(100_000)})
    assert (answer.status, answer.code) == (400, "malformed")
    assert len(answer.text) < 1_000


def test_a_control_character_is_not_stored(operator: Desk) -> None:
    answer = operator.enter(row(1, nama="Siti\u009aAminah"))
    assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [("nama", "unreadable")]
    entered = operator.enter(row(1, nama="\u202aSiti\u202c Am\u200binah\ufeff", unit_kerja="SD\u2028Satu")).json
    stored = person_store.load(entered["id"])
    assert (stored.nama, stored.unit_kerja) == ("Siti Aminah", "SD Satu")


def test_who_is_there_already_is_not_entered_twice(operator: Desk) -> None:
    first = operator.enter(row(1)).json
    answer = operator.enter(row(1, nama="Nama Lain"))
    assert (answer.status, answer.code, answer.json["id"]) == (409, "conflict", first["id"])
    assert "sudah terdaftar" in answer.json["detail"]
    assert person_store.load(first["id"]).nama == row(1)["nama"]


def test_a_nik_claimed_elsewhere_is_detected_and_kept(operator: Desk, neighbour: Desk) -> None:
    owner = operator.enter(row(1)).json
    answer = neighbour.enter(row(1))
    assert (answer.status, answer.json["state"]) == (201, "KONFLIK")
    assert "instansi lain" in answer.json["message"]
    claim = claim_store.load(row(1)["nik"])
    assert claim is not None
    assert (claim.owner.institution, claim.owner.pid) == ("9901", owner["id"])
    assert {(one.institution, one.pid) for one in claim.claimants} == {
        ("9901", owner["id"]),
        (OTHER, answer.json["id"]),
    }
    for seen in (operator.detail(owner["id"]), neighbour.detail(answer.json["id"])):
        told = [(one["institution"]["code"], one["owner"]) for one in seen["claims"]]
        assert told == [("9901", True), (OTHER, False)]
    assert operator.detail(owner["id"])["state"] == "TERDAFTAR"
    twice = neighbour.enter(row(1))
    assert (twice.status, twice.code) == (409, "conflict")


def test_a_disputed_draft_comes_back_as_a_draft(operator: Desk, neighbour: Desk) -> None:
    operator.enter(row(1))
    disputed = neighbour.enter(row(1, nomor_sk=None)).json
    stored = person_store.load(disputed["id"])
    assert (stored.state, stored.before) == ("KONFLIK", "DRAF")


def test_a_unit_that_is_not_yours_is_refused(portal: Cloud) -> None:
    own = desk(portal, Role.OPERATOR, units=["SD Negeri 1 Contoh"], number=2)
    answer = own.enter(row(1, unit_kerja="Puskesmas Contoh"))
    assert (answer.status, answer.json["fields"][0]["code"]) == (422, "unit-outside-scope")
    assert own.enter(row(1, unit_kerja="SD Negeri 1 Contoh")).status == 201
    no_unit = own.enter(row(2, unit_kerja=None))
    assert (no_unit.status, no_unit.json["fields"][0]["field"]) == (422, "unit_kerja")


@pytest.mark.parametrize(
    ("received", "outcome"),
    [
        (OPENED.replace(year=2021), "window-not-open"),
        (OPENED, 201),
        (LAST, 201),
        (CLOSED, "window-closed"),
    ],
)
def test_the_window_to_the_millisecond(operator: Desk, received: Any, outcome: Any) -> None:
    answer = operator.enter(row(1), received=received)
    if outcome == 201:
        assert answer.status == 201
        return
    assert (answer.status, answer.code, answer.json["window"]) == (410, outcome, "ENTRY")
    assert answer.json["zone"] == "WIB"
    span = DEFAULT_2022[Window.ENTRY]
    told = answer.json.get("closed_at") or answer.json["opens_at"]
    assert at(told) in {span.opens, span.closes}


def test_the_retry_of_an_accepted_entry_succeeds_after_the_deadline(operator: Desk) -> None:
    key = {"Idempotency-Key": "kunci-entri-satu"}
    first = operator.enter(row(1), received=LAST, headers=key)
    retry = operator.enter(row(1), received=CLOSED, headers=key)
    assert (first.status, retry.status, retry.json) == (201, 201, first.json)
    assert operator.enter(row(1), received=CLOSED).status == 410


def test_whose_account_moved_on_cannot_write(portal: Cloud, operator: Desk) -> None:
    stale = Desk(portal, operator.actor.model_copy(update={"token_version": 0}), operator.institution)
    assert stale.enter(row(1)).code == "unauthenticated"
    assert operator.enter(row(1)).status == 201


def test_malformed_bodies_are_problems(operator: Desk) -> None:
    assert operator.call("POST", "/people", "{").code == "malformed"
    assert operator.call("POST", "/people", "[1]").code == "malformed"
    assert operator.enter({"nik": ["x"]}).code == "invalid-fields"
    assert operator.enter({}).code == "invalid-fields"
