"""Say, as another one, whether a verdict that was drawn for a second check is right (docs/adr/0023).

The law names who may void a verdict, and whoever checks it is not among them (domain.md, section 4): not to agree voids
nothing. It is a mark, with its reason for staff alone, that the institution's PPK and bkn are told.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from services.kernel import clock
from services.kernel.problems import Code, FieldProblem, Problem
from services.kernel.states import VerdictMark
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost
from services.registration.access.scope import load_dossier_to_work_on
from services.registration.adapters import person_store
from services.registration.eligibility.advice import Criterion
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.private import SecondCheck
from services.registration.shared.views import OnVersion, Reason, Versioned
from services.registration.verification.four_eyes import second_hindrance

SHORTEST_REASON: Final = 20
"""Letters of a reason that tells whoever decides anew what to look at."""
_NOT_DRAWN: Final = "Putusan ini tidak menunggu pemeriksaan kedua. Muat ulang untuk melihat keadaannya."


class Opinion(OnVersion):
    """Whether he agrees with the verdict on this version of the record; if not, on which criteria, and why."""

    agrees: bool
    criteria: Annotated[Sequence[Criterion], Field(max_length=len(Criterion))] = ()
    reason: Annotated[Reason | None, BeforeValidator(lambda text: text or None)] = None


def check_verdict(pid: str, opinion: Opinion, *, institution: str, request: Request) -> Versioned:
    """Note what he says beside the verdict, which stands as before.

    Raises:
        Problem: `not-found`, `own-record`, `version-moved`, `illegal-transition` where no verdict waits for a check,
            `entered-by-you`, `entered-by-sponsor`, `forbidden` to whoever decided or was invited by him,
            `invalid-fields` without criteria or a reason, `window-closed`, `window-not-open`, `try-again`.
    """
    dossier = load_dossier_to_work_on(request.actor, institution, pid)

    def check() -> Versioned:
        dossier.person.require_version(opinion.v)
        if not dossier.person.waits_for_check:
            raise Problem(Code.ILLEGAL_TRANSITION, _NOT_DRAWN)
        hindered = second_hindrance(dossier, request.actor)
        if hindered is not None:
            raise hindered
        return _note(dossier.person, opinion, request)

    return request.once.answer(Versioned, check)


def _note(person: Person, opinion: Opinion, request: Request) -> Versioned:
    second = _second(opinion, request)
    answer = Versioned(v=person.v + 1)
    change = Change(person, _checked(person, second), "check-verdict", _delta(second), request.once.remember(answer))
    try:
        person_store.commit(
            change,
            round_=gate.read_round(person.institution),
            window=Window.VERIFICATION,
            received=request.received,
            actor=request.actor.id,
        )
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost
    return answer


def _delta(second: SecondCheck) -> dict[str, Any]:
    """The check for the audit trail, whose link has the instant and the actor."""
    said = {"agrees": second.agrees, "criteria": second.criteria, "reason": second.reason}
    return said if second.reason else {"agrees": second.agrees}


def _second(opinion: Opinion, request: Request) -> SecondCheck:
    """What is kept of it; who agrees says no more.

    Raises:
        Problem: `invalid-fields`.
    """
    at, by = clock.millis(request.received), request.actor.id
    if opinion.agrees:
        return SecondCheck(at, by, agrees=True)
    faults = []
    if not opinion.criteria:
        faults.append(FieldProblem("criteria", "missing", "Pilih kriteria yang menurut Anda diputuskan lain."))
    if len(opinion.reason or "") < SHORTEST_REASON:
        sentence = f"Tulis alasannya, paling sedikit {SHORTEST_REASON} huruf; petugas lain akan membacanya."
        faults.append(FieldProblem("reason", "too-short", sentence))
    if faults:
        raise Problem(Code.INVALID_FIELDS, fields=faults)
    criteria = tuple(each for each in Criterion if each in opinion.criteria)
    return SecondCheck(at, by, agrees=False, criteria=criteria, reason=opinion.reason)


def _checked(person: Person, second: SecondCheck) -> Person:
    *earlier, standing = person.private.decisions
    private = replace(person.private, decisions=(*earlier, replace(standing, second=second)))
    marks = tuple(mark for mark in person.judged if mark is not VerdictMark.MENUNGGU_PEMERIKSAAN)
    return replace(person, judged=marks if second.agrees else (*marks, VerdictMark.TIDAK_SEPENDAPAT), private=private)
