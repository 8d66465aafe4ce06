"""Complete or correct a draft; with every required field there it is registered (domain.md, section 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Round, Window
from services.kernel.writes.gate import ConditionLost
from services.registration.access.scope import load_to_work_on, require_unit
from services.registration.adapters import person_store, rules_store
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.person_row import differences
from services.registration.model.person_states import WINDOW, Action
from services.registration.people.entered_view import Entered, EnteredView, entered, require_sound, view_entered
from services.registration.rows.check_row import CheckedRow, check_row
from services.registration.rows.new_person import with_row
from services.registration.rows.row_body import DraftBody

_OTHER_NIK = "NIK draf tidak dapat diubah. Hapus draf ini, lalu masukkan orangnya dengan NIK yang benar."
_NOT_A_DRAFT = "Hanya draf yang dapat diubah di sini. Data yang sudah terdaftar diperbaiki dengan tombol Perbaiki data."


def complete_draft(pid: str, changes: DraftBody, *, institution: str, request: Request) -> EnteredView:
    """Put `changes` over the draft's fields (None takes a field away) and register it when nothing is missing.

    The form shows no NIK in full, so it sends none: a blank one leaves the draft's. Whoever changed a draft may not
    decide on the person (domain.md, section 2), as little as whoever made it.

    Raises:
        Problem: `not-found`, `own-record`, `version-moved`, `illegal-transition` for what is no draft,
            `invalid-fields`, `window-closed`, `window-not-open`, `try-again`.
    """
    person = load_to_work_on(request.actor, institution, pid)
    answer = request.once.answer(Entered, lambda: _complete(person, changes, request))
    return view_entered(person_store.load(pid), answer)


def _complete(person: Person, changes: DraftBody, request: Request) -> Entered:
    person.require_version(changes.v)
    if person.state is not PersonState.DRAF:
        raise Problem(Code.ILLEGAL_TRANSITION, _NOT_A_DRAFT)
    round_ = gate.read_round(person.institution)
    round_.require(_window(round_, request.received), request.received)
    rules_store.keep_fresh()
    after = completed(person, changes.given(), by=request.actor.id, at=request.received)
    require_unit(request.actor, after.unit_kerja)
    answer = entered(replace(after, v=person.v + 1))
    commit_draft(person, after, request, request.once.remember(answer))
    return answer


def completed(person: Person, changes: Mapping[str, Any], *, by: str, at: datetime) -> Person:
    """The draft with `changes` over its fields (None takes one away), registered when nothing is missing. Pure.

    Raises:
        Problem: `invalid-fields`.
    """
    checked = check_row(_merged(person.row, changes))
    row = require_sound(checked)
    if row["nik"] != person.row["nik"]:
        raise invalid_problem("nik", "nik-fixed", _OTHER_NIK)
    return _registered(with_row(person, row).edited(by), checked, at)


def commit_draft(before: Person, after: Person, request: Request, extra: Sequence[Operation] = ()) -> Person:
    """Write what `completed` made of a draft, under `ENTRY` or `CORRECTION`; the person as stored.

    Raises:
        Problem: `version-moved`, `window-closed`, `window-not-open`, `try-again`.
    """
    round_ = gate.read_round(before.institution)
    change = Change(before, after, _action(after), differences(before.row, after.row), extra)
    try:
        return person_store.commit(
            change,
            round_=round_,
            window=_window(round_, request.received),
            received=request.received,
            actor=request.actor.id,
        )
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost


def _window(round_: Round, received: datetime) -> Window:
    """`ENTRY`; once that has closed `CORRECTION`, for a draft that is there was there before (domain.md, section 4)."""
    entry = WINDOW[Action.REGISTER]
    return entry if received < round_.windows[entry].closes else Window.CORRECTION


def _merged(row: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    kept = {"nik": row["nik"]} if not changes.get("nik") else {}
    return {key: cell for key, cell in {**row, **changes, **kept}.items() if cell is not None}


def _registered(person: Person, checked: CheckedRow, received: datetime) -> Person:
    return person if checked.missing else person.moved(Action.REGISTER, received)


def _action(after: Person) -> str:
    return "edit-draft" if after.state is PersonState.DRAF else Action.REGISTER.value
