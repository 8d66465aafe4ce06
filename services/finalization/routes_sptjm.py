"""Routes of the seal and of the statement about it."""

from datetime import datetime

from services.finalization.adapters import store
from services.finalization.api import BKN, READERS, SIGNERS, api
from services.finalization.institution.asked import Asked
from services.finalization.institution.view_institution import InstitutionView, view_institution
from services.finalization.institution.views import SealView
from services.finalization.requests import SptjmBody, SptjmDecisionBody
from services.finalization.sptjm.decide_sptjm import decide_sptjm
from services.finalization.sptjm.download_sptjm import download_sptjm
from services.finalization.sptjm.submit_sptjm import SignedPaper, submit_sptjm
from services.kernel import clock
from services.kernel.caller import Caller
from services.kernel.problems import Code, Problem
from services.kernel.replies import Redirect, see_other
from services.kernel.sessions import Actor


@api.route("GET", "/institutions/{code}/sptjm/document", roles=SIGNERS)
def sptjm_document(code: str, actor: Actor, received: datetime) -> Redirect:
    """The statement to be signed, as a PDF."""
    return see_other(download_sptjm(code, Asked(actor, received)))


@api.route("POST", "/institutions/{code}/sptjm", roles=SIGNERS)
def sptjm(code: str, body: SptjmBody, actor: Actor, received: datetime, caller: Caller) -> InstitutionView:
    """Hand in the signed statement."""
    submit_sptjm(code, SignedPaper(body.file, body.number), Asked(actor, received, body.v, caller.idempotency_key))
    return view_institution(code, actor, clock.now())


@api.route("POST", "/institutions/{code}/sptjm/decision", roles=BKN)
def sptjm_decision(
    code: str, body: SptjmDecisionBody, actor: Actor, received: datetime, caller: Caller
) -> InstitutionView:
    """Accept the signed statement, or return it."""
    decide_sptjm(code, body.decision, body.reason, Asked(actor, received, body.v, caller.idempotency_key))
    return view_institution(code, actor, clock.now())


@api.route("GET", "/institutions/{code}/seal", roles=READERS)
def seal(code: str, actor: Actor) -> SealView:
    """The seal of the final list."""
    actor.require_institution(code)
    found = store.load(code, with_private=False).seal
    if found is None:
        raise Problem(Code.NOT_FOUND, "Daftar instansi ini belum disegel.")
    return SealView.of(found)
