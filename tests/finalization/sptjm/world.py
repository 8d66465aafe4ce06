"""How to bring the SPTJM of institution 9901 into each of its states."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from services.finalization.adapters import store
from services.finalization.institution.model import Institution
from services.finalization.sptjm.states import SptjmState
from services.finalization.sptjm.void_sptjm import void_sptjm
from services.kernel import clock
from services.kernel.audit import Event
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


def void(world: World) -> Institution:
    """What a reopening does to the statement, without the rest of it."""
    before, now = world.stored(), clock.now()
    sptjm, also = void_sptjm(before, VOID, now)
    after = replace(before, sptjm=sptjm)
    return store.save(before, after, Event("bkn-1", "institution.reopened", now, {}), also)


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
