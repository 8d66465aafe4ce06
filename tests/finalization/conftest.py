"""Finalization's tests see what its functions see."""

import pytest

from tests.aws import Cloud
from tests.finalization.world import World


@pytest.fixture
def world(cloud: Cloud) -> World:
    """An empty portal at noon of an ordinary day of the round."""
    return World(cloud)


@pytest.fixture
def started(world: World) -> World:
    """Institution 9901 is in the round and has listed two people, both verified."""
    world.open()
    world.listed("aaaa", "MEMENUHI_SYARAT", "THK-II")
    world.listed("bbbb", "MEMENUHI_SYARAT", "NON-ASN")
    return world


@pytest.fixture
def prefinal(started: World) -> World:
    """Institution 9901 has put up its list."""
    started.post("prefinalization", {})
    return started


@pytest.fixture
def sealed(prefinal: World) -> World:
    """Institution 9901 has finalized by hand, the locker has closed it, and registration has sealed its roster."""
    prefinal.post("finalization", {"confirm": True})
    prefinal.pass_drain()
    prefinal.lock_due()
    prefinal.roster_sealed()
    return prefinal


@pytest.fixture
def made(sealed: World) -> World:
    """The statement of institution 9901's seal is printed."""
    sealed.get("sptjm/document")
    return sealed


@pytest.fixture
def handed_in(made: World) -> World:
    """Its PPK has signed the statement and handed in the scan, which carries no number."""
    made.hand_in()
    return made
