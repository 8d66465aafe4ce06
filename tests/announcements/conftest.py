"""Announcements' tests see what a function of announcements sees."""

import pytest

from tests.announcements.post import Post, open_post
from tests.announcements.world import World
from tests.support.aws import Cloud


@pytest.fixture
def world(cloud: Cloud) -> World:
    """A portal nobody has told anything about yet; the clock stands in the weeks of uji publik."""
    return World(cloud)


@pytest.fixture
def post(world: World) -> Post:
    """The same, with mail that goes out."""
    return open_post(world)
