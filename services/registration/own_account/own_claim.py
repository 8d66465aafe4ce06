"""What the owner of an account is told of somebody with a sheet who wants it (domain.md, section 3, *reclaim*)."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.registration.adapters import reclaim_store
from services.registration.model.reclaim_claim import Claim, Step


class OwnClaim(BaseModel):
    """Who answers, and until when its owner may refuse; null where he may not, or not any more."""

    step: Step
    until: datetime | None


def view_own_claim(claim: Claim, at: datetime) -> OwnClaim:
    """The claim as it stands."""
    return OwnClaim(step=claim.step, until=claim.until.astimezone(clock.WIB) if claim.may_refuse(at) else None)


def find_own_claim(pid: str, at: datetime) -> OwnClaim | None:
    """The claim that waits for this person's account, if any."""
    claim = reclaim_store.find(pid)
    return None if claim is None else view_own_claim(claim, at)
