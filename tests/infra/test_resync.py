"""Facts told again from the tables: a consumer that lost its projection has it back, and the others notice nothing."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from botocore.stub import Stubber

from infra.audit_verify.source import Source
from infra.aws import Aws
from infra.resync.tell import MAX_TRIES, TELLERS, Wish, tell
from services.announcements import app as announcements
from services.documents import app as documents
from services.finalization import app as finalization
from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType
from services.registration import app as registration
from tests.announcements.world import World as Announcements
from tests.documents.world import World as Documents
from tests.finalization.world import CODE
from tests.finalization.world import World as Finalization
from tests.registration.listed import IN_TIME, register
from tests.support.aws import STAGE, Cloud, queued

ENTRIES = {
    "registration": registration,
    "documents": documents,
    "finalization": finalization,
    "announcements": announcements,
}
TABLES = {"registration": "RegTable", "documents": "DocTable", "finalization": "FinTable", "announcements": "AnnTable"}
PROJECTIONS: Mapping[str, Callable[[dict[str, Any]], bool]] = {
    "registration": lambda item: item["pk"].startswith("INST") or "#KTP" in item["sk"] or ".KTP." in item["sk"],
    "documents": lambda item: item["pk"] == "INST" or (item["sk"] == "@" and "head" not in item and "unit" in item),
    "finalization": lambda item: item["pk"].startswith("P#") or item["sk"].startswith("CNT#"),
    "announcements": lambda item: item["pk"] == f"A#{CODE}" and (item["sk"] == "@" or item["sk"].startswith("P#")),
}
"""What each service keeps of what others told."""
MOVING = {"opened_v", "phase_v", "kept"}
"""Told again, a fact has the version its item has now, and is kept now."""


class Nation:
    """The four services on one cloud; facts go to who listens to them, as the rules say."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        assert Finalization(cloud).open().status in {200, 201}
        self.carry()
        cloud.at(IN_TIME)
        cloud.use("registration")
        self.people = [register(nik=f"99010141019000{n:02d}", nama=f"Orang Contoh {n}") for n in range(1, 6)]
        self.carry()
        files = Documents(cloud)
        cloud.at(IN_TIME)
        files.accepted(DocumentType.KTP, token=files.person(self.people[0].pid))
        self.carry()

    @property
    def source(self) -> Source:
        """The portal as the tool sees it."""
        names = {name: self.cloud.name(name) for name in (*TABLES.values(), "Bus")}
        return Source(Aws(), STAGE, names)

    def carry(self) -> None:
        """Relay what changed, and let everybody hear it."""
        for service in ("finalization", "registration", "documents"):
            self.cloud.use(service)
            ENTRIES[service].relay({"Records": self.cloud.changes(TABLES[service])}, None)
        self.hear()

    def hear(self) -> Counter[str]:
        """Deliver what is on the bus; returns how many of each."""
        events = self.cloud.events()
        for service, entry in ENTRIES.items():
            self.cloud.use(service)
            heard = [event for event in events if event["detail-type"] in LISTENS[service]]
            assert not heard or entry.on_fact(queued(heard), None) == {"batchItemFailures": []}
        counted: Counter[str] = Counter()
        for event in events:
            counted[event["detail-type"]] += len(event["detail"].get("facts", [1]))
        return counted

    def projection(self, service: str) -> list[dict[str, Any]]:
        """What a service keeps of the others; counters are summed, for each fact moves one at random."""
        found = filter(PROJECTIONS[service], self.cloud.items(TABLES[service]))
        held = [{name: value for name, value in item.items() if name not in MOVING} for item in found]
        counted: Counter[str] = Counter()
        for item in (one for one in held if one["sk"].startswith("CNT#")):
            counted.update({name: n for name, n in item.items() if name not in {"pk", "sk"}})
        return [*(item for item in held if not item["sk"].startswith("CNT#")), dict(counted)]

    def lose(self, service: str) -> None:
        """A consumer loses its projection."""
        table = self.cloud.name(TABLES[service])
        lost = [item for item in self.cloud.items(TABLES[service]) if PROJECTIONS[service](item)]
        dynamodb.transact([dynamodb.delete(table, {"pk": item["pk"], "sk": item["sk"]}) for item in lost])


PEOPLE = TELLERS[1]
CASES = TELLERS[3]
LISTENS = {
    "registration": {"file.accepted", "file.rejected", "institution.opened", "institution.phase_changed"},
    "documents": {"person.listed", "institution.opened"},
    "finalization": {"person.listed", "file.accepted"},
    "announcements": {"person.listed", "institution.opened", "institution.phase_changed"},
}


def unhurried(_: float) -> None:
    return None


