"""Routes of what bkn grants an institution against its letter."""

from datetime import datetime

from services.finalization.api import BKN, api
from services.finalization.institution.asked import Asked
from services.finalization.institution.grant_extension import Letter, grant_extension
from services.finalization.institution.view_institution import view_institution
from services.finalization.requests import ExtensionBody
from services.kernel import clock
from services.kernel.caller import Caller
from services.kernel.replies import Reply
from services.kernel.sessions import Actor


@api.route("POST", "/institutions/{code}/extensions", roles=BKN)
def extensions(code: str, body: ExtensionBody, actor: Actor, received: datetime, caller: Caller) -> Reply:
    """Let windows of one institution close later, against its letter."""
    letter = Letter(body.letter.number, body.letter.date)
    grant_extension(code, body.windows, letter, Asked(actor, received, body.v, caller.idempotency_key))
    return Reply(view_institution(code, actor, clock.now()), status=201)
