"""One banner to all: what bkn writes, what every page reads of it, and how it ends."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.announcements import app as entry
from services.announcements.adapters import banner_store
from services.announcements.adapters.audit_trail import AnnouncementsTrail
from services.announcements.adapters.institution_store import DIRECTORY
from services.announcements.banner.publish_banner import publish_banner
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.aws import clients, s3
from services.kernel.security.sessions import Role
from tests.announcements.world import NOON, World
from tests.support.aws import Answer

UNTIL = NOON + timedelta(hours=6)
SAID = {"id": "Unggah berkas sedang lambat. Coba lagi pukul 15.00.", "en": "Uploads are slow. Try again at 15:00."}


def put(world: World, *, role: str = "bkn", key: str | None = None, **changed: Any) -> Answer:
    body = {**SAID, "level": "GANGGUAN", "until": UNTIL.isoformat(), **changed}
    return ask(world, "PUT", body, role=role, key=key)


def ask(world: World, method: str, body: object = None, *, role: str = "bkn", key: str | None = None) -> Answer:
    office = None if Role(role) in {Role.BKN, Role.AUDITOR} else "9901"
    token = world.cloud.token(Role(role), office, sub=f"{role}-1")
    headers = {"Idempotency-Key": key} if key else {}
    path = "/announcements/banner"
    return world.cloud.call(entry.app, method, path, body, token=token, received=clock.now(), headers=headers)


def shown(world: World) -> dict[str, str]:
    content = banner_store.shown()
    assert content is not None
    read: dict[str, str] = json.loads(content)
    return read


def test_it_stands_at_once_and_is_gone_by_itself(world: World) -> None:
    assert ask(world, "GET").json == {
        "v": 0, "stands": False, "id": "", "en": "", "level": "INFO", "since": None, "until": None,
    }  # fmt: skip
    answer = put(world)
    assert (answer.status, answer.json["stands"], answer.json["v"]) == (200, True, 1)
    said = shown(world)
    left = datetime.fromisoformat(said.pop("until")) - clock.machine_now()
    assert said == {**SAID, "level": "GANGGUAN"}
    assert timedelta(hours=5, minutes=59) < left <= timedelta(hours=6), "by the clock that browsers measure by"
    world.cloud.at(UNTIL - timedelta(seconds=1))
    publish_banner(clock.now())
    assert shown(world)["level"] == "GANGGUAN"
    world.cloud.at(UNTIL)
    publish_banner(clock.now())
    assert shown(world) == {}
    assert ask(world, "GET", role="auditor").json["stands"] is False


def test_the_next_one_takes_its_place_and_it_can_be_taken_down(world: World) -> None:
    put(world)
    assert put(world, id="Unggah berkas sudah lancar.", level="INFO", v=1).status == 200
    assert shown(world)["id"] == "Unggah berkas sudah lancar."
    assert put(world, v=1).code == "version-moved"
    assert ask(world, "DELETE").json["stands"] is False
    assert shown(world) == {}
    assert ask(world, "DELETE").code == "illegal-transition"
    assert put(world).status == 200, "and another one may follow"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"id": "x" * 301}, "id"),
        ({"id": "pendek"}, "id"),
        ({"en": ""}, "en"),
        ({"id": "Hubungi petugas di 0812-3456-7890 bila perlu."}, "id"),
        ({"en": "Write to somebody@example.go.id for help."}, "en"),
        ({"id": "Data NIK 9901014107800001 sedang diperiksa."}, "id"),
        ({"level": "DARURAT"}, "level"),
        ({"until": NOON.isoformat()}, "until"),
        ({"until": (NOON + timedelta(days=14, seconds=60)).isoformat()}, "until"),
        ({"until": "2022-10-06T10:00:00"}, "until"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_shown(world: World, changed: dict[str, Any], field: str) -> None:
    answer = put(world, **changed)
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [one["field"] for one in answer.json["fields"]] == [field]
    assert banner_store.load() is None
    assert banner_store.shown() is None


def test_as_long_as_may_be_and_days_in_words(world: World) -> None:
    assert put(world, id="x" * 300, until=(NOON + timedelta(days=14)).isoformat()).status == 200
    assert put(world, id="Penginputan ditutup 31 Oktober 2022 pukul 24.00 WIB.").status == 200


@pytest.mark.parametrize("role", ["auditor", "admin", "ppk"])
def test_only_bkn_writes_it(world: World, role: str) -> None:
    assert put(world, role=role).status == 403
    assert ask(world, "DELETE", role=role).status == 403
    assert ask(world, "GET", role=role).status == (200 if role == "auditor" else 403)


def test_a_retry_changes_nothing_and_shows_what_did_not_reach_the_site(world: World) -> None:
    first = put(world, key="once-00000001")
    s3.remove(settings().site_bucket, banner_store.OBJECT)
    again = put(world, key="once-00000001")
    assert (first.json, shown(world)["level"]) == (again.json, "GANGGUAN")
    standing = banner_store.load()
    assert standing is not None
    assert standing.v == 1


def test_every_page_asks_for_it_again_within_a_minute(world: World) -> None:
    put(world)
    head = clients.s3().head_object(Bucket=settings().site_bucket, Key=banner_store.OBJECT)
    assert (head["ContentType"], head["CacheControl"]) == ("application/json", "public, max-age=20")


def test_each_change_is_a_link_of_its_chain(world: World) -> None:
    put(world)
    ask(world, "DELETE")
    (stored,) = AnnouncementsTrail().stored(DIRECTORY, ["banner"])
    assert (stored.chain, stored.head.version) == ("announcements#I#DIRECTORY#banner", 2)
    assert next(iter(AnnouncementsTrail().institutions())) == DIRECTORY
