import pytest

from services.registration.adapters import institution_store
from tests.registration.listed import INSTITUTION, portal, stand_with_account
from tests.registration.reminders.days import Days
from tests.support.aws import Cloud

__all__ = ["portal"]


@pytest.fixture
def days(portal: Cloud) -> Days:
    person = stand_with_account(portal)
    institution_store.keep(INSTITUTION, {"title": "Kabupaten Contoh"}, clock="opened_v", v=1)
    return Days(portal, person)
