"""The counter: the enrolment's page shows six digits, and a member of staff types them on its person's record.

So staff say of whoever stands before them which of the row's enrolments is his (domain.md, section 3). The digits open
nothing by themselves, are good for one enrolment of one row, and end with it.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.aws.dynamodb import Attr
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.security.throttle import Throttle
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.adapters import person_store
from services.registration.enrolments import enrolment as enrolments
from services.registration.enrolments.backing import vouched_key
from services.registration.settings import lookup_key

TRIED: Final = Throttle("counter-tries", 10, timedelta(hours=1), lookup_key)


class CounterCode(BaseModel):
    """Six digits to read out to a member of staff, and until when they are good."""

    digits: str
    until: datetime


def show_counter_code(request: Request) -> CounterCode:
    """Give the enrolment its digits: the same ones each time, until it ends.

    Raises:
        Problem: `unauthenticated` when the enrolment is over, `window-closed`, `window-not-open`, `try-again`.
    """
    by = request.actor
    person = person_store.load(by.id)
    enrolment = enrolments.load(person, by)
    gate.read_round(person.institution).require(Window.DOSSIER, request.received)
    digits = _digits_of(by.enrolment or "")
    mine = Attr("enrolment").eq(by.enrolment)
    free = Attr("pk").not_exists() | Attr("until").lt(clock.millis(clock.now())) | mine
    kept = {"enrolment": by.enrolment}
    if enrolment.contact is None or not ttl_store.keep(_key(by.id, digits), kept, enrolment.until, free):
        raise Problem(Code.TRY_AGAIN)
    return CounterCode(digits=digits, until=enrolment.until)


def find_enrolment(pid: str, digits: str, *, staff: str) -> str | None:
    """Which of this person's enrolments shows these digits; None: none that goes on. Counts a try of this staff.

    Raises:
        Problem: `throttled` after ten tries an hour on one person.
    """
    TRIED.require(f"{staff} {pid}")
    kept = ttl_store.read(_key(pid, "".join(digits.split())))
    return str(kept["enrolment"]) if kept else None


def vouch(enrolment: str, *, staff: str, until: datetime) -> None:
    """Note that this member of staff has the enrolment's person before him: an account may be made of it."""
    ttl_store.keep(vouched_key(enrolment), {"by": staff}, until)


def _digits_of(enrolment: str) -> str:
    keyed = hmac.new(lookup_key(), f"counter digits {enrolment}".encode(), sha256).digest()
    return f"{int.from_bytes(keyed[:8]) % 10**6:06d}"


def _key(pid: str, digits: str) -> str:
    return f"counter#{privacy.blind(lookup_key(), 'counter', f'{pid} {digits}')}"
