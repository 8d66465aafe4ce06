"""The seal: both trees of the roster, once an epoch; and no seal while roster and counters differ."""

import json
from dataclasses import replace
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.aws import clients, dynamodb, s3
from services.kernel.events.facts import InstitutionLocked, InstitutionPrefinalized, LeafChunk
from services.kernel.security import merkle
from services.kernel.security.canonical import canonical
from services.kernel.security.sessions import Role
from services.kernel.states import Category, PersonState
from services.kernel.writes.calendar import DRAIN
from services.registration.adapters import counter_store, person_items, person_store, seal_files, seal_store
from services.registration.app import seal_roster
from services.registration.model.edition import Edition, Purpose
from services.registration.model.sealed_row import SealedRow, commitment, private_record, private_salt, sealed_row
from services.registration.seals import begin_seal
from services.registration.seals.finish_seal import count_sealed
from services.registration.settings import settings
from tests.registration.facts.test_relay import told
from tests.registration.imports.importing import run
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Cloud, envelope, queued
from tests.support.gates import close_lanes, open_gate

LANE = counter_store.lane_key("9901", "0")


def seal(epoch: int = 1) -> Edition:
    return Edition("9901", Purpose.SEAL, epoch)


def lock(epoch: int = 1) -> None:
    """What happens when finalization says that 9901 is locked, up to the last step."""
    deliver(envelope(InstitutionLocked(institution="9901", v=epoch, locked_at=clock.now())))
    work_off()


def deliver(message: Any) -> None:
    assert seal_roster(queued([message]), None) == {"batchItemFailures": []}


def work_off(most: int = 50) -> int:
    """Take steps from the queue, as they come, until none is left that is not kept back; returns how many."""
    sqs, queue = clients.sqs(), settings().roster_seals_queue
    for done in range(most):
        messages = sqs.receive_message(QueueUrl=queue).get("Messages", [])
        if not messages:
            return done
        deliver(json.loads(messages[0]["Body"]))
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=messages[0]["ReceiptHandle"])
    raise AssertionError("sealing does not come to an end")


def sealed(edition: str = "1") -> dict[str, Any]:
    item = dynamodb.get(settings().table, {"pk": "S#9901", "sk": edition})
    assert item is not None
    return item


def entries(edition: str = "1") -> list[bytes]:
    found = s3.read(settings().exports_bucket, f"lists/9901/{edition}.jsonl")
    assert found is not None
    return found.splitlines()


def rows_of(filled: dict[str, Any], edition: Edition) -> list[SealedRow]:
    rows = [sealed_row(person_store.load(pid), edition) for pid in filled["people"].values()]
    return sorted(rows, key=lambda one: one.nomor_registrasi)


@pytest.fixture
def filled(portal: Cloud) -> dict[str, Any]:
    """Imported people, one of THK-II; two qualified, one not, one disputed, one deleted, one draft."""
    return portal.stand("registration, a filled roster", lambda: _fill(portal)) | {
        "operator": desk(portal, Role.OPERATOR)
    }


def _fill(portal: Cloud) -> dict[str, Any]:
    open_gate("9902")
    desk(portal, Role.OPERATOR, "9902").enter(row(6))
    operator, admin, verifier = (desk(portal, role) for role in (Role.OPERATOR, Role.ADMIN, Role.VERIFIKATOR))
    rows = [row(seed, no_peserta_thk2="991234" if seed == 0 else None) for seed in range(7)]
    rows[5] = row(5, nomor_sk=None)
    run(operator, rows, rows_per_chunk=9)
    listed = operator.call("GET", "/people?limit=50").json["items"]
    ids = {rows[at]["nama"]: at for at in range(7)}
    people = {ids[one["nama"]]: one["id"] for one in listed}
    for at, decision in ((0, "MEMENUHI_SYARAT"), (1, "MEMENUHI_SYARAT"), (2, "TIDAK_MEMENUHI_SYARAT")):
        assert verifier.decide(people[at], 1, decision, "sesuai berkas").status == 200
    assert admin.delete(people[3], 1).status == 200
    return {"rows": rows, "people": people}


