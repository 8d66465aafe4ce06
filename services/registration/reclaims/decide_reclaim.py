"""Two members of staff decide to whom an account belongs: neither printed the sheet (domain.md, section 3)."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.registration.access.scope import require_institution_and_unit
from services.registration.access.staff_roles import VOUCHERS
from services.registration.adapters import access_log, person_store, reclaim_store
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.model.reclaim_claim import STEPS, Claim, Deed, Step, Vote, found
from services.registration.reclaims.hand_over_account import Brought, Handing, hand_over_account
from services.registration.trails.actors import ActorView, view_actors

ACTION: Final = "decide-reclaim"
_NOTHING = "Tidak ada permintaan yang menunggu keputusan petugas bagi akun ini."


class ReclaimRuling(BaseModel):
    """Whether the account belongs to the claimant."""

    agreed: bool


class ReclaimDecided(BaseModel):
    """Where the claim stands then."""

    step: Step


class ReclaimView(BaseModel):
    """A claim as staff see it; `until` is when the owner's time ends, null where staff decide.

    `yours`: the reader may decide on it now. `voices`: who found what.
    """

    step: Step
    at: datetime
    until: datetime | None
    yours: bool
    voices: list["VoiceView"]


class VoiceView(BaseModel):
    """What a member of staff found."""

    by: ActorView
    agreed: bool


def view_reclaim(person: Person, actor: Actor) -> ReclaimView | None:
    """The claim that waits for this person's account."""
    claim = reclaim_store.find(person.pid)
    if claim is None:
        return None
    known = view_actors([vote.by for vote in claim.votes], pid=person.pid, institution=person.institution)
    return ReclaimView(
        step=claim.step,
        at=claim.at.astimezone(clock.WIB),
        until=claim.until.astimezone(clock.WIB) if claim.step is Step.OWNER else None,
        yours=may_decide(claim, person, actor),
        voices=[VoiceView(by=known[vote.by], agreed=vote.agreed) for vote in claim.votes],
    )


def may_decide(claim: Claim, person: Person, actor: Actor) -> bool:
    """Whether a reader may say now to whom the account belongs, as far as the claim goes."""
    asked = claim.step is Step.STAFF and actor.role in VOUCHERS
    return asked and actor.own != person.pid and not _is_bound(claim, person, actor)


def decide_reclaim(pid: str, ruling: ReclaimRuling, *, institution: str, request: Request) -> ReclaimDecided:
    """Keep what he found; where two are of one mind, that is done.

    Raises:
        Problem: `not-found`, `own-record`, `conflict` where nothing waits for staff, `second-person-needed` for who
            printed the sheet, helped this person or found something already; `version-moved`.
    """
    dossier = person_store.load_dossier(pid)
    require_institution_and_unit(request.actor, institution, dossier.person)
    request.actor.require_another(pid)
    return request.once.answer(ReclaimDecided, lambda: _decide(dossier, ruling, request))


def _decide(dossier: Dossier, ruling: ReclaimRuling, request: Request) -> ReclaimDecided:
    person, actor = dossier.person, request.actor
    claim = reclaim_store.find(person.pid)
    if claim is None or claim.step is not Step.STAFF:
        raise Problem(Code.CONFLICT, _NOTHING)
    if _is_bound(claim, person, actor):
        raise Problem(Code.SECOND_PERSON_NEEDED)
    votes = (*claim.votes, Vote(actor.id, ruling.agreed))
    agreed = found(votes)
    if agreed is None:
        return _keep(person, replace(claim, votes=votes), request)
    if not agreed:
        return _refuse(person, claim, request)
    return _hand_over(dossier, claim, votes, request)


def _is_bound(claim: Claim, person: Person, actor: Actor) -> bool:
    """Whether he printed the sheet, helped this person, or found something already."""
    return actor.id in {claim.printed_by, *person.helped_by, *(vote.by for vote in claim.votes)}


def _keep(person: Person, claim: Claim, request: Request) -> ReclaimDecided:
    done = ReclaimDecided(step=Step.STAFF)
    logged = access_log.link_of_person(person, request.actor, ACTION, request.received)
    if not ungated.commit([reclaim_store.change(claim), *logged, *request.once.remember(done)]):
        raise Problem(Code.VERSION_MOVED)
    return done


def _refuse(person: Person, claim: Claim, request: Request) -> ReclaimDecided:
    done = ReclaimDecided(step=STEPS.after(claim.step, Deed.STAFF_REFUSE))
    logged = access_log.link_of_person(person, request.actor, ACTION, request.received)
    if not ungated.commit([reclaim_store.end(claim), *logged, *request.once.remember(done)]):
        raise Problem(Code.VERSION_MOVED)
    return done


def _hand_over(dossier: Dossier, claim: Claim, votes: tuple[Vote, ...], request: Request) -> ReclaimDecided:
    person = dossier.person
    done = ReclaimDecided(step=STEPS.after(claim.step, Deed.STAFF_AGREE))
    decided = tuple(vote.by for vote in votes if vote.agreed)
    traced = {"printed_by": claim.printed_by, "decided_by": list(decided)}
    operations = [reclaim_store.end(claim), *request.once.remember(done)]
    handing = Handing(request.actor, request.received, traced, operations, decided)
    brought = Brought.of(reclaim_store.decrypt(claim, person))
    hand_over_account(dossier, brought, gate.read_round(person.institution), handing)
    return done
