"""Whom an accepted usulan proposes, as a draft that is not stored yet: NIK, name, birth date, unit and job title."""

from dataclasses import replace

from services.kernel.cases.handover import Proposed
from services.kernel.web.request import Request
from services.registration.adapters import rules_store
from services.registration.model.person import Person
from services.registration.people.entered_view import require_sound
from services.registration.rows.check_row import CheckedRow, check_row
from services.registration.rows.columns import NEVER_DRAFT
from services.registration.rows.new_person import new_person
from services.registration.rows.row_problems import left_blank_problem


def check_proposed(proposed: Proposed) -> CheckedRow:
    """The row as it can be kept: what was written beside NIK and name and is no good is left, with a warning."""
    given = {name: text for name, text in proposed.model_dump().items() if text}
    checked = check_row(given)
    unfit = {problem.column for problem in checked.problems}
    if not unfit or not unfit.isdisjoint(NEVER_DRAFT):
        return checked
    rest = check_row({name: text for name, text in given.items() if name not in unfit})
    return replace(rest, warnings=(*rest.warnings, *map(left_blank_problem, checked.problems)))


def draft_of(checked: CheckedRow, institution: str, request: Request) -> Person:
    """The draft that is made of it, entered by whoever decides.

    Raises:
        Problem: `invalid-fields` where NIK or name cannot be kept.
    """
    rules_store.keep_fresh()
    return new_person(
        require_sound(checked),
        is_draft=True,
        institution=institution,
        entered_by=request.actor.id,
        at=request.received,
    )
