"""Documents' tests see what a function of documents sees."""

import pytest

from tests.documents.world import World
from tests.support.aws import Cloud


@pytest.fixture
def world(cloud: Cloud) -> World:
    """An empty portal in which institution 9901's round is open and the clock stands at noon of an ordinary day."""
    return World(cloud)