def test_the_list_holds_the_base_data_and_nobody_else(filled: dict[str, Any]) -> None:
    close_lanes("9901")
    lock()
    found = [json.loads(entry) for entry in entries()]
    assert [one["nomor_registrasi"] for one in found] == sorted(one["nomor_registrasi"] for one in found)
    assert {one["nama"] for one in found} == {filled["rows"][at]["nama"] for at in (0, 1)}
    public = {"nomor_registrasi", "nama", "unit_kerja", "jabatan", "kategori", "salt", "commitment"}
    assert all(one.keys() == public for one in found)
    assert [canonical(one) for one in found] == entries()
    seal = sealed()
    assert seal["root"] == merkle.root([merkle.leaf_hash(entry) for entry in entries()]).hex()
    assert (seal["total"], seal["people"], seal["thk2"], seal["non_asn"]) == (2, 7, 1, 1)
    assert seal["by_state"] == {
        "MEMENUHI_SYARAT": 2,
        "TIDAK_MEMENUHI_SYARAT": 1,
        "BELUM_DIVERIFIKASI": 1,
        "DRAF": 1,
        "KONFLIK": 1,
        "DIHAPUS": 1,
    }


def test_every_row_is_sealed_with_its_state_and_history(filled: dict[str, Any]) -> None:
    close_lanes("9901")
    lock()
    leaves = [one.roster_leaf() for one in rows_of(filled, seal())]
    assert len(leaves) == 7
    assert sealed()["roster_root"] == merkle.root(leaves).hex()
    person = person_store.load(filled["people"][0])
    record, salt = private_record(person), private_salt(person, seal())
    assert (record["state"], record["v"], record["audit_head"]) == ("MEMENUHI_SYARAT", 2, person.head)
    assert record["row"]["nik"] == filled["rows"][0]["nik"]
    assert record["sealed_as"] == "MEMENUHI_SYARAT"
    assert commitment(record, salt) == sealed_row(person, seal()).commitment
    assert commitment({**record, "state": "DRAF"}, salt) != commitment(record, salt)


def test_whom_nobody_decided_on_is_sealed_as_undecided(filled: dict[str, Any]) -> None:
    record = private_record(person_store.load(filled["people"][4]))
    assert (record["state"], record["sealed_as"]) == ("TERDAFTAR", "BELUM_DIVERIFIKASI")


def test_the_leaves_lie_under_object_lock(filled: dict[str, Any]) -> None:
    close_lanes("9901")
    lock()
    for tree, root in (("list", "root"), ("roster", "roster_root")):
        chunks = [LeafChunk.model_validate(chunk) for chunk in sealed()[f"{tree}_chunks"]]
        assert merkle.root(seal_files.read_leaves(chunks)).hex() == sealed()[root]
        head = clients.s3().head_object(Bucket=settings().seals_bucket, Key=chunks[0].key)
        assert head["ObjectLockMode"] == "COMPLIANCE"
    everything = b"".join(seal_files.read_leaves([LeafChunk.model_validate(one) for one in sealed()["roster_chunks"]]))
    assert filled["rows"][0]["nik"].encode() not in everything


def test_salts_differ_between_people_uses_and_seals(filled: dict[str, Any]) -> None:
    people = [person_store.load(pid) for pid in filled["people"].values()]
    salts = [sealed_row(person, seal(epoch)).salt for person in people for epoch in (1, 2)]
    salts += [private_salt(person, seal(epoch)) for person in people for epoch in (1, 2)]
    assert len(set(salts)) == len(salts) == 28


