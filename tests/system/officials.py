"""The officials of the race: they open, extend, end and open again one institution's round, by the use cases."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from services.finalization.adapters import store
from services.finalization.extensions.extending import Movable
from services.finalization.extensions.grant_extension import grant_extension
from services.finalization.institution.finalize_institution import finalize_institution
from services.finalization.institution.open_round import InstitutionRecord, open_round
from services.finalization.institution.project_people import project_people
from services.finalization.institution.reopen_institution import reopen_institution
from services.finalization.model.institution import Institution, Kind, Letter, Ppk
from services.kernel import clock
from services.kernel.events.facts import PersonListed
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor, Role
from services.kernel.states import Category, PersonState
from services.kernel.writes import gate
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.registration.adapters import account_store, person_store
from services.registration.model.account import Account, AccountState
from services.registration.model.contact import PersonContact
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.people.entered_view import require_sound
from services.registration.rows.check_row import check_row
from services.registration.rows.new_person import new_person
from tests.support.asking import request_of
from tests.system.judging import OPERATOR
from tools.sample.people import people

INSTITUTION = "9990"
_MOMENT = timedelta(milliseconds=1)
LEAD = timedelta(seconds=5)
"""How long before the calendar's last close the race begins."""
ENTRIES = 0.5
"""How often an extension lets entry begin again as well: then the portal owes the next list."""
_BKN = Actor(id="bkn", role=Role.BKN, institution=None)
_ADMIN = Actor(id="admin", role=Role.ADMIN, institution=INSTITUTION)
_HASTE = "Perlombaan tidak menunggu lima hari pengumuman."
_BUSY = frozenset({Code.TRY_AGAIN, Code.VERSION_MOVED})
_LATE = frozenset({Code.WRONG_PHASE, Code.WINDOW_CLOSED})


def open_early() -> None:
    """Open the round at the calendar's first instant."""
    clock.shift(DEFAULT_2022[Window.ENTRY].opens - clock.machine_now())
    ppk = Ppk(nama="Pejabat Contoh", nip="190001011920011999", jabatan="Bupati (contoh)")
    open_round(INSTITUTION, InstitutionRecord("Kabupaten Lomba", Kind.KABUPATEN, 1000, ppk), request_of(_BKN))
    _tell_of_one()


def register(count: int) -> list[str]:
    """Register people, in time, every other one with an account; returns their ids."""
    round_ = gate.read_round(INSTITUTION)
    pids = []
    for number, fields in enumerate(people(count, first=140_000)):
        row = {name: value for name, value in fields.items() if name not in {"nomor_kk", "hp", "email"}}
        sound = require_sound(check_row(row))
        person = new_person(sound, is_draft=False, institution=INSTITUTION, entered_by=OPERATOR, at=clock.now())
        change = _with_account(person) if number % 2 else Change(None, person, "register", {})
        person_store.commit(change, round_=round_, window=Window.ENTRY, received=clock.now(), actor=OPERATOR)
        pids.append(person.pid)
    return pids


def _with_account(person: Person) -> Change:
    """As he is once he has made it; in the race nobody signs in."""
    account_id, contact = account_store.account_id(person.row["nik"]), PersonContact("", "")
    encrypted = account_store.encrypt_contact(account_id, contact, person)
    account = Account(
        account_id, Role.HONORER, None, (), person.pid, "hash", 1, AccountState.AKTIF, 1, None, encrypted=encrypted
    )
    after = replace(person, state=PersonState.AKUN_DIBUAT, has_account=True)
    return Change(None, after, "register", {}, [account_store.put_new(account)])


def go_to_the_end() -> float:
    """Let the calendar's last close be near; returns the seconds that everybody's clock is ahead of the machine's."""
    ahead = DEFAULT_2022[Window.VERIFICATION].closes - LEAD - clock.machine_now()
    clock.shift(ahead)
    return ahead.total_seconds()


def extend(chance: random.Random) -> bool:
    """Let records, corrections and verdicts end later, entry now and then; False when the locker came first."""
    return _done(lambda: grant_extension(INSTITUTION, _later(chance), _letter(), None, request_of(_BKN)))


def _later(chance: random.Random) -> dict[Movable, datetime]:
    """What an extension should move, and to when; thought over at each try, for time goes on."""
    windows = store.load(INSTITUTION).windows
    last, correction = windows[Window.VERIFICATION].closes, windows[Window.CORRECTION].closes
    until = max(clock.now() + timedelta(seconds=chance.uniform(2, 4)), last + _MOMENT)
    sooner = max(until - timedelta(seconds=chance.uniform(0, 1)), correction + _MOMENT)
    entry = until - timedelta(seconds=chance.uniform(0.6, 1.2))
    dossier = max(sooner - timedelta(seconds=chance.uniform(0, 0.5)), windows[Window.DOSSIER].closes + _MOMENT)
    closing = {
        Movable.VERIFICATION: until,
        Movable.CORRECTION: min(sooner, until),
        Movable.DOSSIER: min(dossier, until),
    }
    if chance.random() < ENTRIES and entry > windows[Window.ENTRY].closes:
        closing[Movable.ENTRY] = entry
    return closing


def finalize() -> bool:
    """End the round by hand; False when the clock or the locker came first."""
    return _done(lambda: finalize_institution(INSTITUTION, _HASTE, None, request_of(_ADMIN)))


def reopen() -> None:
    """Open the sealed round again."""
    until = clock.now() + timedelta(seconds=3)
    sooner = until - timedelta(seconds=1)
    closing = {Window.VERIFICATION: until, Window.CORRECTION: sooner, Window.DOSSIER: sooner}
    assert _done(lambda: reopen_institution(INSTITUTION, closing, _letter(), "Lomba.", None, request_of(_BKN)))


def _done(step: Callable[[], Institution]) -> bool:
    """Take a step as often as it takes; False when it is too late for it."""
    while True:
        try:
            step()
        except Problem as problem:
            if problem.code in _LATE:
                return False
            if problem.code not in _BUSY:
                raise
        else:
            return True


def _letter() -> Letter:
    return Letter("B/1/LOMBA", DEFAULT_2022[Window.ENTRY].opens.date())


def _tell_of_one() -> None:
    """Facts do not flow here. Finalization hears of one decided person: nothing on its checklist is open then."""
    decided = PersonListed(
        institution=INSTITUTION,
        v=1,
        pid="aaaaaaaaaaaaaaaa",
        state=PersonState.MEMENUHI_SYARAT,
        nama="-",
        unit_kerja="-",
        jabatan="-",
        kategori=Category.NON_ASN,
        nomor_registrasi="-",
    )
    assert project_people([decided]) == set()
