"""What registration tells the others: people listed and moved, rosters sealed, and nothing that is private."""

import json
from typing import Any

import pytest

from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType
from services.kernel.events.facts import LeafChunk, RosterImported, StaffListed, StaffRevoked
from services.kernel.events.relay import Change
from services.kernel.security.sessions import ENROLMENT_COOKIE, NATIONAL, Audience, Role, verify
from services.kernel.states import Assurance, PersonState
from services.registration.adapters import account_store, seal_store
from services.registration.app import relay
from services.registration.facts.translate_change import translate_change
from services.registration.model.edition import Edition, Purpose
from services.registration.model.seal import Seal
from services.registration.settings import settings
from tests.registration.listed import accept, enrol, make_account, put_in, register, with_account
from tests.registration.staff import desk, row
from tests.support.aws import Cloud

PUBLIC = {
    *("schema_version", "institution", "v", "pid", "state", "nama", "unit_kerja", "jabatan", "kategori", "found"),
    "family",
}
OPAQUE = {"has_account", "enrolment", "assured", "matters", "judged"}


def told(cloud: Cloud) -> list[dict[str, object]]:
    """Relay what changed and read the bus, but for who works where."""
    return [fact for fact in all_told(cloud) if fact["name"] != StaffListed.name]


def all_told(cloud: Cloud) -> list[dict[str, object]]:
    """Relay what changed and read the bus."""
    relay({"Records": cloud.changes("RegTable")}, None)
    return [{"name": one["detail-type"], **one["detail"]} for one in cloud.facts()]


def test_a_person_is_told_when_he_is_listed_and_when_his_state_moves(portal: Cloud) -> None:
    operator, verifier = desk(portal, Role.OPERATOR), desk(portal, Role.VERIFIKATOR)
    entered = row(1)
    made = operator.enter(entered).json
    verifier.decide(made["id"], 1, "MEMENUHI_SYARAT")
    verifier.call("POST", f"/people/{made['id']}/nik", {})
    facts = told(portal)
    assert [(one["name"], one["v"], one["state"]) for one in facts] == [
        ("person.listed", 1, "TERDAFTAR"),
        ("person.listed", 2, "MEMENUHI_SYARAT"),
    ]
    assert set(facts[0]) == {"name", "nomor_registrasi", *PUBLIC, *OPAQUE}
    assert [one["judged"] for one in facts] == [[], ["RAGU", "TANPA_BERKAS"]]
    assert facts[0]["nama"] == entered["nama"]
    for private in ("nik", "tanggal_lahir", "nomor_sk"):
        assert entered[private] not in json.dumps(facts)


@pytest.mark.parametrize("assurance", Assurance)
def test_that_an_account_has_an_assurance_is_told_and_not_which(portal: Cloud, assurance: Assurance) -> None:
    """Documents opens to him what his institution sent (domain.md, section 3)."""
    person = with_account(portal)
    told(portal)
    put_in(person, person.state, assurance=assurance.value, v=person.v + 1)
    sure = assurance is not Assurance.BELUM_DIPASTIKAN
    assert [(one["v"], one["assured"]) for one in told(portal)] == ([(person.v + 1, True)] if sure else [])


def test_a_change_of_what_is_private_is_told_to_nobody(portal: Cloud) -> None:
    operator = desk(portal, Role.OPERATOR)
    draft = operator.enter(row(1, nomor_sk=None)).json
    told(portal)
    operator.call("PATCH", f"/people/{draft['id']}", {"v": 1, "nomor_ijazah": "DN-99/1"})
    assert told(portal) == []
    operator.call("PATCH", f"/people/{draft['id']}", {"v": 2, "jabatan": "Jabatan Baru"})
    assert [(one["v"], one["jabatan"]) for one in told(portal)] == [(3, "Jabatan Baru")]


def test_an_account_is_told_with_the_enrolment_that_made_it_also_where_the_state_stays(portal: Cloud) -> None:
    person = register()
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(person.pid, jenis)
    put_in(person, PersonState.DIKEMBALIKAN)
    told(portal)
    cookies = enrol(portal)
    assert make_account(portal, cookies).status == 201
    (fact,) = told(portal)
    assert (fact["state"], fact["has_account"]) == ("DIKEMBALIKAN", True)
    assert fact["enrolment"] == verify(cookies[ENROLMENT_COOKIE], Audience.ENROLMENT).enrolment


def test_a_seal_is_told_once(portal: Cloud) -> None:
    chunk = LeafChunk(key="leaves/9901/3/list-000", leaves=3, sha256="d" * 64)
    seal = Seal(
        edition=Edition("9901", Purpose.SEAL, 3),
        list_key="lists/9901/3.jsonl",
        root="f" * 64,
        roster_root="e" * 64,
        people=4,
        thk2=1,
        non_asn=2,
        by_state={"MEMENUHI_SYARAT": 3, "DRAF": 1},
        list_chunks=[chunk],
        roster_chunks=[],
    )
    seal_store.keep_plan(seal.edition, 0, 3)
    assert (seal_store.store(seal), seal_store.store(seal)) == (True, False)
    assert told(portal) == [
        {
            "name": "roster.sealed",
            "schema_version": 1,
            "institution": "9901",
            "v": 3,
            "list_key": "lists/9901/3.jsonl",
            "root": "f" * 64,
            "roster_root": "e" * 64,
            "total": 3,
            "people": 4,
            "thk2": 1,
            "non_asn": 2,
            "by_state": {"MEMENUHI_SYARAT": 3, "DRAF": 1},
            "list_chunks": [chunk.model_dump()],
            "roster_chunks": [],
        }
    ]


