"""What a use case that writes is asked by: who, when, and so that a retry finds the answer (docs/architecture.md)."""

from dataclasses import dataclass
from datetime import datetime

from services.kernel.security.sessions import Actor
from services.kernel.web.caller import Caller
from services.kernel.writes.idempotency import Once


@dataclass(frozen=True)
class Request:
    """One request: whose, API Gateway's instant of receipt, the answer it is given once, and what else it brought.

    `session` and `enrolment` are there as far as the route takes them (kernel/web/http.py).
    """

    received: datetime
    once: Once
    caller: Caller
    session: Actor | None = None
    enrolment: Actor | None = None

    @property
    def actor(self) -> Actor:
        """Who asks: whoever is signed in or, where the route asks for that instead, passed the identity check.

        Raises:
            LookupError: on a route for everybody.
        """
        actor = self.session or self.enrolment
        if actor is None:
            raise LookupError("a route for everybody has no actor")
        return actor
