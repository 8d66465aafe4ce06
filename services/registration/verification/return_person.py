"""A verifikator hands a record back to its person: why, and what exactly to mend (domain.md, section 4)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import BeforeValidator, Field

from services.kernel import clock
from services.kernel.problems import Code, FieldProblem, Problem
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.registration.access.scope import load_dossier_to_work_on
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.model.dossier import Dossier
from services.registration.model.person_states import Action
from services.registration.model.private import NotedDecision
from services.registration.model.verdict import Mend
from services.registration.shared.views import Moved, OnVersion, Reason
from services.registration.verification.commit_decision import commit_decision
from services.registration.verification.four_eyes import decides_under_waiver, invited_by_workers


def _blank_is_none(text: object) -> object:
    return text.strip() or None if isinstance(text, str) else text


class Return(OnVersion):
    """Why a record goes back, in a sentence its person reads, and what he is to mend."""

    reason: Annotated[Reason | None, BeforeValidator(_blank_is_none)] = None
    mend: Annotated[Sequence[Mend], Field(max_length=len(Mend))] = ()


def return_person(pid: str, wish: Return, *, institution: str, request: Request) -> Moved:
    """Hand the record back; what was decided before on its criteria is void.

    Raises:
        Problem: `not-found`, `own-record`, `entered-by-you`, `entered-by-sponsor`, `version-moved`,
            `illegal-transition`, `invalid-fields` without a reason or anything to mend, `return-too-late`,
            `window-closed`, `window-not-open`, `try-again`.
    """
    dossier = load_dossier_to_work_on(request.actor, institution, pid)
    return request.once.answer(Moved, lambda: _return(dossier, wish, request))


def _return(dossier: Dossier, wish: Return, request: Request) -> Moved:
    person = dossier.person
    waived = decides_under_waiver(dossier, request.actor, request.received)
    person.require_version(wish.v)
    moved = person.moved(Action.RETURN, request.received)
    _require_told(wish)
    advised = assess_dossier(moved, dossier.histories, dossier.files)
    noted = NotedDecision(
        at=clock.millis(request.received),
        by=request.actor.id,
        decision=PersonState.DIKEMBALIKAN,
        reason=wish.reason,
        advice=advised.assessment.overall,
        rule_version=advised.assessment.rule_version,
        under_waiver=waived,
        invited=waived and invited_by_workers(dossier, request.actor),
        mend=tuple(dict.fromkeys(wish.mend)),
    )
    private = replace(advised.private, decisions=(*advised.private.decisions, noted))
    return commit_decision(person, replace(advised, private=private), Action.RETURN, request)


def _require_told(wish: Return) -> None:
    """Refuse a return that does not say why, or what to mend.

    Raises:
        Problem: `invalid-fields`.
    """
    faults = []
    if not wish.reason:
        faults.append(FieldProblem("reason", "missing", "Tulis alasan pengembalian; orangnya akan membacanya."))
    if not wish.mend:
        faults.append(FieldProblem("mend", "missing", "Pilih apa yang harus diperbaiki orang ini."))
    if faults:
        raise Problem(Code.INVALID_FIELDS, fields=faults)
