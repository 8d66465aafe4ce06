from datetime import timedelta
from typing import Any

import pytest

from services.finalization.institution.open_round import lanes_for
from services.kernel import clock
from services.kernel.states import Phase
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.kernel.writes.gate import read_round
from tests.finalization.world import CARD, CLOSES, CODE, PPK, RETURN, World


def test_record_gate_and_lanes_appear_together(world: World) -> None:
    answer = world.open()
    assert answer.status == 200
    assert (answer.json["code"], answer.json["name"], answer.json["kind"]) == (CODE, CARD["name"], "KABUPATEN")
    assert (answer.json["phase"], answer.json["epoch"], answer.json["v"]) == ("BELUM_MULAI", 1, 1)
    assert answer.json["ppk"] == PPK
    world.require_consistent()
    seen = read_round(CODE)
    assert (seen.epoch, seen.phase, seen.lanes, seen.import_lanes) == (1, Phase.BELUM_MULAI, 8, 8)
    assert seen.windows == DEFAULT_2022
    meta, lane, import_lane = (world.gate()[name] for name in ("", "7", "i7"))
    assert meta["state"] == lane["state"] == import_lane["state"] == "OPEN"
    assert set(lane) == {"pk", "state", "ep", "entry", "dossier", "correction", "verification"}
    (record,) = world.fin("META")
    assert (record["g1pk"], record["g1sk"]) == ("DUE", clock.millis(CLOSES))


@pytest.mark.parametrize(
    ("size", "lanes"), [(1, 8), (5_000, 8), (5_001, 32), (50_000, 32), (50_001, 64), (200_000, 64)]
)
def test_lanes_by_size(size: int, lanes: int) -> None:
    assert lanes_for(size) == lanes


def test_the_largest_round_fits_one_transaction(world: World) -> None:
    assert world.open(size=200_000).status == 200
    assert len(world.gate()) == 1 + 64 + 8
    world.require_consistent()


def test_opening_twice_is_opening_once(world: World) -> None:
    first = world.open()
    with world.nothing_changes():
        again = world.open()
    assert again.status == 200
    assert again.json["v"] == first.json["v"]


def test_the_record_can_be_corrected_but_not_the_lanes(started: World) -> None:
    successor = {"nama": "Pejabat Baru", "nip": None, "jabatan": "Pj. Bupati"}
    answer = started.open(name="Kabupaten Contoh", size=100_000, ppk=successor)
    assert (answer.json["name"], answer.json["ppk"]) == ("Kabupaten Contoh", successor)
    assert answer.json["phase"] == "PENGINPUTAN"
    assert started.stored().lanes == 8
    started.require_consistent()


def test_the_ppk_stays_while_his_signature_is_in_use(sealed: World) -> None:
    sealed.get("sptjm/document")
    sealed.hand_in()
    with sealed.nothing_changes():
        answer = sealed.open(ppk={**PPK, "nama": "Pejabat Lain"})
    assert (answer.status, answer.code) == (409, "wrong-phase")
    assert sealed.open(name="Nama Baru").status == 200


@pytest.mark.parametrize("changed", [{"ppk": {**PPK, "nama": "Pejabat Lain"}}, {"name": "Nama Baru"}])
@pytest.mark.parametrize("returned", [False, True])
def test_a_statement_that_names_another_must_be_printed_anew(
    made: World, changed: dict[str, Any], returned: bool
) -> None:
    seen = made.stored().v
    if returned:
        made.hand_in()
        made.decide(RETURN)
    assert made.open(**changed).json["sptjm"]["state"] == "BELUM"
    with made.nothing_changes():
        assert made.hand_in("I9901.SPTJM.9", v=seen).code == "version-moved"
        assert made.hand_in("I9901.SPTJM.9").code == "illegal-transition"
    made.get("sptjm/document")
    assert made.hand_in(made.uploaded(7)).status == 200


def test_a_card_that_says_the_same_leaves_the_statement_alone(made: World) -> None:
    made.open(size=2000)
    assert made.stored().sptjm.state.value == "DIBUAT"


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"name": " "}, "name", "string-too-short"),
        ({"name": "Kabupaten\u009aContoh"}, "name", "unreadable"),
        ({"name": "Kabupaten Contoh 9901015507900001"}, "name", "personal-number"),
        ({"name": "Kabupaten Contoh (dinas@contoh.id)"}, "name", "personal-number"),
        ({"ppk": {**PPK, "nama": "Budi NIP 199001012015011001"}}, "ppk.nama", "personal-number"),
        ({"ppk": {**PPK, "jabatan": "Bupati, lahir 1 Mei 1970"}}, "ppk.jabatan", "personal-number"),
        ({"kind": "KECAMATAN"}, "kind", "enum"),
        ({"size": 0}, "size", "greater-than-equal"),
        ({"size": 200_001}, "size", "less-than-equal"),
        ({"ppk": {**PPK, "nip": "12345"}}, "ppk.nip", "nip-length"),
        ({"ppk": {"nama": "A"}}, "ppk.jabatan", "missing"),
    ],
)
def test_wrong_fields(world: World, changed: dict[str, Any], field: str, code: str) -> None:
    with world.nothing_changes():
        answer = world.open(**changed)
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [(wrong["field"], wrong["code"]) for wrong in answer.json["fields"]] == [(field, code)]


@pytest.mark.parametrize("code", ["990", "99011", "99a1", "abcd"])
def test_a_code_is_four_digits(world: World, code: str) -> None:
    with world.nothing_changes():
        assert world.open(code).code == "not-found"


def test_kind_in_any_case_and_a_ppk_without_nip(world: World) -> None:
    answer = world.open(kind="kota", ppk={"nama": "Wali Kota", "nip": "", "jabatan": "Wali Kota"})
    assert (answer.json["kind"], answer.json["ppk"]["nip"]) == ("KOTA", None)


def test_nobody_comes_in_when_the_calendar_is_over(world: World) -> None:
    world.cloud.at(CLOSES)
    with world.nothing_changes():
        answer = world.call("PUT", f"institutions/{CODE}", CARD, role="bkn", received=CLOSES)
    assert (answer.status, answer.code) == (410, "window-closed")
    last = CLOSES - timedelta(milliseconds=1)
    assert world.call("PUT", f"institutions/{CODE}", CARD, role="bkn", received=last).status == 200
    assert world.stored().windows[Window.VERIFICATION].closes == CLOSES
