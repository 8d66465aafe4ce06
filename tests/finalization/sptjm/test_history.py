"""Every signed statement that was handed in stays on record, with what became of it."""

from datetime import datetime
from typing import Any

import pytest

from services.finalization.model.sptjm_states import SptjmState
from tests.finalization.sptjm.world import REACH, VOID, void
from tests.finalization.world import ACCEPT, CARD, NUMBER, PPK, RETURN, World


def seen(world: World) -> dict[str, Any]:
    shown: dict[str, Any] = world.get(role="bkn").json["sptjm"]
    return shown


def test_a_returned_and_an_accepted_statement(made: World) -> None:
    made.hand_in(made.uploaded(1))
    made.decide(RETURN)
    made.hand_in(made.uploaded(2, printed_number=NUMBER), role="admin")
    made.decide(ACCEPT)
    first, second = made.get(role="bkn").json["sptjm"]["history"]
    assert (first["number"], first["epoch"], first["file"], first["role"]) == (NUMBER, 3, "I9901.SPTJM.1", "ppk")
    assert (first["state"], first["reason"], first["printed_number"]) == ("DIKEMBALIKAN", RETURN["reason"], None)
    assert (second["file"], second["role"], second["printed_number"]) == ("I9901.SPTJM.2", "admin", NUMBER)
    assert (second["state"], second["reason"], second["voided_at"]) == ("DITERIMA", None, None)
    for entry in (first, second):
        at, decided = datetime.fromisoformat(entry["at"]), datetime.fromisoformat(entry["decided_at"])
        assert at <= decided
        assert str(at.utcoffset()) == "7:00:00"


def test_ten_and_more_stay_in_their_order(made: World) -> None:
    for n in range(1, 12):
        made.hand_in(made.uploaded(n))
        made.decide(RETURN)
    files = [entry["file"] for entry in made.get(role="bkn").json["sptjm"]["history"]]
    assert files == [f"I9901.SPTJM.{n}" for n in range(1, 12)]


def test_bkn_compares_with_the_ppk_on_record_when_it_was_handed_in(handed_in: World) -> None:
    handed_in.decide(RETURN)
    successor = {"nama": "Pengganti Contoh", "nip": None, "jabatan": "Penjabat Bupati Contoh"}
    handed_in.open(ppk=successor)
    shown = handed_in.get(role="bkn").json
    assert (shown["ppk"], shown["sptjm"]["signer"]) == (successor, PPK)
    handed_in.get("sptjm/document")
    handed_in.hand_in(handed_in.uploaded(2))
    shown = handed_in.get(role="bkn").json["sptjm"]
    assert (shown["signer"], [entry["signer"] for entry in shown["history"]]) == (successor, [PPK, successor])


@pytest.mark.parametrize("role", ["bkn", "auditor", "admin", "ppk", "operator", "verifikator", "helpdesk"])
def test_who_sees_the_signer(handed_in: World, role: str) -> None:
    sees = role in {"bkn", "auditor", "admin", "ppk"}
    shown = handed_in.get(role=role).json["sptjm"]
    signers = [shown["signer"], *(entry["signer"] for entry in shown["history"])]
    assert signers == [PPK if sees else None] * 2


def test_neither_signer_nor_reason_lie_open_in_the_table(handed_in: World) -> None:
    handed_in.decide(RETURN)
    handed_in.hand_in(handed_in.uploaded(2))
    void(handed_in)
    stored = repr(handed_in.everything())
    for secret in (*PPK.values(), RETURN["reason"], VOID):
        assert secret not in stored
    assert str(CARD["name"]) in stored


@pytest.mark.parametrize("state", list(SptjmState))
def test_the_statement_of_a_reopened_list_is_void_and_says_why(sealed: World, state: SptjmState) -> None:
    REACH[state](sealed)
    before = seen(sealed)
    if state is not SptjmState.BATAL:
        void(sealed)
    after = sealed.get(role="ppk").json["sptjm"]
    if state is SptjmState.BELUM:
        assert (after["state"], after["reason"], after["history"]) == ("BELUM", None, [])
        return
    assert (after["state"], after["reason"], after["closes"]) == ("BATAL", VOID, None)
    assert len(after["history"]) == len(before["history"])


@pytest.mark.parametrize("state", [SptjmState.DIUNGGAH, SptjmState.DITERIMA])
def test_what_counted_is_void_in_the_history_too(sealed: World, state: SptjmState) -> None:
    REACH[state](sealed)
    void(sealed)
    (entry,) = sealed.get(role="bkn").json["sptjm"]["history"]
    assert (entry["state"], entry["reason"]) == ("BATAL", VOID)
    assert entry["voided_at"] is not None
    assert (entry["decided_at"] is not None) is (state is SptjmState.DITERIMA)


def test_what_was_returned_keeps_its_reason(sealed: World) -> None:
    REACH[SptjmState.DIKEMBALIKAN](sealed)
    void(sealed)
    (entry,) = sealed.get(role="bkn").json["sptjm"]["history"]
    assert (entry["state"], entry["reason"], entry["voided_at"]) == ("DIKEMBALIKAN", RETURN["reason"], None)
