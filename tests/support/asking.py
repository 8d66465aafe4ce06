"""Use cases asked without HTTP."""

from services.kernel import clock
from services.kernel.security.sessions import Actor
from services.kernel.web.caller import Caller
from services.kernel.web.request import Request
from services.kernel.writes.idempotency import Once


def request_of(actor: Actor) -> Request:
    """A request of somebody signed in, received now, under no idempotency key."""
    caller = Caller(address="192.0.2.1", request_id="", cookies={}, idempotency_key=None, sent_form=False)
    return Request(clock.now(), Once("", "", None, None), caller, session=actor)
