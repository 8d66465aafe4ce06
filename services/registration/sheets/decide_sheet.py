"""A second member of staff agrees to a sheet for somebody who has an account, or either of them lets it be.

Agreed, it is printed for the one who asked, and the account's owner is told where a contact of his was verified. Both
may not decide on this person any more (domain.md, section 3). After the lock there is nothing left to decide, and the
sheet opens the login only, for 14 days.
"""

import secrets
from datetime import datetime
from typing import Final

from pydantic import BaseModel

from services.kernel.problems import Code, Problem
from services.kernel.states import LOCKED
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.kernel.writes.calendar import Round, Window, closed_problem
from services.kernel.writes.gate import ConditionLost
from services.registration.access.scope import load_to_work_on
from services.registration.adapters import access_log, person_store, printing_store, sheet_request_store
from services.registration.dossiers.biodata import account_of
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.printing import Printing, PrintMessage
from services.registration.model.sheet_request import SheetRequest
from services.registration.shared.tell_account import tell_sheet_printed
from services.registration.sheets.who_needs_one import require_listed

AGREE: Final = "agree-sheet"
REFUSE: Final = "refuse-sheet"
_WINDOWS: Final = (Window.DOSSIER, Window.CORRECTION, Window.VERIFICATION)
_GONE = "Tidak ada permintaan lembar bagi orang ini: sudah disetujui, dibatalkan, atau lewat 7 hari."


class SheetRuling(BaseModel):
    """Whether it is to be printed."""

    agreed: bool


class SheetDecided(BaseModel):
    """The printing that is on its way to who asked; null where the request was ended."""

    printing: str | None


def decide_sheet(pid: str, ruling: SheetRuling, *, institution: str, request: Request) -> SheetDecided:
    """Have it printed, or end the request.

    Raises:
        Problem: `not-found` where nothing waits, `own-record`, `illegal-transition`, `second-person-needed` for who
            asked; `window-closed` between the last close and the lock, `version-moved`, `try-again`.
    """
    person = load_to_work_on(request.actor, institution, pid)
    done = request.once.answer(SheetDecided, lambda: _decide(person, ruling, request))
    if done.printing is not None:
        printing_store.send([PrintMessage(printing=done.printing)])
    return done


def _decide(person: Person, ruling: SheetRuling, request: Request) -> SheetDecided:
    wish = sheet_request_store.find_open(person.pid, request.received)
    if wish is None:
        raise Problem(Code.NOT_FOUND, _GONE)
    return _agree(person, wish, request) if ruling.agreed else _end(person, wish, request)


def _end(person: Person, wish: SheetRequest, request: Request) -> SheetDecided:
    done = SheetDecided(printing=None)
    logged = access_log.link_of_person(person, request.actor, REFUSE, request.received)
    if not ungated.commit([sheet_request_store.take_away(wish), *logged, *request.once.remember(done)]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return done


def _agree(person: Person, wish: SheetRequest, request: Request) -> SheetDecided:
    if request.actor.id == wish.by:
        raise Problem(Code.SECOND_PERSON_NEEDED)
    require_listed(person)
    round_ = gate.read_round(person.institution)
    locked, window = round_.phase in LOCKED, _open_window(round_, request.received)
    if window is None and not locked:
        raise closed_problem(Window.DOSSIER, round_.windows[Window.DOSSIER].closes)
    printing = _printing(person, wish, request, login_only=locked)
    done = SheetDecided(printing=printing.id)
    operations = [
        sheet_request_store.take_away(wish),
        printing_store.put_new(printing),
        *tell_sheet_printed(account_of(person), person, printing.id),
        *request.once.remember(done),
    ]
    if window is None:
        logged = access_log.link_of_person(person, request.actor, AGREE, request.received)
        if not ungated.commit([*operations, *logged]):
            raise Problem(Code.TRY_AGAIN, retry_after=1)
        return done
    after = person.helped(wish.by).helped(request.actor.id)
    change = Change(person, after, AGREE, {"asked_by": wish.by}, operations)
    try:
        person_store.commit(change, round_=round_, window=window, received=request.received, actor=request.actor.id)
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost
    return done


def _open_window(round_: Round, at: datetime) -> Window | None:
    """A window under which the record may say who printed; None after the lock, and just before it."""
    if round_.phase in LOCKED:
        return None
    return next((window for window in _WINDOWS if round_.windows[window].holds(at)), None)


def _printing(person: Person, wish: SheetRequest, request: Request, *, login_only: bool) -> Printing:
    return Printing(
        id=secrets.token_hex(16),
        institution=person.institution,
        by=wish.by,
        role=wish.role,
        at=request.received,
        pid=person.pid,
        units=wish.units,
        own=wish.own,
        agreed_by=request.actor.id,
        login_only=login_only,
    )