@pytest.mark.parametrize("pk", ["N#x", "C#9901#1", "INST#9901", "KEY#9901"])
def test_other_items_are_nobodys_business(pk: str) -> None:
    assert list(translate_change(Change(pk, "@", None, {"pk": pk, "sk": "@", "state": "SELESAI"}))) == []
    assert list(translate_change(Change("P#x", "@", {"state": "DRAF"}, None))) == []


def test_a_member_of_staff_is_told_whenever_his_tokens_end(portal: Cloud) -> None:
    account = desk(portal, "operator").actor.id
    assert told(portal) == []
    for changed in ({"tv": 2, "v": 2, "off": True}, {"tv": 3, "v": 3, "off": False}, {"v": 4, "ended": ["a", "b"]}):
        change_account(account, **changed)
        assert told(portal) == [
            {
                "name": "staff.revoked",
                "schema_version": 1,
                "institution": "9901",
                "v": changed["v"],
                "user": account,
                "tv": changed.get("tv", 3),
                "sessions_ended": changed.get("ended", []),
            }
        ]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HONORER])
def test_it_is_told_of_every_role_of_staff(portal: Cloud, role: Role) -> None:
    change_account(desk(portal, role).actor.id, tv=2, v=2)
    assert [fact["institution"] for fact in told(portal)] == [account_store.NATIONAL if role in NATIONAL else "9901"]


def test_whose_tokens_stay_is_not_told(portal: Cloud) -> None:
    """Neither a new account, nor another password hash under the same version, nor a name that is forgotten."""
    account = desk(portal, "operator").actor.id
    change_account(account, ended=["a"])
    assert len(told(portal)) == 1
    change_account(account, hash="x", v=3)
    change_account(account, ended=[], v=4)
    assert told(portal) == []


def test_told_again_from_the_table_it_is_of_those_alone_whose_tokens_ended_once(portal: Cloud) -> None:
    """As `make resync` asks: every account as if it were new (infra/resync/tell.py)."""
    moved, ended = desk(portal, "admin").actor.id, desk(portal, "ppk").actor.id
    desk(portal, "operator")
    change_account(moved, tv=3, v=5)
    change_account(ended, ended=["a"], v=2)
    items = [item for item in portal.items("RegTable") if item["pk"].startswith("U#")]
    as_new = [fact for item in items for fact in translate_change(Change(item["pk"], item["sk"], None, item))]
    assert sorted(fact.user for fact in as_new if isinstance(fact, StaffListed)) == sorted(
        item["pk"].removeprefix("U#") for item in items
    )
    again = [fact for fact in as_new if not isinstance(fact, StaffListed)]
    assert sorted(again, key=lambda fact: fact.v) == [
        StaffRevoked(institution="9901", v=2, user=ended, tv=1, sessions_ended=("a",)),
        StaffRevoked(institution="9901", v=5, user=moved, tv=3),
    ]


def test_of_a_person_it_is_told_by_his_pid(portal: Cloud) -> None:
    person = with_account(portal)
    told(portal)
    change_account(account_store.account_id(person.row["nik"]), tv=2, v=2)
    assert [(fact["institution"], fact["user"]) for fact in told(portal)] == [(account_store.NATIONAL, person.pid)]


def change_account(account: str, **values: Any) -> None:
    dynamodb.transact([dynamodb.update(settings().table, {"pk": f"U#{account}", "sk": "@"}, values=values)])


def test_it_is_told_who_works_in_an_office_as_what(portal: Cloud) -> None:
    account = desk(portal, Role.OPERATOR).actor.id
    listed = {"name": "staff.listed", "schema_version": 1, "institution": "9901", "user": account}
    assert all_told(portal) == [{**listed, "v": 1, "role": "operator", "active": True}]
    change_account(account, units=["Unit"], v=2)
    assert all_told(portal) == [], "only role and state are anybody's business"
    change_account(account, role="admin", v=3)
    change_account(account, state="NONAKTIF", v=4)
    assert [(one["v"], one["role"], one["active"]) for one in all_told(portal)] == [
        (3, "admin", True),
        (4, "admin", False),
    ]


@pytest.mark.parametrize("role", sorted(NATIONAL))
def test_of_bkn_and_auditors_no_office_is_told(portal: Cloud, role: Role) -> None:
    desk(portal, role)
    assert all_told(portal) == []


@pytest.mark.parametrize(
    ("state", "known"),
    [
        ("MENUNGGU_UNGGAH", False), ("DIBACA", False), ("DIPROSES", False), ("MENUNGGU_KONFIRMASI", True),
        ("MEMPERBAIKI", False), ("SELESAI", True), ("DITOLAK", False),
    ],
)  # fmt: skip
def test_an_import_is_told_once_every_row_has_its_answer(state: str, known: bool) -> None:
    job = {"pk": "J#x", "sk": "@", "institution": "9901", "received": 1_662_000_000_000}
    facts = list(translate_change(Change("J#x", "@", {**job, "state": "DIPROSES"}, {**job, "state": state})))
    assert [(fact.institution, fact.v) for fact in facts] == ([("9901", 1_662_000_000_000)] if known else [])
    assert all(isinstance(fact, RosterImported) for fact in facts)
    assert list(translate_change(Change("J#x", "@", {**job, "state": state}, {**job, "state": state, "done": 9}))) == []
