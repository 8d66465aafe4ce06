"""What becomes of a verdict that stands: void where a criterion's inputs changed and the deed counts, else marked."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel import clock
from services.kernel.states import PersonState
from services.registration.eligibility.advice import Advice, Assessment, Criterion, CriterionAdvice
from services.registration.model.person import Person
from services.registration.model.private import Mark, Private
from services.registration.people.standing_verdict import changed_criteria, settle
from services.registration.shared.views import view_changes
from tests.registration.model.test_person_states import AT, person

DECIDED = (PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT)
LATER = AT + timedelta(hours=1)


def assessed(state: PersonState = PersonState.MEMENUHI_SYARAT, **inputs: Any) -> Person:
    """Somebody whose one criterion was judged by these inputs."""
    criterion = CriterionAdvice(Criterion.MASA_KERJA, Advice.LOLOS, "", "", inputs)
    assessment = Assessment("2022.1", (criterion,))
    return replace(person(state, PersonState.DIAJUKAN), private=Private(assessment=assessment))


@pytest.mark.parametrize(
    ("now", "changed"), [({"hari": 365}, set()), ({"hari": 364}, {"MASA_KERJA"}), ({}, {"MASA_KERJA"})]
)
def test_a_criterion_changes_with_its_inputs(now: dict[str, Any], changed: set[str]) -> None:
    assert changed_criteria(assessed(hari=365), assessed(**now)) == changed


def test_another_sentence_or_advice_on_the_same_inputs_changes_nothing() -> None:
    reworded = CriterionAdvice(Criterion.MASA_KERJA, Advice.TIDAK, "", "lain", {"hari": 365})
    after = replace(assessed(), private=Private(assessment=Assessment("2023.1", (reworded,))))
    assert changed_criteria(assessed(hari=365), after) == set()


@pytest.mark.parametrize("state", DECIDED)
@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("days", [365, 364])
def test_void_where_inputs_changed_by_a_deed_that_counts_else_marked(
    state: PersonState, counts: bool, days: int
) -> None:
    after = settle(assessed(state, hari=365), assessed(state, hari=days), {"sekolah": ["A", "B"]}, AT, counts=counts)
    if counts and days == 364:
        assert (after.state, after.marks) == (PersonState.DIAJUKAN, {})
    else:
        assert (after.state, after.marks) == (state, {"sekolah": Mark(clock.millis(AT), "A")})


@pytest.mark.parametrize("state", [state for state in PersonState if state not in DECIDED])
def test_without_a_verdict_nothing_is_void_or_marked(state: PersonState) -> None:
    changed = assessed(state, hari=364)
    assert settle(assessed(state, hari=365), changed, {"sekolah": ["A", "B"]}, AT, counts=True) == changed


def test_a_mark_keeps_what_was_decided_upon_and_the_latest_instant() -> None:
    decided = assessed(hari=365)
    once = settle(decided, decided, {"sekolah": ["A", "B"], "active": [None, False]}, AT, counts=False)
    again = settle(once, once, {"sekolah": ["B", "C"]}, LATER, counts=False)
    assert [(one.field, one.before, one.at) for one in view_changes(again)] == [
        ("active", {}, AT),
        ("sekolah", {"sekolah": "A"}, LATER),
    ]
    back = settle(again, again, {"sekolah": ["C", "A"]}, LATER, counts=False)
    assert [one.field for one in view_changes(back)] == ["active"]


def test_an_appointment_is_told_as_one_with_what_it_said() -> None:
    decided, fields = assessed(hari=365), {"jabatan": "Guru Kelas", "tanggal_mulai": "2020-01-02"}
    after = settle(decided, decided, {"0a1b2c3d": [fields, None], "4e5f6a7b": [None, fields]}, AT, counts=False)
    assert [(one.field, one.before) for one in view_changes(after)] == [("riwayat", fields), ("riwayat", {})]


VALUES = st.sampled_from([None, "A", "B"])


@given(st.fixed_dictionaries(dict.fromkeys("xyz", VALUES)), st.lists(st.tuples(st.sampled_from("xyz"), VALUES)))
def test_marked_is_what_differs_from_what_was_decided_upon(
    decided_upon: dict[str, str | None], edits: list[tuple[str, str | None]]
) -> None:
    """Against a plain comparison, whatever is changed in whatever order, and changed back."""
    record, now = assessed(hari=365), dict(decided_upon)
    for name, value in edits:
        if now[name] != value:
            record = settle(record, record, {name: [now[name], value]}, AT, counts=False)
            now[name] = value
    differing = {name: decided_upon[name] for name in now if now[name] != decided_upon[name]}
    assert {name: mark.before for name, mark in record.marks.items()} == differing
