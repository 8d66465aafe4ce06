"""The seal: the canonical list and its hash, once an epoch; and no seal while roster and counters differ."""

import hashlib
import json
from typing import Any

import pytest

from services.kernel import clock, gate
from services.kernel.aws import dynamodb, s3
from services.kernel.facts import InstitutionLocked
from services.kernel.sessions import Role
from services.kernel.states import Category, PersonState
from services.registration.adapters import counter_store, person_items, seal_store
from services.registration.app import seal_roster
from services.registration.seals.canonical_list import canonical_list, count_sealed
from services.registration.seals.sweep_roster import Listed, Unequal, sweep_roster
from services.registration.settings import settings
from tests.aws import Cloud, envelope, queued
from tests.gates import close_lanes, open_gate
from tests.registration.facts.test_relay import told
from tests.registration.imports.importing import run
from tests.registration.staff import Desk, desk, row

LANE = counter_store.lane_key("9901", "0")


def lock(institution: str = "9901", epoch: int = 1) -> list[str]:
    """What happens when finalization says that an institution is locked; the ids that must come again."""
    fact = InstitutionLocked(institution=institution, v=epoch, locked_at=clock.now())
    return [one["itemIdentifier"] for one in seal_roster(queued([envelope(fact)]), None)["batchItemFailures"]]


def sealed(institution: str = "9901", epoch: int = 1) -> dict[str, Any]:
    item = dynamodb.get(settings().table, {"pk": f"S#{institution}", "sk": str(epoch)})
    assert item is not None
    return item


def content(epoch: int = 1) -> bytes:
    found = s3.read(settings().exports_bucket, f"lists/9901/{epoch}.jsonl")
    assert found is not None
    return found


@pytest.fixture
def filled(portal: Cloud) -> dict[str, Any]:
    """Imported people, one of THK-II; two qualified, one not, one disputed, one deleted, one draft."""
    open_gate("9902")
    desk(portal, Role.OPERATOR, "9902").enter(row(6))
    operator, admin, verifier = (desk(portal, role) for role in (Role.OPERATOR, Role.ADMIN, Role.VERIFIKATOR))
    rows = [row(seed, no_peserta_thk2="991234" if seed == 0 else None) for seed in range(7)]
    rows[5] = row(5, nomor_sk=None)
    run(operator, rows, rows_per_chunk=9)
    listed = operator.call("GET", "/people?limit=200").json["items"]
    ids = {rows[at]["nama"]: at for at in range(7)}
    people = {ids[one["nama"]]: one["id"] for one in listed}
    for at, decision in ((0, "MEMENUHI_SYARAT"), (1, "MEMENUHI_SYARAT"), (2, "TIDAK_MEMENUHI_SYARAT")):
        assert verifier.decide(people[at], 1, decision, "sesuai berkas").status == 200
    assert admin.delete(people[3], 1).status == 200
    return {"rows": rows, "people": people, "operator": operator}


def test_the_list_holds_the_base_data_and_nobody_else(filled: dict[str, Any]) -> None:
    close_lanes("9901")
    assert lock() == []
    lines = content().decode().splitlines()
    assert [json.loads(line)["nama"] for line in lines] == [
        one["nama"] for one in sorted(map(json.loads, lines), key=lambda one: one["nomor_registrasi"])
    ]
    assert {json.loads(line)["nama"] for line in lines} == {filled["rows"][at]["nama"] for at in (0, 1)}
    assert list(json.loads(lines[0])) == ["nomor_registrasi", "nama", "unit_kerja", "jabatan", "kategori"]
    seal = sealed()
    assert seal["root"] == hashlib.sha256(content()).hexdigest()
    assert (seal["total"], seal["thk2"], seal["non_asn"]) == (2, 1, 1)
    assert seal["by_state"] == {
        "MEMENUHI_SYARAT": 2,
        "TIDAK_MEMENUHI_SYARAT": 1,
        "BELUM_DIVERIFIKASI": 1,
        "DRAF": 1,
        "KONFLIK": 1,
        "DIHAPUS": 1,
    }


def test_an_epoch_is_sealed_once_and_told_once(portal: Cloud, filled: dict[str, Any]) -> None:
    close_lanes("9901")
    told(portal)
    assert (lock(), lock()) == ([], [])
    first = sealed()
    assert [(one["name"], one["v"], one["root"]) for one in told(portal)] == [("roster.sealed", 1, first["root"])]


def test_a_stale_lock_seals_nothing(filled: dict[str, Any]) -> None:
    open_gate("9901", epoch=2)
    assert lock(epoch=1) == []
    assert not seal_store.exists("9901", 1)
    close_lanes("9901")
    assert lock(epoch=2) == []
    assert seal_store.exists("9901", 2)


def test_an_empty_roster_is_sealed_empty(portal: Cloud) -> None:
    assert lock() == []
    assert (content(), sealed()["total"], sealed()["by_state"]) == (b"", 0, {})


def test_every_way_of_writing_keeps_roster_and_counters_equal(filled: dict[str, Any]) -> None:
    round_ = gate.read_round("9901")
    people, counts = sweep_roster(round_), counter_store.settled(round_)
    assert (counts.people, counts.versions) == (7, sum(person.v for person in people)) == (7, 11)
    assert counts.by_state == dict.fromkeys(counts.by_state, 1) | {PersonState.MEMENUHI_SYARAT: 2}


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
    assert lock() == ["0"]
    assert not seal_store.exists("9901", 1)
    back = {name: -by for name, by in change.items()}
    dynamodb.transact([dynamodb.update(settings().table, LANE, add=back)])
    assert lock() == []
    assert sealed()["total"] == 2


def test_somebody_the_counters_do_not_know_is_noticed(filled: dict[str, Any]) -> None:
    operator: Desk = filled["operator"]
    other = operator.enter(row(30)).json["id"]
    root = dynamodb.get(settings().table, person_items.person_key(other))
    assert root is not None
    smuggled = {**root, "pk": "P#smuggled"}
    dynamodb.transact([dynamodb.put(settings().table, smuggled)])
    with pytest.raises(Unequal):
        sweep_roster(gate.read_round("9901"))


def listed(number: str, state: PersonState = PersonState.MEMENUHI_SYARAT) -> Listed:
    return Listed(number, "Nama Ünik", "Unit", "Guru", Category.NON_ASN, state, 1)


def test_the_same_people_always_give_the_same_bytes() -> None:
    people = [listed("B000000000"), listed("A000000000"), listed("C000000000", PersonState.TERDAFTAR)]
    rest = '"nama":"Nama Ünik","unit_kerja":"Unit","jabatan":"Guru","kategori":"NON-ASN"}\n'
    expected = "".join(f'{{"nomor_registrasi":"{number}",{rest}' for number in ("A000000000", "B000000000")).encode()
    assert canonical_list(people) == canonical_list(people[::-1]) == expected


def test_every_state_is_counted_under_a_name() -> None:
    counted = count_sealed(listed(str(at), state) for at, state in enumerate(PersonState))
    assert counted == {
        "BELUM_DIVERIFIKASI": 4,
        **dict.fromkeys(("DRAF", "MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT", "KONFLIK", "PINDAH", "DIHAPUS"), 1),
    }
