import pytest

from tests.support.aws import Cloud


@pytest.fixture
def here(cloud: Cloud) -> Cloud:
    """The kernel as registration's functions run it."""
    cloud.use("registration")
    return cloud
