"""Enter one person by hand (domain.md, section 3). Whoever lacks a required field is kept as a draft.

A NIK that another institution has claimed is detected, not rejected: the person is stored as KONFLIK.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Round, Window
from services.kernel.writes.idempotency import Once
from services.registration.access.scope import in_scope, require_unit
from services.registration.adapters import person_store, rules_store
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.person_states import Action
from services.registration.people.claim_nik import claim_nik
from services.registration.people.corrected_before import stood_here
from services.registration.people.entered_view import Entered, EnteredView, entered, require_sound, view_entered
from services.registration.rows.check_row import check_row
from services.registration.rows.new_person import new_person
from services.registration.rows.row_body import RowBody

_ALREADY = "NIK ini sudah terdaftar di instansi Anda. Buka data yang sudah ada; jangan mendaftarkannya dua kali."
_OTHER_UNIT = "NIK ini sudah terdaftar pada unit lain di instansi Anda. Tanyakan kepada admin instansi Anda."
_DELETED = (
    "NIK ini pernah terdaftar di instansi Anda lalu dihapus. Minta admin instansi memulihkannya dari daftar orang."
)
_CORRECTED = (
    "NIK ini salah untuk orang ini dan sudah diperbaiki: ia terdaftar dengan NIK yang benar. Cari namanya pada daftar "
    "orang; jangan mendaftarkannya lagi."
)


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
    round_ = gate.read_round(institution)
    round_.require(Window.ENTRY, request.received)
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
    return _store(_at_vacant_id(person), round_, request)


def _at_vacant_id(person: Person) -> Person:
    """Under a NIK that was somebody else's by mistake, beside his record; he himself is not entered under it again.

    Raises:
        Problem: `conflict`.
    """
    vacant = person_store.vacant_pid(person.institution, person.row["nik"])
    if vacant == person.pid:
        return person
    if stood_here(person):
        raise Problem(Code.CONFLICT, _CORRECTED)
    return replace(person, pid=vacant)


def _store(person: Person, round_: Round, request: Request) -> Person:
    disputed = person.moved(Action.CLAIM_ELSEWHERE, request.received)
    return claim_nik(person, disputed, lambda candidate, claim: _commit(candidate, claim, round_, request))


def _commit(person: Person, claim: Operation, round_: Round, request: Request) -> Person:
    extra = [claim, *_remember(person, request.once)]
    change = Change(None, person, "register", {"row": dict(person.row), "state": person.state.value}, extra)
    try:
        return person_store.commit(
            change, round_=round_, window=Window.ENTRY, received=request.received, actor=person.entered_by
        )
    except Problem as problem:
        if problem.code is Code.VERSION_MOVED:
            raise _already_there_problem(person.pid, request.actor) from problem
        raise


def _remember(person: Person, once: Once) -> list[Operation]:
    return once.remember(entered(replace(person, v=1)))


def _already_there_problem(pid: str, actor: Actor) -> Problem:
    there = person_store.load(pid)
    if not in_scope(actor, there.unit_kerja):
        return Problem(Code.CONFLICT, _OTHER_UNIT)
    deleted = there.state is PersonState.DIHAPUS
    return Problem(Code.CONFLICT, _DELETED if deleted else _ALREADY, id=pid)
