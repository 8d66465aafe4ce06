"""The private half of a person stays stored as it was before it had types: seals and chains hang on it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.kernel.states import PersonState
from services.registration.adapters.private_items import to_private, to_private_item
from services.registration.adapters.row_store import first_hash
from services.registration.model.person import Person
from services.registration.model.private import Private
from services.registration.model.sealed_row import commitment, private_record
from tests.registration.model.test_person_states import person

STORED = (Path(__file__).parent / "private_item.json").read_text("utf-8")
ITEM: dict[str, Any] = json.loads(STORED)
"""As the portal stored it, one person with everything there can be."""
MAY_LACK = ("origin", "marks", "corrected", "contact", "typed", "active_at", "education", "deletion")


def stored_again(item: dict[str, Any]) -> Any:
    return json.loads(json.dumps(to_private_item(to_private(item))))


def test_what_was_stored_is_written_the_same_to_the_byte() -> None:
    assert json.dumps(to_private_item(to_private(ITEM)), ensure_ascii=False, indent=1) + "\n" == STORED


@pytest.mark.parametrize("lacking", MAY_LACK)
def test_what_is_not_there_is_not_written(lacking: str) -> None:
    item = {name: part for name, part in ITEM.items() if name != lacking}
    assert stored_again(item) == item


@pytest.mark.parametrize("name", ["marks", "typed"])
def test_nothing_marked_or_typed_otherwise_is_not_the_same_as_never_asked(name: str) -> None:
    assert stored_again({**ITEM, name: {}}) == {**ITEM, name: {}}


def test_commitment_and_first_hash_are_those_of_before() -> None:
    sealed = replace(person(PersonState.MEMENUHI_SYARAT), private=to_private(ITEM))
    assert commitment(private_record(sealed), "00") == (
        "ae7ec5d903a4eb801ac884709aad8e6bbb57283c3d8ee9821e0da9bc46783755"
    )
    assert first_hash("p", sealed.row, "00") == "39da1780a597bd25442b05aaf51ab06ebf1599a3fcccba2a4cebaa819aeb64ae"


@pytest.mark.parametrize("part", [lambda one: one.row, lambda one: one.assessment])
def test_a_record_read_without_its_private_part_says_so(part: Any) -> None:
    unopened: Person = replace(person(PersonState.TERDAFTAR), private=Private())
    with pytest.raises(LookupError, match="without its private part"):
        part(unopened)
