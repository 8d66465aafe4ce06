"""Parcels: what goes in comes out once each, and an event of the bus never grows too large."""

import itertools
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel import clock
from services.kernel.aws.events import BATCH, portions
from services.kernel.events.facts import FACTS, Fact, InstitutionLocked, PersonListed, parse
from services.kernel.events.parcels import MAX_FACTS, ROOM, pack, unpack
from services.kernel.states import Category, PersonState

NOW = clock.now()
LIMIT = 256 * 1024
"""Of an entry of the bus, and of a message of SQS."""


def listed(number: int, nama: str = "Contoh") -> PersonListed:
    return PersonListed(
        institution="9901",
        v=number,
        pid=f"p{number}",
        state=PersonState.TERDAFTAR,
        nama=nama,
        unit_kerja="Dinas",
        jabatan="Guru",
        kategori=Category.NON_ASN,
        nomor_registrasi=f"R{number}",
    )


def locked(number: int) -> InstitutionLocked:
    return InstitutionLocked(institution="9901", v=number, locked_at=NOW)


def message(name: str, detail: str) -> dict[str, Any]:
    """What a rule makes of an entry, in a queue."""
    body = {
        "id": "e",
        "detail-type": name,
        "source": "pendataan.registration",
        "time": "t",
        "detail": json.loads(detail),
    }
    return {"messageId": "m", "attributes": {"ApproximateReceiveCount": "1"}, "body": json.dumps(body)}


def opened(facts: Sequence[Fact]) -> list[Fact]:
    """The facts of all parcels, as listeners read them."""
    messages = [one for parcel in pack(facts) for one in unpack(message(parcel.name, parcel.detail))]
    envelopes = [json.loads(one["body"]) for one in messages]
    return [parse(envelope["detail-type"], envelope["detail"]) for envelope in envelopes]


names = st.one_of(st.text(max_size=40), st.integers(1, 60_000).map(lambda n: "é" * n))
told = st.lists(
    st.one_of(st.builds(listed, st.integers(1, 9), names), st.builds(locked, st.integers(1, 9))), max_size=30
)


@given(told)
def test_what_goes_in_comes_out_once_each(facts: list[Fact]) -> None:
    parcels = pack(facts)
    assert sorted(place for parcel in parcels for place in parcel.places) == list(range(len(facts)))
    assert [parcel.places[0] for parcel in parcels] == sorted(parcel.places[0] for parcel in parcels)
    assert all(list(parcel.places) == sorted(parcel.places) for parcel in parcels)
    assert sorted(fact.model_dump_json() for fact in opened(facts)) == sorted(fact.model_dump_json() for fact in facts)
    assert all(parcel.size <= ROOM for parcel in parcels)


def test_it_is_full_to_the_byte() -> None:
    bare = pack([listed(1, ""), listed(2, "")])[0].size
    full = [listed(1, ""), listed(2, "x" * (ROOM - bare))]
    over = [listed(1, ""), listed(2, "x" * (ROOM - bare + 1))]
    assert [parcel.size for parcel in pack(full)] == [ROOM]
    assert [parcel.places for parcel in pack(over)] == [(0,), (1,)]


def test_bytes_are_counted_not_letters() -> None:
    half = ROOM // 2 // len("é".encode())
    assert [parcel.places for parcel in pack([listed(1, "é" * half), listed(2, "é" * half)])] == [(0,), (1,)]
    assert [parcel.places for parcel in pack([listed(1, "e" * half), listed(2, "e" * half)])] == [(0, 1)]


def test_a_hundred_travel_together_and_the_next_with_the_next_hundred() -> None:
    assert [len(parcel.places) for parcel in pack([listed(n) for n in range(2 * MAX_FACTS + 1)])] == [
        MAX_FACTS,
        MAX_FACTS,
        1,
    ]


def test_what_is_seldom_told_travels_alone() -> None:
    facts = [listed(1), locked(1), listed(2), locked(2)]
    assert [(parcel.name, parcel.places) for parcel in pack(facts)] == [
        ("person.listed", (0, 2)),
        ("institution.locked", (1,)),
        ("institution.locked", (3,)),
    ]
    assert {name for name, fact in FACTS.items() if fact.many} == {"person.listed", "file.accepted", "file.rejected"}


def test_a_parcel_of_one_is_the_plain_event_of_its_fact() -> None:
    (parcel,) = pack([listed(1)])
    assert parcel.detail == listed(1).model_dump_json()
    whole = message(parcel.name, parcel.detail)
    assert unpack(whole) == [whole]


def test_facts_of_a_parcel_have_ids_of_their_own_and_all_else_of_its_event() -> None:
    (parcel,) = pack([listed(1), listed(2)])
    first, second = unpack(message(parcel.name, parcel.detail))
    assert [first["messageId"], second["messageId"]] == ["m#0", "m#1"]
    body = json.loads(second["body"])
    assert (body.pop("id"), body.pop("detail")) == ("e#1", listed(2).model_dump(mode="json"))
    assert body == {"detail-type": "person.listed", "source": "pendataan.registration", "time": "t"}


@pytest.mark.parametrize(
    "body", ["text", "[1]", "{}", '{"detail": []}', '{"detail": {"facts": []}}', '{"detail": {"facts": 1}}']
)
def test_what_is_no_parcel_is_left_as_it_is(body: str) -> None:
    assert unpack({"messageId": "m", "body": body}) == [{"messageId": "m", "body": body}]


@given(st.lists(st.integers(1, 12), max_size=40), st.integers(1, 12))
def test_portions_keep_order_and_room(sizes: list[int], room: int) -> None:
    cut = list(portions(sizes, lambda size: size, room=room))
    assert [size for part in cut for size in part] == sizes
    assert all(len(part) <= BATCH and (sum(part) <= room or len(part) == 1) for part in cut)
    pairs = itertools.pairwise(cut)
    assert all(len(part) == BATCH or sum(part) + after[0] > room for part, after in pairs), "none is cut too early"


def test_a_parcel_and_what_surrounds_it_stay_under_the_limit() -> None:
    envelope = message("person.listed", "{}")["body"]
    assert ROOM + len(envelope) + 1000 < LIMIT


def test_an_import_of_five_thousand_people_is_fifty_events() -> None:
    people = [listed(n, nama="Nama Orang Contoh Yang Panjang") for n in range(5000)]
    batches = [people[start : start + MAX_FACTS] for start in range(0, len(people), MAX_FACTS)]
    events = [parcel for batch in batches for parcel in pack(batch)]
    assert len(events) == 50
    assert max(event.size for event in events) < 64 * 1024, "more would be billed as several"
