"""What somebody with a wrong NIK has asked for waits on, under the right one."""

import pytest

from services.registration.adapters import person_store
from services.registration.app import app
from tests.registration.listed import token_of
from tests.registration.nik_corrections.correcting import RIGHT, Office, office, require_equal
from tests.registration.requests.conftest import Asker
from tests.registration.staff import desk
from tests.support.aws import Cloud


@pytest.fixture
def asker(portal: Cloud) -> Asker:
    """He stands there before anybody of the office does."""
    return Asker(portal)


@pytest.fixture
def here(portal: Cloud, asker: Asker) -> Office:
    return office(portal)


def waiting(here: Office) -> list[tuple[str, str]]:
    items = desk(here.cloud, "operator").call("GET", "/requests").json["items"]
    return [(item["person"], item["request"]) for item in items]


def test_an_open_request_follows_and_is_listed_once(here: Office, asker: Asker) -> None:
    identifier = asker.asked({"jabatan": "Guru Ahli"})
    before = waiting(here)
    assert [request for _, request in before] == [identifier]
    after = here.correct(asker.person)
    assert waiting(here) == [(after.pid, identifier)]
    assert [one.id for one in person_store.load(after.pid).open_requests] == [identifier]
    assert person_store.load(asker.pid).open_requests == []
    own = here.cloud.call(app, "GET", "/registration/me/requests", token=token_of(here.cloud, after))
    assert [one["id"] for one in own.json["items"]] == [identifier]
    assert after.row["nik"] == RIGHT
    require_equal()
