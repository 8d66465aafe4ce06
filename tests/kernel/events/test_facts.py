"""Relay and consumers: facts leave in order, failures come again, strangers are refused."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from botocore.stub import Stubber
from pydantic import ValidationError

from services.kernel import clock
from services.kernel.aws import clients, dynamodb
from services.kernel.events import facts
from services.kernel.events.consume import consume, consume_facts
from services.kernel.events.facts import AnnouncementRecorded, Fact, InstitutionLocked, InstitutionOpened, PersonListed
from services.kernel.events.relay import Change, relay
from services.kernel.log import LogLine
from services.kernel.problems import Problem
from services.kernel.settings import settings
from services.kernel.states import Category, PersonState
from tests.support.aws import Cloud, envelope, queued

FORBIDDEN = {"nik", "nomor_kk", "hp", "email", "tanggal_lahir", "photo", "honor", "nominal_honor"}


def listed(number: int) -> PersonListed:
    return PersonListed(
        institution="9901",
        v=number,
        pid=f"p{number}",
        state=PersonState.TERDAFTAR,
        nama="Contoh",
        unit_kerja="Dinas",
        jabatan="Guru",
        kategori=Category.NON_ASN,
        nomor_registrasi=f"R{number}",
    )


def translate(change: Change) -> Iterator[Fact]:
    if change.new and change.sk == "@" and change.moved("v"):
        yield listed(change.new["v"])


def as_locks(change: Change) -> Iterator[Fact]:
    assert change.new
    yield InstitutionLocked(institution="9901", v=change.new["v"], locked_at=clock.now())


def changes(here: Cloud, count: int) -> list[dict[str, Any]]:
    for number in range(1, count + 1):
        dynamodb.transact([dynamodb.put(settings().table, {"pk": "P#a", "sk": "@", "v": number})])
    return here.changes("RegTable")


def test_facts_arrive_on_the_bus_in_the_order_of_the_changes_in_one_event(here: Cloud) -> None:
    answer = relay(changes(here, 23), translate)
    assert answer == {"batchItemFailures": []}
    (event,) = here.events()
    assert [fact["v"] for fact in event["detail"]["facts"]] == list(range(1, 24))


def test_each_lock_is_an_event_of_its_own(here: Cloud) -> None:
    assert relay(changes(here, 23), as_locks) == {"batchItemFailures": []}
    assert [event["detail"]["v"] for event in here.events()] == list(range(1, 24))


def test_a_change_that_tells_nothing_makes_no_fact(here: Cloud) -> None:
    dynamodb.transact([dynamodb.put(settings().table, {"pk": "C#1", "sk": "@@"})])
    relay(here.records("RegTable"), translate)
    assert here.events() == []


def test_the_first_refused_fact_is_reported_by_its_record_so_that_it_comes_again(here: Cloud) -> None:
    records = changes(here, 12)
    taken = {"EventId": "1"}
    with Stubber(clients.events()) as bus:
        bus.add_response("put_events", {"Entries": [taken, taken, {"ErrorCode": "ThrottlingException"}, taken, taken]})
        answer = relay(records[:5], as_locks)
        bus.add_response("put_events", {"Entries": [{"ErrorCode": "InternalFailure"}]})
        parcel = relay(records, translate)
    assert answer == {"batchItemFailures": [{"itemIdentifier": records[2]["dynamodb"]["SequenceNumber"]}]}
    assert parcel == {"batchItemFailures": [{"itemIdentifier": records[0]["dynamodb"]["SequenceNumber"]}]}


def test_what_was_not_even_sent_comes_again_with_it(here: Cloud) -> None:
    records = changes(here, 25)
    with Stubber(clients.events()) as bus:
        bus.add_response("put_events", {"Entries": [{"EventId": "1"}] * 10})
        bus.add_response("put_events", {"Entries": [{"EventId": "1"}] * 4 + [{"ErrorCode": "x"}] * 6})
        answer = relay(records, as_locks)
        bus.assert_no_pending_responses()
    assert answer == {"batchItemFailures": [{"itemIdentifier": records[14]["dynamodb"]["SequenceNumber"]}]}


def stumble(change: Change) -> Iterator[Fact]:
    yield from as_locks(change)
    if change.new and change.new["v"] in {2, 4}:
        raise ValueError("9901014101900001")


def letters() -> list[object]:
    """What was set aside, and is taken away."""
    found = clients.sqs().receive_message(QueueUrl=settings().dead_letters, MaxNumberOfMessages=10).get("Messages", [])
    return [json.loads(letter["Body"]) for letter in found]


def letter(record: dict[str, Any]) -> object:
    sequence = record["dynamodb"]["SequenceNumber"]
    return {"untranslated": "registration", "pk": "P#a", "sk": "@", "sequence": sequence}


def test_a_change_that_cannot_be_translated_is_a_dead_letter_and_holds_nothing_up(
    here: Cloud, caplog: pytest.LogCaptureFixture
) -> None:
    records = changes(here, 5)
    assert relay(records, stumble) == {"batchItemFailures": []}
    assert [seen["detail"]["v"] for seen in here.facts()] == [1, 3, 5]
    assert letters() == [letter(records[1]), letter(records[3])]
    assert LogLine.CHANGE_SET_ASIDE.value[1] in {vars(record).get("line") for record in caplog.records}
    assert "9901014101900001" not in str([vars(record) for record in caplog.records])


def test_one_that_comes_again_anyhow_is_not_set_aside_each_time(here: Cloud) -> None:
    records = changes(here, 5)
    with Stubber(clients.events()) as bus:
        bus.add_response("put_events", {"Entries": [{"EventId": "1"}, {"ErrorCode": "x"}, {"ErrorCode": "x"}]})
        answer = relay(records, stumble)
    assert answer == {"batchItemFailures": [{"itemIdentifier": records[2]["dynamodb"]["SequenceNumber"]}]}
    assert letters() == [letter(records[1])], "the fourth stands behind the third, which the bus did not take"


def test_old_and_new_stand_in_a_change(here: Cloud) -> None:
    seen: list[Change] = []

    def note(change: Change) -> list[Fact]:
        seen.append(change)
        return []

    relay(changes(here, 2), note)
    assert [(c.old and c.old["v"], c.new and c.new["v"]) for c in seen] == [(None, 1), (1, 2)]
    assert [c.moved("v") for c in seen] == [True, True]
    assert not seen[1].moved("pk")


def test_a_consumer_reports_only_the_message_that_failed(here: Cloud) -> None:
    taken: list[int] = []

    def take(fact: PersonListed) -> None:
        if fact.v == 2:
            raise LookupError
        taken.append(fact.v)

    event = queued(envelope(listed(number)) for number in (1, 2, 3))
    answer = consume_facts(event, {PersonListed: take})
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert taken == [1, 3]


def test_a_fact_that_nobody_here_handles_comes_back(here: Cloud) -> None:
    answer = consume_facts(queued([envelope(listed(1))]), {InstitutionOpened: lambda _: None})
    assert answer == {"batchItemFailures": [{"itemIdentifier": "0"}]}


def test_plain_messages_are_given_as_they_are(here: Cloud) -> None:
    got: list[object] = []
    consume(queued([{"a": 1}]), got.append)
    assert got == [{"a": 1}]


@pytest.mark.parametrize("name", sorted(facts.FACTS))
def test_no_fact_has_room_for_personal_data(name: str) -> None:
    assert not FORBIDDEN & facts.FACTS[name].model_fields.keys()


def test_unknown_names_and_shapes_are_refused() -> None:
    with pytest.raises(Problem):
        facts.parse("person.invented", {})
    with pytest.raises(ValidationError):
        facts.parse("person.listed", {"institution": "9901"})


@pytest.mark.parametrize("place", ["BOARD", "WEB"])
@pytest.mark.parametrize("final", [False, True])
def test_an_announcement_of_an_institution_is_read_as_it_was_told(final: bool, place: Any) -> None:
    fact = AnnouncementRecorded(institution="9901", v=2, list_number=1, final=final, on=date(2022, 10, 3), place=place)
    assert facts.parse(fact.name, json.loads(fact.model_dump_json())) == fact


@pytest.mark.parametrize("wrong", [{"place": "RADIO"}, {"on": "3 Oktober 2022"}, {"list_number": None}])
def test_an_announcement_of_another_shape_is_refused(wrong: dict[str, object]) -> None:
    detail = {"institution": "9901", "v": 1, "list_number": 1, "final": False, "on": "2022-10-03", "place": "WEB"}
    assert facts.parse("announcement.recorded", detail).institution == "9901"
    with pytest.raises(ValidationError):
        facts.parse("announcement.recorded", detail | wrong)
