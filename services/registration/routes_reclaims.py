"""Routes of whoever finds that somebody else has made an account of his NIK (domain.md, section 3, *reclaim*)."""

from datetime import datetime
from typing import Final

from services.kernel.security.sessions import Actor, Role
from services.kernel.web.request import Request
from services.registration.access.staff_roles import RECORD_READERS, VOUCHERS
from services.registration.api import api
from services.registration.correction_requests.list_requests import WaitingQuery
from services.registration.own_account.own_claim import OwnClaim
from services.registration.reclaims.decide_reclaim import ReclaimDecided, ReclaimRuling, decide_reclaim
from services.registration.reclaims.list_reclaims import ListedReclaims, list_reclaims
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


@api.route("GET", "/institutions/{code}/reclaims", roles=RECORD_READERS)
def reclaims_waiting(code: str, query: WaitingQuery, actor: Actor, received: datetime) -> ListedReclaims:
    """Accounts that somebody with a sheet wants, and who has to answer."""
    return list_reclaims(query, institution=code, actor=actor, received=received)


@api.route("POST", "/institutions/{code}/people/{person}/reclaim", roles=VOUCHERS)
def person_reclaim(code: str, person: str, body: ReclaimRuling, request: Request) -> ReclaimDecided:
    """Say whether an account belongs to who reclaims it."""
    return decide_reclaim(person, body, institution=code, request=request)
