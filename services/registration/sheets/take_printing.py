"""What the queue does of a printing: list its people in parts, then make the PDF of each part.

Codes are kept as keyed hashes and stand in the PDF alone, so a part that was not finished is made with new codes: the
ones before opened nothing to anybody. One function works on a part at a time.
"""

import secrets
from datetime import timedelta
from typing import Final

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.aws.dynamodb import Attr
from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.states import PersonState
from services.kernel.values.units import unit_key
from services.kernel.writes import gate, ungated
from services.kernel.writes.calendar import Window
from services.registration.adapters import (
    access_log,
    contact_store,
    printing_store,
    sheet_files,
)
from services.registration.model.person import Person
from services.registration.model.printing import LOGIN_ONLY, PartMade, Printing, PrintMessage
from services.registration.people import sweep
from services.registration.people.find_listed import LISTED
from services.registration.settings import settings
from services.registration.shared.institution_view import view_institution
from services.registration.sheets.issue_sheets import issue_sheets
from services.registration.sheets.render_sheets import Issuer, Slip, render_sheets
from services.registration.sheets.who_needs_one import find_needing

PEOPLE_A_PART: Final = 250
"""Two seconds of PDF, 1.5 MB, and a pile that a desk hands out."""
_LEASE: Final = timedelta(minutes=3)
"""Longer than the function may run: whoever holds a part for longer is dead."""
_WITHOUT_ACCOUNT: Final = LISTED - {PersonState.AKUN_DIBUAT}


def take_printing(message: PrintMessage) -> None:
    """List a printing's people, or make one of its parts; what was done before is not done again.

    Raises:
        Problem: `try-again` while another function works on this part, or DynamoDB is busy; the message comes again.
        Busy: likewise.
    """
    printing = printing_store.load(message.printing)
    if printing.is_over(clock.now()):
        return
    if message.part is None:
        _list_people(printing)
    elif not printing.is_made(message.part):
        _make_alone(printing, message.part)


def _list_people(printing: Printing) -> None:
    if printing.parts is None:
        pids = [printing.pid] if printing.pid else _everybody(printing)
        parts = [pids[start : start + PEOPLE_A_PART] for start in range(0, len(pids), PEOPLE_A_PART)]
        for number, members in enumerate(parts):
            sheet_files.write_pids(printing.id, number, members)
        printing_store.plan(printing, len(parts))
        printing = printing_store.load(printing.id)
    left = (number for number in range(printing.parts or 0) if not printing.is_made(number))
    printing_store.send([PrintMessage(printing=printing.id, part=number) for number in left])


def _everybody(printing: Printing) -> list[str]:
    """By unit, then by name, as piles are handed out."""
    states = sorted(_WITHOUT_ACCOUNT, key=lambda state: state.value)
    found = (one for one in sweep.outlines(printing.institution, states) if printing.covers(one["unit"]))
    ordered = sorted(found, key=lambda one: (unit_key(one["unit"]), str(one["nama"]).casefold(), one["pk"]))
    return [one["pk"].removeprefix("P#") for one in ordered]


def _make_alone(printing: Printing, part: int) -> None:
    key, now = f"printing#{printing.id}#{part}", clock.now()
    free = Attr("pk").not_exists() | Attr("until").lte(clock.millis(now))
    if not ttl_store.keep(key, {"holder": secrets.token_hex(8)}, now + _LEASE, when=free):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    try:
        _make(printing, part)
    finally:
        ttl_store.forget(key)


def _make(printing: Printing, part: int) -> None:
    pids = sheet_files.read_pids(printing.id, part)
    if pids is None:
        raise LookupError(printing.id)
    if printing_store.load(printing.id).is_made(part):
        return
    now = clock.now()
    made = issue_sheets(find_needing(printing, pids, now), printing, part, now)
    if made:
        slips = [_slip(one.person, code) for one, code in made]
        sheet_files.write_pdf(printing.id, part, render_sheets(slips, _issuer(printing)))
    _note(printing, PartMade(part, len(made)), [one.person.pid for one, _ in made])
    log(LogLine.SHEETS_PRINTED, institution=printing.institution, count=len(made))


def _slip(person: Person, code: str) -> Slip:
    return Slip(person.nama, person.registration_number, person.unit_kerja, code)


def _issuer(printing: Printing) -> Issuer:
    _, contact = contact_store.load(printing.institution)
    now, closes = clock.now(), gate.read_round(printing.institution).windows[Window.DOSSIER].closes
    return Issuer(
        view_institution(printing.institution).name,
        settings().site_origin,
        contact,
        now + LOGIN_ONLY if printing.login_only else closes,
        now,
        owner=printing.agreed_by is not None,
        login_only=printing.login_only,
    )


def _note(printing: Printing, part: PartMade, pids: list[str]) -> None:
    """Note the part as made, with the link that says for whom there are sheets now."""
    actor = Actor(id=printing.by, role=printing.role, institution=printing.institution)
    what = {"printing": printing.id, "part": part.number, "people": pids}
    for _ in range(ungated.MAX_TRIES):
        logged = access_log.link_of_lists(printing.institution, actor, "print-sheets", clock.now(), what)
        if ungated.commit([printing_store.part_made(printing, part), *logged]):
            return
        if printing_store.load(printing.id).is_made(part.number):
            return
    raise Problem(Code.TRY_AGAIN, retry_after=1)
