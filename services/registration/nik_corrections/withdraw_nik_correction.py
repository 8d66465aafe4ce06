"""Take a wish for another NIK back, or refuse it: whoever asked, or an admin."""

from dataclasses import replace
from typing import Final

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Role
from services.kernel.web.request import Request
from services.registration.access.scope import load_to_work_on
from services.registration.adapters import asked_nik_store
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.nik_corrections.commit_asked import commit_asked
from services.registration.shared.views import Versioned, WithReason

ACTION: Final = "drop-nik-correction"
_ANOTHERS: Final = "Perbaikan NIK ini diajukan petugas lain. Yang mengajukan dapat menariknya; admin dapat menolaknya."


def withdraw_nik_correction(pid: str, why: WithReason, *, institution: str, request: Request) -> Versioned:
    """End what was asked; the record stays as it is, and says who ended it and why.

    Raises:
        Problem: `not-found`, also when nothing is asked; `own-record`, `forbidden`, `version-moved`, `window-closed`,
            `window-not-open`, `try-again`.
    """
    person = load_to_work_on(request.actor, institution, pid)
    return request.once.answer(Versioned, lambda: _drop(person, why, request))


def _drop(person: Person, why: WithReason, request: Request) -> Versioned:
    person.require_version(why.v)
    asked = asked_nik_store.load(person)
    if asked is None:
        raise Problem(Code.NOT_FOUND)
    if request.actor.role is not Role.ADMIN and asked.by != request.actor.id:
        raise Problem(Code.FORBIDDEN, _ANOTHERS)
    answer = Versioned(v=person.v + 1)
    extra = [asked_nik_store.drop(person), *request.once.remember(answer)]
    change = Change(person, replace(person, nik_asked=False), ACTION, {"reason": why.reason}, extra)
    commit_asked(change, request)
    return answer
