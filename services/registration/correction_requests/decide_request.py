"""Staff decide on a request, field by field; what is accepted is corrected as by their own hand (domain.md, section 3).

The institution's operators and admins decide. After five working days bkn may as well. The second look is somebody
else's, who neither entered the row nor refused. Whoever accepts changes the row, so he may not decide on its person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, Field

from services.kernel import clock
from services.kernel.problems import Code, FieldProblem, Problem, invalid_problem
from services.kernel.security.sessions import NATIONAL
from services.kernel.web.request import Request
from services.registration.access.scope import require_institution_and_unit
from services.registration.adapters import person_store
from services.registration.correction_requests.moving import find_request, store_moved
from services.registration.corrections.correcting import correct
from services.registration.model.correction_request import AskedField, CorrectionRequest, RequestState, Step
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.shared.tell_person import tell_request_decided
from services.registration.shared.views import OnVersion, Reason, Versioned

_NOT_ALL: Final = "Putuskan setiap isian yang diminta, terima atau tolak."
_NO_REASON: Final = "Tulis mengapa isian ini ditolak; orangnya membaca kalimat itu."
_NOT_YET_BKNS: Final = "Permohonan ini masih dalam waktu lima hari kerja instansinya. BKN memutuskannya sesudah itu."
_ANOTHER: Final = (
    "Tinjauan ulang diputuskan petugas lain: bukan yang menolak dan bukan yang memasukkan data orang ini. "
    "Bila tidak ada petugas lain, BKN memutuskannya sesudah lima hari kerja."
)


class FieldDecision(BaseModel):
    """What is decided on one field; `reason` is needed to refuse, and its person reads it."""

    name: Annotated[str, Field(max_length=64)]
    accepted: bool
    reason: Annotated[Reason | None, BeforeValidator(lambda text: text or None)] = None
    """A form sends an empty text where nothing was typed."""


class RequestDecision(OnVersion):
    """The decision on every field that is open, on the version of the record it was made on."""

    fields: Annotated[list[FieldDecision], Field(max_length=40)]


def decide_request(
    pid: str, identifier: str, decision: RequestDecision, *, institution: str, request: Request
) -> Versioned:
    """Decide, and correct what was accepted, in one write.

    Raises:
        Problem: `not-found`, `own-record`, `forbidden` for bkn before its time and for whose turn a second look is not,
            `illegal-transition` for one that is not open, `invalid-fields` when a field is not decided, is refused
            without reason, or cannot stand in the row; `version-moved`, `window-closed`, `window-not-open`,
            `try-again`.
    """
    dossier = person_store.load_dossier(pid)
    require_institution_and_unit(request.actor, institution, dossier.person)
    request.actor.require_another(pid)
    return request.once.answer(Versioned, lambda: _decide(dossier, identifier, decision, request))


def _decide(dossier: Dossier, identifier: str, decision: RequestDecision, request: Request) -> Versioned:
    person = dossier.person
    person.require_version(decision.v)
    asked = find_request(person, identifier)
    at = clock.millis(request.received)
    by = request.actor.id
    decided = _decided(asked.undecided, decision.fields)
    fields = tuple(decided.get(field.name, field) for field in asked.fields)
    moved = asked.moved(Step.DECIDE, fields=fields, decided_at=at, decided_by=(*asked.decided_by, by))
    _require_turn(person, asked, request)
    corrected = _corrected(dossier, list(decided.values()), request)
    answer = Versioned(v=person.v + 1)
    delta = {**corrected.delta, "refused": {field.name: field.reason for field in moved.refused}}
    told = tell_request_decided(person, moved)
    store_moved(
        person,
        corrected.person,
        moved,
        action=Step.DECIDE,
        delta=delta,
        request=request,
        extra=[*told, *request.once.remember(answer)],
    )
    return answer


@dataclass(frozen=True)
class _Corrected:
    person: Person
    delta: Mapping[str, Any]


def _corrected(dossier: Dossier, decided: Sequence[AskedField], request: Request) -> _Corrected:
    """The record with what was accepted; as it is where nothing was, or where all of it stands there already."""
    changes = {field.name: field.wanted for field in decided if field.accepted}
    if not changes:
        return _Corrected(dossier.person, {})
    correction = correct(dossier, changes, by=request.actor.id, at=request.received)
    return _Corrected(correction.after, correction.delta)


def _require_turn(person: Person, asked: CorrectionRequest, request: Request) -> None:
    actor = request.actor
    if actor.role in NATIONAL and not asked.is_bkns(request.received):
        raise Problem(Code.FORBIDDEN, _NOT_YET_BKNS)
    second = asked.state is RequestState.TINJAU_ULANG
    if second and (actor.id in asked.decided_by or actor.id == person.entered_by):
        raise Problem(Code.FORBIDDEN, _ANOTHER)


def _decided(open_fields: Sequence[AskedField], decisions: Sequence[FieldDecision]) -> dict[str, AskedField]:
    by_name = {decision.name: decision for decision in decisions}
    if by_name.keys() != {field.name for field in open_fields} or len(by_name) != len(decisions):
        raise invalid_problem("fields", "not-all", _NOT_ALL)
    silent = [one.name for one in decisions if not one.accepted and not one.reason]
    if silent:
        raise Problem(Code.INVALID_FIELDS, fields=[FieldProblem(name, "required", _NO_REASON) for name in silent])
    return {
        field.name: replace(
            field,
            accepted=by_name[field.name].accepted,
            reason=None if by_name[field.name].accepted else by_name[field.name].reason,
        )
        for field in open_fields
    }
