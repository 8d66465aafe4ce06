"""What becomes of a verdict that stands when the record under it changes (domain.md, section 3, "Putting right").

Where an input of a criterion changed the verdict is void on that criterion, and so the whole. Where none did, or where
the deed of whoever changed it does not count, the verdict stands and what he changed is marked: *diubah sesudah
putusan*. A mark keeps what was decided upon, so that both can be seen beside each other; what is changed back is marked
no more.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.kernel import clock
from services.registration.eligibility.advice import Criterion, InputValue
from services.registration.model.person import Person
from services.registration.model.private import Mark


def settle(before: Person, after: Person, delta: Mapping[str, Any], at: datetime, *, counts: bool) -> Person:
    """The changed record with its verdict void, or standing and marked.

    Where it was void before, or none was given, the verdicts that still stand on single criteria end the same way.

    Args:
        before: the record as stored, with the engine's advice of this moment.
        after: the record as changed, likewise.
        delta: what was changed, `{field: [before, after]}`, None for what was not there or is gone.
        at: when.
        counts: whether the deed may void a verdict.
    """
    changed = changed_criteria(before, after)
    if not before.is_decided:
        return after.without_verdict_on(changed) if before.private.voided else after
    if counts and changed:
        return after.voided(changed, at)
    return replace(after, private=replace(after.private, marks=_marked(before.marks, delta, clock.millis(at))))


def changed_criteria(before: Person, after: Person) -> frozenset[Criterion]:
    """The criteria whose inputs are others than before, by name."""
    old, new = _inputs(before), _inputs(after)
    return frozenset(name for name in {*old, *new} if old.get(name) != new.get(name))


def _inputs(person: Person) -> dict[Criterion, Mapping[str, InputValue]]:
    return {one.criterion: one.inputs for one in person.assessment.criteria}


def _marked(marks: Mapping[str, Mark], delta: Mapping[str, Any], at: int) -> dict[str, Mark]:
    marked = dict(marks)
    for field, (before, after) in delta.items():
        decided = marked.pop(field).before if field in marked else before
        if decided != after:
            marked[field] = Mark(at, decided)
    return marked
