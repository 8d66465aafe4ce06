"""Routes of an institution's way through the round."""

from services.finalization.api import ADMIN, BKN, READERS, api
from services.finalization.institution.finalize_institution import finalize_institution
from services.finalization.institution.list_institutions import InstitutionList, list_institutions
from services.finalization.institution.model import Ppk
from services.finalization.institution.open_round import Card, open_round
from services.finalization.institution.prefinalize_institution import prefinalize_institution
from services.finalization.institution.show_after import show_after
from services.finalization.institution.view_institution import InstitutionView, watch_institution
from services.finalization.requests import CardBody, FinalizationBody, PageQuery, Versioned
from services.kernel import clock
from services.kernel.request import Request
from services.kernel.sessions import NATIONAL, Actor
from services.kernel.watched import Watched


@api.route("GET", "/institutions", roles=NATIONAL)
def institutions(query: PageQuery) -> InstitutionList:
    """Every institution's phase, windows and counts."""
    return list_institutions(query.wanted(), clock.now())


@api.route("PUT", "/institutions/{code}", roles=BKN)
def put_institution(code: str, body: CardBody, request: Request) -> InstitutionView:
    """Open the round for an institution, or correct what is on record about it."""
    ppk = Ppk(body.ppk.nama, body.ppk.nip, body.ppk.jabatan) if body.ppk else None
    card = Card(body.name, body.kind, body.size, ppk)
    return show_after(request, lambda: open_round(code, card, request))


@api.route("GET", "/institutions/{code}", roles=READERS)
def institution(code: str, actor: Actor) -> Watched[InstitutionView]:
    """One institution: phase, windows, counts, checklist, seal, SPTJM."""
    return watch_institution(code, actor, clock.now())


@api.route("POST", "/institutions/{code}/prefinalization", roles=ADMIN)
def prefinalization(code: str, body: Versioned, request: Request) -> InstitutionView:
    """Freeze the list for uji publik; entry closes now."""
    return show_after(request, lambda: prefinalize_institution(code, body.v, request))


@api.route("POST", "/institutions/{code}/finalization", roles=ADMIN)
def finalization(code: str, body: FinalizationBody, request: Request) -> InstitutionView:
    """End the round early; the lock follows when what is in flight is through."""
    return show_after(request, lambda: finalize_institution(code, body.v, request))
