"""Whose account somebody with a sheet wants and waits for: an institution's list (domain.md, section 3, *reclaim*)."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.security.sessions import NATIONAL, Actor
from services.registration.access.scope import in_scope
from services.registration.adapters import access_log, person_store, reclaim_store
from services.registration.correction_requests.list_requests import WaitingQuery
from services.registration.model.reclaim_claim import NEEDED, Step
from services.registration.reclaims.decide_reclaim import may_decide


class ListedReclaim(BaseModel):
    """A claim: whose account, since when, and who answers; `until` is when the owner's time ends, null where staff do.

    `voices` of the `needed` members of staff have said what they find. `yours`: the reader may decide on it now.
    """

    person: str
    nama: str
    nomor_registrasi: str
    unit_kerja: str
    at: datetime
    step: Step
    until: datetime | None
    voices: int
    needed: int = NEEDED
    yours: bool


class ListedReclaims(BaseModel):
    """The oldest first; of whoever works for some units theirs alone. `cursor` goes on where there are more."""

    items: list[ListedReclaim]
    cursor: str | None


def list_reclaims(query: WaitingQuery, *, institution: str, actor: Actor, received: datetime) -> ListedReclaims:
    """A page of them; one whose owner was silent to the end is carried out when either of the two signs in next.

    Raises:
        Problem: `not-found` for another institution's staff, `try-again` when a reading could not be written down.
    """
    actor.require_institution(institution)
    if actor.role in NATIONAL:
        access_log.record_reading(institution, actor, "read-requests", received, {})
    claims, cursor = reclaim_store.waiting(institution, query.limit, query.cursor)
    people = person_store.load_many([claim.pid for claim in claims])
    known = [(claim, people[claim.pid]) for claim in claims if claim.pid in people]
    items = [
        ListedReclaim(
            person=person.pid,
            nama=person.nama,
            nomor_registrasi=person.registration_number,
            unit_kerja=person.unit_kerja,
            at=claim.at.astimezone(clock.WIB),
            step=claim.step,
            until=claim.until.astimezone(clock.WIB) if claim.step is Step.OWNER else None,
            voices=len(claim.votes),
            yours=may_decide(claim, person, actor),
        )
        for claim, person in known
        if in_scope(actor, person.unit_kerja)
    ]
    return ListedReclaims(items=items, cursor=cursor)
