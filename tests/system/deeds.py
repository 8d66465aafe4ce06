"""What the writers of the race do to people: verdicts and their end, corrections of fields and NIKs, reclaims.

A deed reads what it needs when it is begun and is carried out later, as by a function that was paused between.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.kernel.security.sessions import Actor, Role
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Round, Window
from services.kernel.writes.gate import GatedWrite
from services.registration.adapters import person_store
from services.registration.corrections.correcting import correct
from services.registration.model.asked_nik import AskedNik
from services.registration.model.contact import PersonContact
from services.registration.model.dossier import Change, Dossier
from services.registration.model.person import Person
from services.registration.model.person_states import VOIDED_UNDER, WINDOW, Action, Cause
from services.registration.nik_corrections import carried as nik
from services.registration.nik_corrections.commit_moves import ACTION as CORRECT_NIK
from services.registration.nik_corrections.commit_moves import Work
from services.registration.reclaims.hand_over_account import ACTION as RECLAIM
from services.registration.reclaims.hand_over_account import Brought, Handing, hand_over_account
from services.registration.shared.tell_person import tell_corrected
from tests.support.asking import request_of

WINDOWS: Final = {**WINDOW, Action.VOID_VERDICT: VOIDED_UNDER[Cause.STAFF]}
"""In the race it is always staff who void a verdict."""
PAIRS: Final = 0.3
"""How often a writer moves another person in the same transaction, if he may be moved in the same window."""
NIKS, FIELDS, RECLAIMS = 0.1, 0.1, 0.1
"""How often a writer corrects a NIK instead (one record is left, another one joins, and the number moves), a field (a
verdict is void, or stands marked), or takes an account back."""
_MOVES: Final = {
    PersonState.TERDAFTAR: [Action.QUALIFY, Action.QUALIFY, Action.DISQUALIFY],
    PersonState.AKUN_DIBUAT: [Action.SUBMIT, Action.SUBMIT, Action.QUALIFY],
    PersonState.DIAJUKAN: [Action.QUALIFY, Action.DISQUALIFY, Action.WITHDRAW],
    PersonState.MEMENUHI_SYARAT: [Action.VOID_VERDICT, Action.VOID_VERDICT, Action.DELETE],
    PersonState.TIDAK_MEMENUHI_SYARAT: [Action.VOID_VERDICT],
    PersonState.DIHAPUS: [Action.RESTORE],
}
_OTHER_ACTIONS: Final = {CORRECT_NIK: Window.CORRECTION, RECLAIM: Window.DOSSIER}
_PAY: Final = ("APBD_51", "APBN_51", "BOS", "AKUN_52")
Begun = Callable[[], object]
"""What is left to do of a deed that has read what it needs."""
Move = tuple[Person, Action]
"""A person as he was read, and what becomes of him."""


@dataclass(frozen=True)
class Deed:
    """Whose records it writes, and how it is begun, on the round as read at an instant of receipt."""

    pids: Sequence[str]
    begin: Callable[[Round, datetime], Begun]


def window_of(action: str) -> Window:
    """Under which window a deed of the race is done, by the name its audit link has."""
    return _OTHER_ACTIONS[action] if action in _OTHER_ACTIONS else WINDOWS[Action(action)]


def choose(pids: Sequence[str], chance: random.Random, actor: str) -> Deed:
    """What is done now, to whom of those registered under these ids."""
    dossier = person_store.load_dossier(_standing(chance.choice(pids)).pid)
    person, drawn = dossier.person, chance.random()
    if person.state is not PersonState.DIHAPUS:
        if drawn < NIKS:
            return _correct_nik(dossier, chance, actor)
        if drawn < NIKS + FIELDS:
            return _correct_fields(dossier, chance, actor)
        if drawn < NIKS + FIELDS + RECLAIMS and person.has_account:
            return _reclaim(dossier, actor)
    return _move(_moves(person, _standing(chance.choice(pids)), chance), actor)


def _standing(pid: str) -> Person:
    person = person_store.standing(pid)
    assert person is not None
    return person


def _moves(first: Person, second: Person, chance: random.Random) -> list[Move]:
    """Who is moved, and how: one, or two who may be moved in the same window."""
    action = chance.choice(_MOVES[first.state])
    also = [one for one in _MOVES[second.state] if WINDOWS[one] is WINDOWS[action]]
    if first.pid != second.pid and also and chance.random() < PAIRS:
        return [(first, action), (second, chance.choice(also))]
    return [(first, action)]


def _move(moves: Sequence[Move], actor: str) -> Deed:
    def begin(round_: Round, received: datetime) -> Begun:
        changes = [Change(person, person.moved(action, received), action.value, {}) for person, action in moves]
        window = WINDOWS[moves[0][1]]
        if len(changes) == 1:
            return lambda: _commit(changes[0], round_, window, received, actor)
        people = [person_store.prepare(change, actor=actor, received=received)[0] for change in changes]
        return lambda: gate.commit(GatedWrite(round_, window, received, people))

    return Deed([person.pid for person, _ in moves], begin)


def _correct_nik(dossier: Dossier, chance: random.Random, actor: str) -> Deed:
    right = f"{dossier.person.row['nik'][:12]}{chance.randrange(1, 10_000):04d}"
    (move,) = nik.move_all([(dossier, AskedNik(right, "Salah ketik.", f"asked {actor}", 0))])

    def begin(round_: Round, received: datetime) -> Begun:
        people = [*Work([move], _request(dossier.person, received, actor)).people([])]
        return lambda: gate.commit(GatedWrite(round_, Window.CORRECTION, received, people))

    return Deed([dossier.person.pid, move.pid], begin)


def _correct_fields(dossier: Dossier, chance: random.Random, actor: str) -> Deed:
    """Always one that no criterion looks at, now and then one that does as well."""
    changes = {"jabatan_penandatangan": f"Kepala {actor}"}
    if chance.random() < 0.5:
        changes["sumber_pembayaran"] = chance.choice(_PAY)

    def begin(round_: Round, received: datetime) -> Begun:
        correction = correct(dossier, changes, by=actor.partition("-")[0], at=received)
        told = tell_corrected(correction.before, correction.fields, received)
        change = Change(correction.before, correction.after, Action.CORRECT.value, correction.delta, told)
        return lambda: _commit(change, round_, Window.CORRECTION, received, actor)

    return Deed([dossier.person.pid], begin)


def _reclaim(dossier: Dossier, actor: str) -> Deed:
    person = dossier.person
    brought = Brought("hash", PersonContact("", "lomba@contoh.example"), "9901010101150001", {})

    def begin(round_: Round, received: datetime) -> Begun:
        round_.require(Window.DOSSIER, received)
        # not in his own name: the race tells writes apart by who did them
        owner = Actor(id=actor, role=Role.HONORER, institution=person.institution)
        handing = Handing(owner, received, {"printed_by": "lomba"}, ())
        return lambda: hand_over_account(dossier, brought, round_, handing)

    return Deed([person.pid], begin)


def _commit(change: Change, round_: Round, window: Window, received: datetime, actor: str) -> Person:
    return person_store.commit(change, round_=round_, window=window, received=received, actor=actor)


def _request(person: Person, received: datetime, actor: str) -> Request:
    request = request_of(Actor(id=actor, role=Role.ADMIN, institution=person.institution))
    return replace(request, received=received)
