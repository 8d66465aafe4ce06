"""Routes of what is asked of BKN, and granted, against an institution's letter."""

from datetime import datetime

from services.finalization.api import ADMIN, BKN, api
from services.finalization.institution.asked import Asked
from services.finalization.institution.decide_extension import Decision, decide_extension
from services.finalization.institution.grant_extension import grant_extension
from services.finalization.institution.reopen_institution import reopen_institution
from services.finalization.institution.request_extension import request_extension
from services.finalization.institution.view_institution import InstitutionView, view_institution
from services.finalization.requests import ExtensionBody, ExtensionDecisionBody, ReopeningBody
from services.kernel import clock
from services.kernel.caller import Caller
from services.kernel.replies import Accepted
from services.kernel.sessions import Actor, Role


@api.route("POST", "/institutions/{code}/extensions", roles=ADMIN | BKN, status=201)
def extensions(
    code: str, body: ExtensionBody, actor: Actor, received: datetime, caller: Caller
) -> InstitutionView | Accepted[InstitutionView]:
    """Let windows of one institution close later, against its letter: bkn grants it, the admin asks for it (202)."""
    asked = Asked(actor, received, body.v, caller.idempotency_key)
    if actor.role is Role.BKN:
        grant_extension(code, body.windows, body.letter.letter(), asked)
        return view_institution(code, actor, clock.now())
    request_extension(code, body.windows, body.letter.letter(), asked)
    return Accepted(view_institution(code, actor, clock.now()))


@api.route("POST", "/extensions/{extension}/decision", roles=BKN)
def extension_decision(
    extension: str, body: ExtensionDecisionBody, actor: Actor, received: datetime, caller: Caller
) -> InstitutionView:
    """Grant the extension that was asked for, or refuse it."""
    decision = Decision(body.decision, body.reason, body.windows)
    after = decide_extension(extension, decision, Asked(actor, received, body.v, caller.idempotency_key))
    return view_institution(after.code, actor, clock.now())


@api.route("POST", "/institutions/{code}/reopening", roles=BKN)
def reopening(code: str, body: ReopeningBody, actor: Actor, received: datetime, caller: Caller) -> InstitutionView:
    """Open a finalized round again; its SPTJM is void."""
    asked = Asked(actor, received, body.v, caller.idempotency_key)
    reopen_institution(code, body.windows, body.letter.letter(), body.reason, asked)
    return view_institution(code, actor, clock.now())
