from collections.abc import Iterator

import pytest

from services.kernel.security.sessions import Role
from services.registration.adapters import institution_store, rules_store
from tests.registration.listed import INSTITUTION, portal
from tests.registration.titles.lists import National
from tests.support.aws import Cloud

__all__ = ["portal"]


@pytest.fixture
def bkn(portal: Cloud) -> Iterator[National]:
    """bkn, and one institution in the directory; nothing of its lists is known to the tests that follow."""
    institution_store.keep(INSTITUTION, {"title": "Kabupaten Contoh"}, clock="opened_v", v=1)
    yield National(portal, Role.BKN)
    rules_store.forget()
