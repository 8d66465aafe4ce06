"""The test cloud itself: what a service sees in it is what it would see in AWS."""

import base64
import json
import os
from datetime import datetime, timedelta

import pytest
from pydantic import BaseModel

from services.kernel import clock
from services.kernel.aws import dynamodb, s3
from services.kernel.events.facts import InstitutionLocked
from services.kernel.events.parcels import pack
from services.kernel.events.relay import publish
from services.kernel.problems import Problem
from services.kernel.security import privacy
from services.kernel.security.sessions import Actor, Role
from services.kernel.settings import settings
from services.kernel.web.caller import Caller
from services.kernel.web.http import Api
from services.kernel.web.replies import Redirect, see_other
from services.kernel.writes import gate
from tests.support.aws import CAPTCHA_KEY, LOOKUP_KEY, Cloud, envelope, queued

SERVICES = ("registration", "documents", "finalization", "announcements")
DEADLINE = datetime(2022, 10, 31, 17, tzinfo=clock.WIB)


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_finds_its_settings_and_its_table(cloud: Cloud, service: str) -> None:
    cloud.use(service)
    assert settings().service == service
    key = {"pk": "X", "sk": "@"}
    dynamodb.transact([dynamodb.put(settings().table, {**key, "n": 1})])
    assert dynamodb.get(settings().table, key) == {**key, "n": 1}
    assert cloud.items(settings().table) == [{**key, "n": 1}]
    with pytest.raises(Problem):
        gate.read_round("9901")


def test_secrets_come_wrapped_for_their_purpose(cloud: Cloud) -> None:
    cloud.use("registration")
    assert privacy.unwrap(os.environ["LOOKUP_KEY"], "lookup") == LOOKUP_KEY
    assert privacy.unwrap(os.environ["CAPTCHA_KEY"], "captcha") == CAPTCHA_KEY
    assert b"PRIVATE KEY" in privacy.unwrap(os.environ["SESSION_KEY"], "session")
    assert base64.b64decode(os.environ["LOOKUP_KEY"]) != LOOKUP_KEY


def test_two_services_share_one_cloud(cloud: Cloud) -> None:
    cloud.use("documents")
    key = cloud.name("KeyArn")
    s3.write(os.environ["FILES_BUCKET"], "a", b"1", content_type="text/plain")
    cloud.use("registration")
    assert settings().key_arn == key
    assert s3.read(os.environ["FILES_BUCKET"], "a") == b"1"


def test_what_is_sealed_stays(cloud: Cloud) -> None:
    cloud.use("finalization")
    keep = timedelta(days=1)
    for expected in (True, False):
        assert s3.write_once(os.environ["SEALS_BUCKET"], "a", b"1", content_type="x/y", keep=keep) is expected


def test_stream_and_bus_are_read_once(cloud: Cloud) -> None:
    cloud.use("finalization")
    for sk in ("1", "2"):
        dynamodb.transact([dynamodb.put(settings().table, {"pk": "X", "sk": sk, "b": b"1"})])
    records = cloud.records("FinTable")
    assert [record["eventName"] for record in records] == ["INSERT", "INSERT"]
    assert json.loads(json.dumps(records)) == records
    assert dynamodb.decode(records[0]["dynamodb"]["NewImage"]) == {"pk": "X", "sk": "1", "b": b"1"}
    assert cloud.records("FinTable") == []
    fact = InstitutionLocked(institution="9901", v=1, locked_at=DEADLINE)
    assert publish(pack([fact])) == []
    (seen,) = cloud.facts()
    assert seen["detail-type"] == "institution.locked"
    assert seen["source"] == "pendataan.finalization"
    assert seen["detail"] == envelope(fact)["detail"]
    assert cloud.facts() == []


class Greeting(BaseModel):
    who: str
    at: datetime


class Name(BaseModel):
    name: str


def _api() -> Api:
    api = Api("finalization")

    @api.route("POST", "/people/{person}", roles=frozenset({Role.ADMIN}), form=True)
    def greet(person: str, actor: Actor, body: Name, received: datetime) -> Greeting:
        return Greeting(who=f"{person} {actor.id} {body.name}", at=received)

    @api.route("GET", "/people/me")
    def me(caller: Caller) -> Redirect:
        return see_other(f"https://pendataan.example/{caller.cookies.get('session')}")

    return api


def test_a_call_goes_the_way_of_api_gateway(cloud: Cloud) -> None:
    cloud.use("finalization")
    app = _api().app
    cloud.at(DEADLINE)
    answer = cloud.call(
        app, "POST", "/finalization/people/a%20b", {"name": "c"}, token=cloud.token("admin"), received=DEADLINE
    )
    assert (answer.status, answer.json["who"]) == (200, "a b tester c")
    assert datetime.fromisoformat(answer.json["at"]) == DEADLINE
    form = cloud.call(app, "POST", "/finalization/people/p", {"name": "c"}, token=cloud.token(Role.ADMIN), form=True)
    assert form.json["who"] == "p tester c"
    redirect = cloud.call(app, "GET", "/finalization/people/me?x=1", cookies={"session": "s"})
    assert (redirect.status, redirect.headers["location"]) == (303, "https://pendataan.example/s")


def test_refusals_are_problems(cloud: Cloud) -> None:
    cloud.use("finalization")
    app = _api().app
    path = "/finalization/people/p"
    assert cloud.call(app, "POST", path, {"name": "c"}).code == "unauthenticated"
    assert cloud.call(app, "POST", path, {"name": "c"}, token=cloud.token("bkn")).code == "forbidden"
    assert cloud.call(app, "POST", path, "{", token=cloud.token("admin")).code == "malformed"
    assert cloud.call(app, "GET", "/finalization/elsewhere").code == "not-found"
    ended = cloud.token("admin")
    cloud.at(clock.now() + timedelta(minutes=16))
    assert cloud.call(app, "POST", path, {"name": "c"}, token=ended).code == "unauthenticated"


def test_queued_gives_one_record_a_body() -> None:
    records = queued([{"a": 1}, {"a": 2}])["Records"]
    assert [(record["messageId"], record["body"]) for record in records] == [("0", '{"a": 1}'), ("1", '{"a": 2}')]
