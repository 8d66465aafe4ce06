"""Take in an usulan for an institution's inbox, while its correction window is open.

Not gated: an usulan is a letter to the institution. What it decides to enter is written by registration, gated.
"""

import base64
import functools
import secrets
from datetime import datetime, timedelta

from services.announcements.adapters import usulan_store
from services.announcements.model.usulan import Ticket, Usulan, UsulanForm
from services.announcements.settings import purpose_key, purpose_keys, settings
from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security import captcha
from services.kernel.security.throttle import Throttle
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window

_throttle_key = functools.partial(purpose_key, "throttle")
USULAN_OF_NETWORK = Throttle("usulan", 60, timedelta(hours=1), _throttle_key)
"""From one address: a whole office may stand behind one *(ours)*."""
UNPROVED_OF_NETWORK = Throttle("usulan-unproved", 5, timedelta(hours=1), _throttle_key)
"""The same where no script ran, so no captcha was solved *(ours)*."""


def submit_usulan(form: UsulanForm, request: Request) -> Ticket:
    """Keep the usulan and give out its ticket, once per idempotency key.

    Raises:
        Problem: `throttled`, `captcha-failed`, `invalid-fields` for an institution that takes no part,
            `window-closed` or `window-not-open`.
    """
    return request.once.answer(Ticket, lambda: _take_in(form, request))


def _take_in(form: UsulanForm, request: Request) -> Ticket:
    unproved = request.caller.sent_form and not form.captcha
    (UNPROVED_OF_NETWORK if unproved else USULAN_OF_NETWORK).require(request.caller.network)
    _require_open(form.institution, request.received)
    if not unproved:
        captcha.require(form.captcha, purpose_keys("usulan"), settings().ttl_table)
    ticket = Ticket(ticket=base64.b32encode(secrets.token_bytes(15)).decode().lower())
    usulan = Usulan(ticket.ticket, form.institution, request.received, form.private())
    if not usulan_store.keep(usulan, request.once.remember(ticket)):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    log(LogLine.USULAN_RECEIVED, institution=form.institution)
    return ticket


def _require_open(institution: str, received: datetime) -> None:
    try:
        found = gate.read_round(institution)
    except Problem as problem:
        if problem.code is not Code.NOT_FOUND:
            raise
        message = "Kode instansi ini tidak ada pada pendataan. Lihat daftar instansi di halaman Pengumuman."
        raise invalid_problem("institution", "unknown", message) from problem
    found.require(Window.CORRECTION, received)
