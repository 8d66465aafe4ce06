"""How to bring the SPTJM of institution 9901 into each of its states."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from services.finalization.model.sptjm_states import SptjmState
from services.kernel import clock
from tests.finalization.world import ACCEPT, RETURN, World

VOID = "Dibuka kembali berdasarkan surat 800/7/2022."


def make(world: World) -> None:
    world.get("sptjm/document")


def hand_in(world: World) -> None:
    make(world)
    world.hand_in()


def accept(world: World) -> None:
    hand_in(world)
    world.decide(ACCEPT)


def give_back(world: World) -> None:
    hand_in(world)
    world.decide(RETURN)


def void(world: World) -> None:
    """Bkn opens the list again, which voids the statement about it."""
    closes = (clock.now() + timedelta(days=3)).isoformat()
    body = {
        "windows": dict.fromkeys(("CORRECTION", "VERIFICATION"), closes),
        "letter": {"number": "800/7/2022", "date": "2022-08-30"},
        "reason": VOID,
    }
    assert world.post("reopening", body, role="bkn").status == 200


def seal_again(world: World) -> None:
    """The deadline of the reopened list passes; it is locked and sealed under its new epoch."""
    world.pass_drain()
    assert world.lock_due() == 1
    assert world.roster_sealed() == []


def make_void(world: World) -> None:
    hand_in(world)
    void(world)


REACH: Mapping[SptjmState, Callable[[World], object]] = {
    SptjmState.BELUM: lambda _: None,
    SptjmState.DIBUAT: make,
    SptjmState.DIUNGGAH: hand_in,
    SptjmState.DITERIMA: accept,
    SptjmState.DIKEMBALIKAN: give_back,
    SptjmState.BATAL: make_void,
}
"""From a sealed list to the statement's state."""
