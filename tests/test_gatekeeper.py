"""What the gatekeeper lets through, and what he does not."""

import importlib
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

import pytest

from infra.services import SERVICES
from services.kernel.audit import chain as audit
from services.kernel.audit.chain import Event
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Operation
from services.kernel.settings import settings
from services.kernel.web.http import Api
from services.kernel.writes import gate, ungated
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import GatedWrite, MovedPerson
from tests.support.aws import Cloud
from tests.support.gatekeeper import FORGETFUL, checks_lane, is_ruled, remembers, request, require_gated
from tests.support.gates import open_gate

NEW = Attr("pk").not_exists()


def put(table: str, pk: str, sk: str = "@") -> Operation:
    return dynamodb.put(table, {"pk": pk, "sk": sk}, when=NEW)


@pytest.mark.parametrize(
    ("operation", "ruled"),
    [
        (put("RegTable", "P#a"), True),
        (put("RegTable", "P#a", "H#1"), True),
        (put("RegTable", "P#a", "K#1"), True),
        (put("RegTable", "P#a", "F#KTP"), False),
        (put("RegTable", "U#a"), False),
        (dynamodb.delete("RegTable", {"pk": "P#a", "sk": "H#1"}), True),
        (dynamodb.update("RegTable", {"pk": "P#a", "sk": "@"}, values={"state": "X"}), True),
        (dynamodb.check("RegTable", {"pk": "P#a", "sk": "@"}, NEW), False),
        (put("DocTable", "P#a", "D#KTP#000001"), True),
        (dynamodb.put("DocTable", {"pk": "P#a", "sk": "D#KTP#000001"}, when=Attr("v").eq(1)), False),
        (put("DocTable", "P#I9901", "D#SPTJM#000001"), False),
        (put("DocTable", "P#LAAAABBBB", "D#BUKTI_LAPORAN#000001"), False),
        (put("FinTable", "P#a"), False),
    ],
)
def test_what_is_ruled(operation: Operation, ruled: bool) -> None:
    ((kind, about),) = operation.request.items()
    assert is_ruled(kind, about) is ruled


def lane(pk: str = "G#9901#3", *, table: str = "GateTable", **asked: Any) -> Operation:
    asked = asked or {"state": "OPEN", "ep": 1, "dossier": 5}
    return dynamodb.check(table, {"pk": pk}, reduce(and_, (Attr(name).eq(value) for name, value in asked.items())))


@pytest.mark.parametrize(
    ("check", "good"),
    [
        (lane(), True),
        (lane("G#9901#i3"), True),
        (lane("G#9901"), False),
        (lane(table="RegTable"), False),
        (lane(st="OPEN", ep=1), False),
        (lane(st="OPEN", dossier=5), False),
        (lane(ep=1, dossier=5), False),
    ],
)
def test_what_a_check_of_a_lane_is(check: Operation, good: bool) -> None:
    assert checks_lane(check.request["ConditionCheck"]) is good
    items = [check.request, put("RegTable", "P#a").request]
    if good:
        require_gated(items)
    else:
        with pytest.raises(AssertionError, match="without the gate"):
            require_gated(items)


def test_he_stands_in_every_test_of_a_service(cloud: Cloud) -> None:
    cloud.use("registration")
    with pytest.raises(AssertionError, match="without the gate"):
        ungated.commit([put(settings().table, "P#a")])
    dynamodb.transact([put(settings().table, "P#a")])  # a test may set its scene by force


@pytest.mark.parametrize(
    ("operation", "kept"),
    [
        (dynamodb.put("RegTtlTable", {"pk": "once#a"}, when=NEW), True),
        (put("RegTable", "P#a"), False),
        (dynamodb.delete("RegTtlTable", {"pk": "once#a"}), False),
    ],
)
def test_what_remembers_an_answer(operation: Operation, kept: bool) -> None:
    assert remembers(operation.request.get("Put", {})) is kept


def test_a_gated_write_of_a_request_remembers_its_answer(cloud: Cloud) -> None:
    cloud.use("registration")
    write = [lane(table=settings().gate_table), put(settings().table, "P#a")]
    kept = dynamodb.put(settings().table, {"pk": "once#a", "sk": "@"}, when=NEW)
    with request(keyed=True), pytest.raises(AssertionError, match="whose retry would be refused"):
        ungated.attempt(write)
    with request(keyed=True):
        ungated.attempt([*write, kept])
        ungated.attempt(write)  # what follows from it
    with request(keyed=False):
        ungated.attempt(write)
    ungated.attempt(write)  # a queue's or a stream's


def test_whatever_a_request_writes_is_remembered_with_it_or_beside_it(cloud: Cloud) -> None:
    cloud.use("registration")
    write = [put(settings().table, "U#a")]
    kept = dynamodb.put(settings().table, {"pk": "once#a", "sk": "@"}, when=NEW)
    with request(keyed=True) as forgotten:
        ungated.attempt(write)
    with pytest.raises(AssertionError, match="done again"):
        forgotten.require_remembered("POST /somewhere")
    forgotten.require_remembered(min(FORGETFUL))
    with request(keyed=True) as reading:
        pass
    with request(keyed=True) as remembered:
        ungated.attempt(write)
        ungated.attempt([kept])
    with request(keyed=False) as keyless:
        ungated.attempt(write)
    for fine in (reading, remembered, keyless):
        fine.require_remembered("POST /somewhere")


def test_a_route_that_forgets_its_answer_fails_in_any_test_of_it(cloud: Cloud) -> None:
    cloud.use("registration")
    api = Api("registration")

    @api.route("POST", "/forgetful")
    def post_forgetful(received: datetime) -> None:
        """Write through the gate and remember nothing."""
        link = audit.link("x", 1, audit.GENESIS, Event("a", "x", received, {}), institution="9901", salt=b"0" * 16)
        gate.commit(GatedWrite(gate.read_round("9901"), Window.ENTRY, received, [MovedPerson([], {}, link)]))

    cloud.at("2022-09-01T09:00:00+07:00")
    open_gate("9901")
    assert cloud.call(api.app, "POST", "/registration/forgetful").status == 500
    assert cloud.call(api.app, "POST", "/registration/forgetful", headers={"Idempotency-Key": ""}).status == 204

    @api.route("POST", "/ungated")
    def post_ungated(received: datetime) -> None:
        """Write what no window rules and remember nothing."""
        ungated.commit([put(settings().table, f"U#{received.timestamp()}")])

    with pytest.raises(AssertionError, match="done again"):
        cloud.call(api.app, "POST", "/registration/ungated")


def test_every_route_that_forgets_is_one() -> None:
    apis: list[Api] = [importlib.import_module(f"services.{service.name}.app").api for service in SERVICES]
    assert {f"{route.method} {route.path}" for api in apis for route in api.routes} >= FORGETFUL
