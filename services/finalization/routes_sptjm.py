"""Routes of the seal and of the statement about it."""

from typing import Annotated

from pydantic import Field

from services.finalization.api import BKN, READERS, SIGNERS, api
from services.finalization.handover.hand_out_package import hand_out_package
from services.finalization.institution.get_after import get_after
from services.finalization.institution.get_institution import InstitutionView
from services.finalization.requests import EmptyIsNone, Line, Paragraph, Versioned
from services.finalization.seal.get_seal import get_seal
from services.finalization.shared.views import SealView
from services.finalization.sptjm.decide_sptjm import Decision, decide_sptjm
from services.finalization.sptjm.hand_out_sptjm import hand_out_sptjm
from services.finalization.sptjm.submit_sptjm import SignedPaper, submit_sptjm
from services.kernel.security.sessions import Actor
from services.kernel.web.replies import Redirect, see_other
from services.kernel.web.request import Request


class SptjmBody(Versioned):
    """The accepted upload that is the signed statement, and the number as it is printed on the paper."""

    file: str = Field(max_length=120)
    number: Line


class SptjmDecisionBody(Versioned):
    """What BKN decides about it."""

    decision: Decision
    reason: Annotated[Paragraph | None, EmptyIsNone] = None


@api.route("GET", "/institutions/{code}/sptjm/document", roles=SIGNERS)
def sptjm_document(code: str, request: Request) -> Redirect:
    """The statement to be signed, as a PDF."""
    return see_other(hand_out_sptjm(code, request))


@api.route("POST", "/institutions/{code}/sptjm", roles=SIGNERS)
def sptjm(code: str, body: SptjmBody, request: Request) -> InstitutionView:
    """Hand in the signed statement."""
    paper = SignedPaper(body.file, body.number)
    return get_after(request, lambda: submit_sptjm(code, paper, body.v, request))


@api.route("POST", "/institutions/{code}/sptjm/decision", roles=BKN)
def sptjm_decision(code: str, body: SptjmDecisionBody, request: Request) -> InstitutionView:
    """Accept the signed statement, or return it."""
    return get_after(request, lambda: decide_sptjm(code, body.decision, body.reason, body.v, request))


@api.route("GET", "/institutions/{code}/seal", roles=READERS)
def seal(code: str, actor: Actor) -> SealView:
    """The seal of the final list."""
    return get_seal(code, actor)


@api.route("GET", "/institutions/{code}/handover", roles=SIGNERS)
def handover(code: str, request: Request) -> Redirect:
    """List, signed statement, seal and how to check them, in one archive."""
    return see_other(hand_out_package(code, request))
