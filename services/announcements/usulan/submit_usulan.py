"""Take in an usulan for an institution's inbox, while its correction window is open.

Not gated: an usulan is a letter to the institution. What it decides to enter is written by registration, gated.
"""

import base64
import secrets
from datetime import datetime

from services.announcements.adapters import throttle, usulan_store
from services.announcements.model.usulan import Ticket, Usulan, UsulanForm
from services.announcements.settings import purpose_keys, settings
from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem, invalid
from services.kernel.security import captcha
from services.kernel.web.caller import Caller
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window

AN_HOUR = 60
"""Usulan an hour from one address: a whole office may stand behind one *(ours)*."""
AN_HOUR_UNPROVED = 5
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
    _require_room(request.caller, unproved=unproved)
    _require_open(form.institution, request.received)
    if not unproved:
        captcha.require(form.captcha, purpose_keys("usulan"), settings().ttl_table)
    ticket = Ticket(ticket=base64.b32encode(secrets.token_bytes(15)).decode().lower())
    usulan = Usulan(ticket.ticket, form.institution, request.received, form.private())
    if not usulan_store.keep(usulan, request.once.remember(ticket)):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    log(LogLine.USULAN_RECEIVED, institution=form.institution)
    return ticket


def _require_room(caller: Caller, *, unproved: bool) -> None:
    """A plain form without a captcha has a much smaller allowance."""
    if unproved:
        throttle.require_room("usulan-unproved", caller.network, AN_HOUR_UNPROVED)
    else:
        throttle.require_room("usulan", caller.network, AN_HOUR)


def _require_open(institution: str, received: datetime) -> None:
    try:
        found = gate.read_round(institution)
    except Problem as problem:
        if problem.code is not Code.NOT_FOUND:
            raise
        message = "Kode instansi ini tidak ada pada pendataan. Lihat daftar instansi di halaman Pengumuman."
        raise invalid("institution", "unknown", message) from problem
    found.require(Window.CORRECTION, received)
