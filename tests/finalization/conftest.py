"""Finalization's tests see what its functions see."""

import pytest

from tests.finalization.world import World
from tests.support.aws import Cloud


@pytest.fixture
def world(cloud: Cloud) -> World:
    """An empty portal at noon of an ordinary day of the round."""
    return World(cloud)


@pytest.fixture
def started(world: World) -> World:
    """Institution 9901 is in the round and has listed two people, both verified."""
    return world.reach("started")


@pytest.fixture
def prefinal(world: World) -> World:
    """Institution 9901 has put up its list."""
    return world.reach("prefinal")


@pytest.fixture
def sealed(world: World) -> World:
    """Institution 9901 has finalized by hand, the locker has closed it, and registration has sealed its roster."""
    return world.reach("sealed")


@pytest.fixture
def made(world: World) -> World:
    """The statement of institution 9901's seal is printed."""
    return world.reach("made")


@pytest.fixture
def handed_in(world: World) -> World:
    """Its PPK has signed the statement and handed in the scan, which carries no number."""
    return world.reach("handed_in")
