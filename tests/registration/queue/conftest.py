import pytest

from services.kernel.security.sessions import Role
from tests.registration.listed import portal
from tests.registration.staff import Desk, desk
from tests.support.aws import Cloud

__all__ = ["portal"]


@pytest.fixture
def operator(portal: Cloud) -> Desk:
    return desk(portal, Role.OPERATOR)


@pytest.fixture
def verifier(portal: Cloud) -> Desk:
    return desk(portal, Role.VERIFIKATOR)
