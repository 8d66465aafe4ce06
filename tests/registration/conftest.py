import pytest

from tests.support.aws import Cloud


@pytest.fixture
def here(cloud: Cloud) -> Cloud:
    """An empty cloud, and this process one of registration's functions."""
    cloud.use("registration")
    return cloud
