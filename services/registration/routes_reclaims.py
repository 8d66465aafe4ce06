"""Routes of whoever finds that somebody else has made an account of his NIK (domain.md, section 3, *reclaim*)."""

from typing import Final

from services.kernel.security.sessions import Role
from services.kernel.web.request import Request
from services.registration.access.staff_roles import VOUCHERS
from services.registration.api import api
from services.registration.own_account.own_claim import OwnClaim
from services.registration.reclaims.decide_reclaim import ReclaimDecided, ReclaimRuling, decide_reclaim
from services.registration.reclaims.open_claim import Reclaimed
from services.registration.reclaims.reclaim_account import Reclaim, reclaim_account
from services.registration.reclaims.refuse_reclaim import refuse_reclaim

_PERSON: Final = frozenset({Role.HONORER})


@api.route("POST", "/reclaims")
def reclaims_new(body: Reclaim, request: Request) -> Reclaimed:
    """Take the account back with an activation sheet."""
    return reclaim_account(body, request)


@api.route("POST", "/me/reclaim/refusal", roles=_PERSON)
def own_reclaim_refused(request: Request) -> OwnClaim:
    """Say that it is one's own."""
    return refuse_reclaim(request)


@api.route("POST", "/institutions/{code}/people/{person}/reclaim", roles=VOUCHERS)
def person_reclaim(code: str, person: str, body: ReclaimRuling, request: Request) -> ReclaimDecided:
    """Say whether an account belongs to who reclaims it."""
    return decide_reclaim(person, body, institution=code, request=request)
