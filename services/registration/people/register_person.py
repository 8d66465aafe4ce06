"""Enter one person by hand (domain.md, section 3). Whoever lacks a required field is kept as a draft.

A NIK that another institution has claimed is detected, not rejected: the person is stored as KONFLIK.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.kernel.aws.dynamodb import Operation
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.access.scope import require_unit
from services.registration.adapters import person_store, rules_store
from services.registration.model.person import Person
from services.registration.model.person_states import Action
from services.registration.people.commit_new import Entry, commit_new
from services.registration.people.entered_view import Entered, EnteredView, entered, require_sound, view_entered
from services.registration.rows.check_row import check_row
from services.registration.rows.new_person import new_person
from services.registration.rows.row_body import RowBody


def register_person(row: RowBody, *, institution: str, request: Request) -> EnteredView:
    """Check the row, ask the engine, claim the NIK and store the person, in one gated transaction.

    Raises:
        Problem: `not-found` for another institution, `invalid-fields`, `own-record`, `conflict` when the institution
            has the person already, `window-closed`, `window-not-open`, `try-again`.
    """
    request.actor.require_institution(institution)
    answer = request.once.answer(Entered, lambda: entered(_enter(row.given(), institution, request)))
    return view_entered(person_store.load(answer.id), answer)


def _enter(fields: Mapping[str, Any], institution: str, request: Request) -> Person:
    gate.read_round(institution).require(Window.ENTRY, request.received)
    checked = check_row(fields)
    row = require_sound(checked)
    rules_store.keep_fresh()
    require_unit(request.actor, row.get("unit_kerja", ""))
    person = new_person(
        row,
        is_draft=checked.is_draft,
        institution=institution,
        entered_by=request.actor.id,
        at=request.received,
    )
    request.actor.require_another(person.pid)

    def remember(stored: Person) -> list[Operation]:
        return request.once.remember(entered(replace(stored, v=1)))

    return commit_new(person, Entry(Window.ENTRY, Action.REGISTER.value, {}, remember), request)
