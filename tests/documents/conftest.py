"""Documents' tests see what a function of documents sees."""

import pytest

from tests.aws import Cloud
from tests.documents.world import World


@pytest.fixture
def world(cloud: Cloud) -> World:
    """An empty portal in which institution 9901's round is open and the clock stands at noon of an ordinary day."""
    return World(cloud)