def test_a_large_roster_is_swept_in_parts(filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    close_lanes("9901")
    lock()
    whole = sealed()
    dynamodb.transact([dynamodb.delete(settings().table, {"pk": "S#9901", "sk": sk}) for sk in ("1", "PLAN#1")])
    monkeypatch.setattr(begin_seal, "PEOPLE_A_PART", 2)
    deliver(envelope(InstitutionLocked(institution="9901", v=1, locked_at=clock.now())))
    assert work_off() == 4 + 1
    assert {name: sealed()[name] for name in whole if name != "at"} == {n: whole[n] for n in whole if n != "at"}


def test_a_broken_off_run_goes_on_where_it_was(filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    close_lanes("9901")
    monkeypatch.setattr(begin_seal, "PEOPLE_A_PART", 2)
    fact = envelope(InstitutionLocked(institution="9901", v=1, locked_at=clock.now()))
    deliver(fact)
    clients.sqs().purge_queue(QueueUrl=settings().roster_seals_queue)
    plan = seal_store.load_plan(seal())
    assert plan is not None
    assert plan.left == frozenset(range(4))
    deliver({"step": "sweep", "institution": "9901", "purpose": "seal", "number": 1, "attempt": 0, "part": 2})
    assert work_off() == 0
    deliver(fact)
    assert work_off() == 3 + 1
    assert sealed()["people"] == 7


def test_an_epoch_is_sealed_once_and_told_once(portal: Cloud, filled: dict[str, Any]) -> None:
    close_lanes("9901")
    told(portal)
    lock()
    first = sealed()
    deliver({"step": "finish", "institution": "9901", "purpose": "seal", "number": 1, "attempt": 0})
    lock()
    assert sealed() == first
    assert [(one["name"], one["v"], one["root"]) for one in told(portal)] == [("roster.sealed", 1, first["root"])]


def test_a_stale_lock_seals_nothing(filled: dict[str, Any]) -> None:
    open_gate("9901", epoch=2)
    lock(epoch=1)
    assert not seal_store.exists(seal(1))
    close_lanes("9901")
    lock(epoch=2)
    assert seal_store.exists(seal(2))


def test_an_empty_roster_is_sealed_empty(portal: Cloud) -> None:
    lock()
    assert (entries(), sealed()["total"], sealed()["people"], sealed()["by_state"]) == ([], 0, 0, {})
    assert sealed()["root"] == merkle.root([]).hex()


def prefinalize(number: int = 1) -> None:
    """What happens when finalization says that 9901 is pre-finalized, up to the last step."""
    deliver(envelope(InstitutionPrefinalized(institution="9901", v=number, at=clock.now() - DRAIN)))
    work_off()


def test_the_prefinal_list_is_numbered_and_told(portal: Cloud, filled: dict[str, Any]) -> None:
    told(portal)
    prefinalize()
    made = sealed("prefinal-1")
    assert made["root"] == merkle.root([merkle.leaf_hash(entry) for entry in entries("prefinal-1")]).hex()
    assert {json.loads(entry)["nama"] for entry in entries("prefinal-1")} == {
        filled["rows"][at]["nama"] for at in (0, 1, 4)
    }
    (fact,) = told(portal)
    assert (fact["name"], fact["v"], fact["total"], fact["root"]) == ("roster.listed", 1, 3, made["root"])
    assert made["list_chunks"] == made["roster_chunks"] == []


@pytest.mark.parametrize("by", [1, -1], ids=["a person is missing", "a person is too many"])
def test_no_prefinal_list_while_the_number_of_people_differs(filled: dict[str, Any], by: int) -> None:
    dynamodb.transact([dynamodb.update(settings().table, LANE, add={"n": by})])
    prefinalize()
    assert not seal_store.exists(Edition("9901", Purpose.PREFINAL, 1))
    dynamodb.transact([dynamodb.update(settings().table, LANE, add={"n": -by})])
    deliver({"step": "begin", "institution": "9901", "purpose": "prefinal", "number": 1, "attempt": 1})
    work_off()
    assert sealed("prefinal-1")["total"] == 3


def test_people_may_work_while_the_prefinal_list_is_made(filled: dict[str, Any]) -> None:
    moved = {"w": 1, "st_TERDAFTAR": -1, "st_MEMENUHI_SYARAT": 1}
    dynamodb.transact([dynamodb.update(settings().table, LANE, add=moved)])
    prefinalize()
    assert sealed("prefinal-1")["total"] == 3


def test_who_joins_while_the_prefinal_list_is_made_stands_on_it(filled: dict[str, Any]) -> None:
    deliver(envelope(InstitutionPrefinalized(institution="9901", v=1, at=clock.now() - DRAIN)))
    assert filled["operator"].enter(row(30)).status == 201
    work_off()
    assert not seal_store.exists(Edition("9901", Purpose.PREFINAL, 1))
    deliver({"step": "begin", "institution": "9901", "purpose": "prefinal", "number": 1, "attempt": 1})
    work_off()
    assert row(30)["nama"] in {json.loads(entry)["nama"] for entry in entries("prefinal-1")}


@pytest.mark.parametrize(
    "change",
    [
        {"n": 1, "st_TERDAFTAR": 1, "w": 1},
        {"n": -1, "st_TERDAFTAR": -1, "w": -1},
        {"st_TERDAFTAR": -1, "st_MEMENUHI_SYARAT": 1},
        {"w": 1},
    ],
    ids=["a person is missing", "a person is too many", "a state is not visible", "a version is not visible"],
)
def test_no_seal_while_roster_and_counters_differ(filled: dict[str, Any], change: dict[str, int]) -> None:
    close_lanes("9901")
    dynamodb.transact([dynamodb.update(settings().table, LANE, add=change)])
    lock()
    assert not seal_store.exists(seal())
    back = {name: -by for name, by in change.items()}
    dynamodb.transact([dynamodb.update(settings().table, LANE, add=back)])
    deliver({"step": "begin", "institution": "9901", "purpose": "seal", "number": 1, "attempt": 1})
    work_off()
    assert sealed()["total"] == 2


def test_it_waits_longer_each_time_and_in_the_end_an_alarm_tells(
    filled: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """On a slow machine the first is due again before the last was tried: it is told by its attempt."""
    waits: dict[int, int] = {}

    def hear(params: dict[str, Any], **_: object) -> None:
        bodies = ((json.loads(entry["MessageBody"]), entry["DelaySeconds"]) for entry in params["Entries"])
        waits.update((body["attempt"] - 1, delay) for body, delay in bodies if body["step"] == "begin")

    clients.sqs().meta.events.register("provide-client-params.sqs.SendMessageBatch", hear)
    close_lanes("9901")
    dynamodb.transact([dynamodb.update(settings().table, LANE, add={"w": 1})])
    for attempt in (0, 4, 5, 20):
        deliver({"step": "begin", "institution": "9901", "purpose": "seal", "number": 1, "attempt": attempt})
        work_off()
    lines = {vars(record).get("attempt"): vars(record).get("line") for record in caplog.records}
    assert {attempt: (lines[attempt], waits[attempt]) for attempt in (0, 4, 5, 20)} == {
        0: ("SEAL001", 3),
        4: ("SEAL001", 48),
        5: ("SEAL003", 96),
        20: ("SEAL003", 900),
    }


def test_somebody_the_counters_do_not_know_is_noticed(filled: dict[str, Any]) -> None:
    operator: Desk = filled["operator"]
    known = person_store.load(operator.enter(row(30)).json["id"])
    dynamodb.transact([dynamodb.put(settings().table, person_items.to_item(replace(known, pid="smuggled")))])
    close_lanes("9901")
    lock()
    assert not seal_store.exists(seal())


def listed(number: str, state: PersonState = PersonState.MEMENUHI_SYARAT) -> SealedRow:
    return SealedRow(number, "Nama Ünik", "Unit", "Guru", Category.NON_ASN, "aa", "bb", state, 1)


def test_a_row_always_gives_the_same_bytes() -> None:
    expected = (
        '{"commitment":"bb","jabatan":"Guru","kategori":"NON-ASN","nama":"Nama Ünik","nomor_registrasi":"A1",'
        '"salt":"aa","unit_kerja":"Unit"}'
    )
    assert listed("A1").entry() == expected.encode()
    assert listed("A1").list_leaf() == merkle.leaf_hash(expected.encode())
    assert listed("A1").roster_leaf() == merkle.leaf_hash(b'{"commitment":"bb"}')


def test_every_state_is_counted_under_a_name() -> None:
    counted = count_sealed([listed(str(at), state) for at, state in enumerate(PersonState)])
    assert counted == {
        "BELUM_DIVERIFIKASI": 4,
        **dict.fromkeys(("DRAF", "MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT", "KONFLIK", "PINDAH", "DIHAPUS"), 1),
    }
