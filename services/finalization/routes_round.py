"""Routes of an institution's way through the round."""

from datetime import datetime

from services.finalization.api import ADMIN, BKN, READERS, api
from services.finalization.institution.asked import Asked
from services.finalization.institution.finalize_institution import finalize_institution
from services.finalization.institution.list_institutions import InstitutionList, list_institutions
from services.finalization.institution.model import Ppk
from services.finalization.institution.open_round import Card, open_round
from services.finalization.institution.prefinalize_institution import prefinalize_institution
from services.finalization.institution.view_institution import InstitutionView, view_institution, watch_institution
from services.finalization.requests import CardBody, FinalizationBody, PageQuery, Versioned
from services.kernel import clock
from services.kernel.caller import Caller
from services.kernel.sessions import NATIONAL, Actor
from services.kernel.watched import Watched


@api.route("GET", "/institutions", roles=NATIONAL)
def institutions(query: PageQuery) -> InstitutionList:
    """Every institution's phase, windows and counts."""
    return list_institutions(query.wanted(), clock.now())


@api.route("PUT", "/institutions/{code}", roles=BKN)
def put_institution(code: str, body: CardBody, actor: Actor, received: datetime) -> InstitutionView:
    """Open the round for an institution, or correct what is on record about it."""
    ppk = Ppk(body.ppk.nama, body.ppk.nip, body.ppk.jabatan) if body.ppk else None
    open_round(code, Card(body.name, body.kind, body.size, ppk), Asked(actor, received))
    return view_institution(code, actor, clock.now())


@api.route("GET", "/institutions/{code}", roles=READERS)
def institution(code: str, actor: Actor) -> Watched[InstitutionView]:
    """One institution: phase, windows, counts, checklist, seal, SPTJM."""
    return watch_institution(code, actor, clock.now())


@api.route("POST", "/institutions/{code}/prefinalization", roles=ADMIN)
def prefinalization(code: str, body: Versioned, actor: Actor, received: datetime, caller: Caller) -> InstitutionView:
    """Freeze the list for uji publik; entry closes now."""
    prefinalize_institution(code, Asked(actor, received, body.v, caller.idempotency_key))
    return view_institution(code, actor, clock.now())


@api.route("POST", "/institutions/{code}/finalization", roles=ADMIN)
def finalization(
    code: str, body: FinalizationBody, actor: Actor, received: datetime, caller: Caller
) -> InstitutionView:
    """End the round early; the lock follows when what is in flight is through."""
    finalize_institution(code, Asked(actor, received, body.v, caller.idempotency_key))
    return view_institution(code, actor, clock.now())
