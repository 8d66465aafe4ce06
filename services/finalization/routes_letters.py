"""Routes of what is asked of BKN, and granted, against an institution's letter."""

from services.finalization.api import ADMIN, BKN, api
from services.finalization.institution.decide_extension import Decision, decide_extension
from services.finalization.institution.grant_extension import grant_extension
from services.finalization.institution.reopen_institution import reopen_institution
from services.finalization.institution.request_extension import request_extension
from services.finalization.institution.show_after import show_after
from services.finalization.institution.view_institution import InstitutionView
from services.finalization.requests import ExtensionBody, ExtensionDecisionBody, ReopeningBody
from services.kernel.replies import Accepted
from services.kernel.request import Request
from services.kernel.sessions import Role


@api.route("POST", "/institutions/{code}/extensions", roles=ADMIN | BKN, status=201)
def extensions(code: str, body: ExtensionBody, request: Request) -> InstitutionView | Accepted[InstitutionView]:
    """Let windows of one institution close later, against its letter: bkn grants it, the admin asks for it (202)."""
    letter = body.letter.letter()
    if request.actor.role is Role.BKN:
        return show_after(request, lambda: grant_extension(code, body.windows, letter, body.v, request))
    return Accepted(show_after(request, lambda: request_extension(code, body.windows, letter, body.v, request)))


@api.route("POST", "/extensions/{extension}/decision", roles=BKN)
def extension_decision(extension: str, body: ExtensionDecisionBody, request: Request) -> InstitutionView:
    """Grant the extension that was asked for, or refuse it."""
    decision = Decision(body.decision, body.reason, body.windows)
    return show_after(request, lambda: decide_extension(extension, decision, body.v, request))


@api.route("POST", "/institutions/{code}/reopening", roles=BKN)
def reopening(code: str, body: ReopeningBody, request: Request) -> InstitutionView:
    """Open a finalized round again; its SPTJM is void."""
    letter = body.letter.letter()
    return show_after(request, lambda: reopen_institution(code, body.windows, letter, body.reason, body.v, request))
