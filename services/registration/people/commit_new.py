"""Store somebody who was not here before, with a claim on his NIK; whoever is here already is not entered twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.access.scope import in_scope
from services.registration.adapters import person_store
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.person_states import Action
from services.registration.people.claim_nik import claim_nik
from services.registration.people.corrected_before import stood_here

_ALREADY = "NIK ini sudah terdaftar di instansi Anda. Buka data yang sudah ada; jangan mendaftarkannya dua kali."
_OTHER_UNIT = "NIK ini sudah terdaftar pada unit lain di instansi Anda. Tanyakan kepada admin instansi Anda."
_DELETED = (
    "NIK ini pernah terdaftar di instansi Anda lalu dihapus. Minta admin instansi memulihkannya dari daftar orang."
)
_CORRECTED = (
    "NIK ini salah untuk orang ini dan sudah diperbaiki: ia terdaftar dengan NIK yang benar. Cari namanya pada daftar "
    "orang; jangan mendaftarkannya lagi."
)


@dataclass(frozen=True)
class Entry:
    """How somebody comes to be here: in which window, by which deed of the audit trail, and what joins the write."""

    window: Window
    action: str
    delta: Mapping[str, Any]
    beside: Callable[[Person], Sequence[Operation]]
    """Asked with the person as he will be stored, who may be KONFLIK by then."""


def commit_new(person: Person, entry: Entry, request: Request) -> Person:
    """Claim the NIK and store the person in one gated transaction; as KONFLIK where another institution claims it.

    Raises:
        Problem: `conflict` when the institution has the person already, `window-closed`, `window-not-open`,
            `try-again`.
    """
    free = _at_vacant_id(person)
    return claim_nik(
        free,
        free.moved(Action.CLAIM_ELSEWHERE, request.received),
        lambda candidate, claim: _commit(candidate, claim, entry, request),
    )


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


def _commit(person: Person, claim: Operation, entry: Entry, request: Request) -> Person:
    told = {**entry.delta, "row": dict(person.row), "state": person.state.value}
    change = Change(None, person, entry.action, told, [claim, *entry.beside(person)])
    round_ = gate.read_round(person.institution)
    try:
        return person_store.commit(
            change, round_=round_, window=entry.window, received=request.received, actor=request.actor.id
        )
    except Problem as problem:
        if problem.code is Code.VERSION_MOVED:
            raise _already_there_problem(person.pid, request.actor) from problem
        raise


def _already_there_problem(pid: str, actor: Actor) -> Problem:
    there = person_store.load(pid)
    if not in_scope(actor, there.unit_kerja):
        return Problem(Code.CONFLICT, _OTHER_UNIT)
    deleted = there.state is PersonState.DIHAPUS
    return Problem(Code.CONFLICT, _DELETED if deleted else _ALREADY, id=pid)