def test_lost_projections_come_back_as_they_were_and_the_others_stay(cloud: Cloud, tmp_path: Path) -> None:
    nation = Nation(cloud)
    before = {service: nation.projection(service) for service in ENTRIES}
    assert all(len(held) > 1 for held in before.values()), "there is something to lose"
    for service in ("registration", "documents", "finalization", "announcements"):
        nation.lose(service)
        assert nation.projection(service) == [{}]
    told = {teller.service: tell(nation.source, teller, Wish(tmp_path / "place"), unhurried) for teller in TELLERS}
    assert told["registration"] == {"person.listed": 5}
    assert told["documents"] == {"file.accepted": 1}
    assert told["finalization"].keys() == {"institution.opened", "institution.phase_changed"}
    assert nation.hear() == sum(told.values(), Counter())
    for service, held in before.items():
        assert nation.projection(service) == held
    for teller in TELLERS:
        tell(nation.source, teller, Wish(tmp_path / "place"), unhurried)
    nation.hear()
    assert {service: nation.projection(service) for service in ENTRIES} == before, (
        "told again, nothing is counted twice"
    )


@pytest.fixture
def listed(cloud: Cloud) -> Source:
    """A table of registration with five people in it, and a bus."""
    cloud.use("registration")
    dynamodb.transact([dynamodb.put(cloud.name("RegTable"), person(n)) for n in range(5)])
    return Source(Aws(), STAGE, {name: cloud.name(name) for name in ("RegTable", "Bus")})


def person(n: int) -> dict[str, Any]:
    """What is told of a person."""
    public = {
        "state": "TERDAFTAR",
        "nama": "Orang",
        "unit": "Unit",
        "jab": "Guru",
        "category": "NON-ASN",
        "registration_number": f"2022-{n}",
    }
    return {"pk": f"P#pid{n}", "sk": "@", "institution": CODE, "v": 1, "account": False, **public}


def test_facts_are_told_in_parcels_as_the_relay_tells_them(cloud: Cloud, listed: Source, tmp_path: Path) -> None:
    tell(listed, PEOPLE, Wish(tmp_path / "place"), unhurried)
    (event,) = cloud.events()
    assert (event["detail-type"], len(event["detail"]["facts"])) == ("person.listed", 5)


def test_cases_are_told_again_each_once_and_nothing_of_what_stands_beside_them(cloud: Cloud, tmp_path: Path) -> None:
    """What finalization and registration lost while a queue was down comes back as it is now."""
    world = Announcements(cloud)
    world.open_round()
    filed = world.filed()
    world.filed()  # about the same: it follows the first one, and waits for nobody of its own
    world.do(filed, "messages", text="Mohon kirim SK terakhir.", asks=True)
    source = Source(Aws(), STAGE, {name: cloud.name(name) for name in ("AnnTable", "Bus")})
    assert tell(source, CASES, Wish(tmp_path / "place"), unhurried) == {"case.moved": 1}
    (fact,) = cloud.facts()
    assert (fact["detail"]["case"], fact["detail"]["state"]) == (filed.number.replace("-", ""), "MENUNGGU_PELAPOR")


def told(cloud: Cloud) -> set[str]:
    return {fact["detail"]["pid"] for fact in cloud.facts()}


def test_it_goes_on_where_it_was_interrupted(cloud: Cloud, listed: Source, tmp_path: Path) -> None:
    place = tmp_path / "resync" / "place.json"
    with pytest.raises(KeyboardInterrupt):
        tell(listed, PEOPLE, Wish(place, page=2), Interrupted(after=1))
    first = told(cloud)
    assert json.loads(place.read_text()).keys() == {"pk", "sk"}
    assert sum(tell(listed, PEOPLE, Wish(place, page=2), unhurried).values()) == 3
    second = told(cloud)
    assert first | second == {f"pid{n}" for n in range(5)}
    assert not place.exists(), "the next call begins anew"


class Interrupted:
    """A pause in which somebody presses Ctrl-C."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, _: float) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


def test_facts_of_one_institution_only(listed: Source, tmp_path: Path) -> None:
    for code, wanted in ((CODE, {"person.listed": 5}), ("9902", {})):
        assert tell(listed, PEOPLE, Wish(tmp_path / "place", institution=code), unhurried) == wanted


def test_it_keeps_to_the_rate(listed: Source, tmp_path: Path) -> None:
    waited: list[float] = []
    tell(listed, PEOPLE, Wish(tmp_path / "place", rate=10), waited.append)
    assert sum(waited) == pytest.approx(0.5)


def test_what_the_bus_does_not_take_at_once_is_sent_again(listed: Source, tmp_path: Path) -> None:
    waited: list[float] = []
    with Stubber(listed.aws.events) as stub:
        stub.add_response("put_events", {"Entries": [{"ErrorCode": "ThrottlingException"}]})
        stub.add_response("put_events", {"Entries": [{"EventId": "1"}]})
        tell(listed, PEOPLE, Wish(tmp_path / "place"), waited.append)
        stub.assert_no_pending_responses()
    assert waited == [1.0, 0.01]


def test_a_bus_that_refuses_for_long_is_told(listed: Source, tmp_path: Path) -> None:
    with Stubber(listed.aws.events) as stub:
        for _ in range(MAX_TRIES):
            stub.add_response("put_events", {"Entries": [{"ErrorCode": "ThrottlingException"}]})
        with pytest.raises(RuntimeError, match="goes on from here"):
            tell(listed, PEOPLE, Wish(tmp_path / "place"), unhurried)
