"""The processes of the race: each is one of its own, as the functions are, and may be killed at any moment.

Whoever takes a part is told, in this order (the sealer nothing): the institution; the seconds everybody's clock is
ahead of the machine's; the seconds this process' own clock is ahead of that; a writer also its name and the file of
people's ids. Each goes on until it is killed.
"""

import io
import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from infra.local import worker
from services.finalization.lock.lock_institution import lock_institution
from services.finalization.prefinal import prefinalize_ended
from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.aws.dynamodb import Busy
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor, Role
from services.kernel.states import PersonState
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost, GatedWrite
from services.registration.adapters import person_store
from services.registration.model.asked_nik import AskedNik
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.person_states import VOIDED_UNDER, WINDOW, Action, Cause
from services.registration.nik_corrections import carried as nik
from services.registration.nik_corrections.commit_moves import ACTION as CORRECT_NIK
from services.registration.nik_corrections.commit_moves import Work
from services.registration.seals import begin_seal
from services.registration.seals.seal_roster import seal_roster
from services.registration.settings import settings as registration_settings
from tests.support.asking import request_of

SLOWEST = 2.0
"""Seconds a slow function may take between the receipt of a request and its commit; one in forty is slow."""
PEOPLE_A_PART = 40
"""The race's parts are small, so that sealing has many steps to be killed between."""
SOONEST_LIST = timedelta(seconds=0.3)
"""How long after the close of entry the portal believes the drain to be over: a round of the race is short."""
AGAIN = 3
"""Seconds after which the step of a killed sealer comes again."""

_MOVES = {
    PersonState.TERDAFTAR: [Action.QUALIFY, Action.QUALIFY, Action.DISQUALIFY],
    PersonState.MEMENUHI_SYARAT: [Action.VOID_VERDICT, Action.VOID_VERDICT, Action.DELETE],
    PersonState.TIDAK_MEMENUHI_SYARAT: [Action.VOID_VERDICT],
    PersonState.DIHAPUS: [Action.RESTORE],
}
WINDOWS = {**WINDOW, Action.VOID_VERDICT: VOIDED_UNDER[Cause.STAFF]}
"""In the race it is always staff who void a verdict."""
PAIRS = 0.3
"""How often a writer moves another person in the same transaction, if he may be moved in the same window."""
CORRECTIONS = 0.1
"""How often a writer corrects a NIK instead: one record is left, another one joins, and the number moves."""
Move = tuple[Person, Action]
"""A person as he was read, and what becomes of him."""
_PAUSE = 0.15
"""Seconds before what is due is asked for again."""
_AT_ONCE = [0.0] * 40
_AFTER_REFUSAL = 0.2
_REFUSALS = frozenset({Code.WINDOW_CLOSED, Code.TRY_AGAIN, Code.VERSION_MOVED, Code.CONFLICT})


class Protocol:
    """The lines of one process; each is one write, so that whoever is killed leaves whole lines or none."""

    def __init__(self, file: Path) -> None:
        self._file: io.FileIO = file.open("ab", buffering=0)

    def tell(self, told: str, **what: object) -> None:
        """One line, with the machine's time."""
        self._file.write(json.dumps({"told": told, "time": time.time(), **what}).encode() + b"\n")


def write(protocol: Protocol, institution: str, gateway: timedelta, name: str, pids: Sequence[str]) -> None:
    """Decide on people, now and then on two at once; go on when refused. The gateway stamps by its own clock."""
    chance = random.Random(name)  # noqa: S311 - the same race for the same seed
    for number in count(1):
        received = clock.machine_now() + gateway
        actor = f"{name}-{number}"
        correction = _correction(pids, chance, actor)
        moves = [] if correction else _moves(pids, chance)
        moved = [correction.person.pid, correction.pid] if correction else [person.pid for person, _ in moves]
        protocol.tell("trying", id=actor, people=moved)
        try:
            if correction:
                _correct(institution, correction, received, actor, chance)
            else:
                _commit(institution, moves, received, actor, chance)
        except Problem as problem:
            if problem.code not in _REFUSALS:
                raise
            protocol.tell("refused", id=actor, code=problem.code.value)
            time.sleep(_AFTER_REFUSAL)
        else:
            protocol.tell("acknowledged", id=actor)


def _moves(pids: Sequence[str], chance: random.Random) -> list[Move]:
    """Who is to be moved, and how: one, or two who may be moved in the same window."""
    first, second = (_standing(pid) for pid in chance.sample(pids, 2))
    action = chance.choice(_MOVES[first.state])
    also = [one for one in _MOVES[second.state] if WINDOWS[one] is WINDOWS[action]]
    if also and chance.random() < PAIRS:
        return [(first, action), (second, chance.choice(also))]
    return [(first, action)]


def _standing(pid: str) -> Person:
    person = person_store.standing(pid)
    assert person is not None
    return person


def _correction(pids: Sequence[str], chance: random.Random, actor: str) -> nik.Move | None:
    """Whose NIK is to be corrected now, and into which; mostly nobody's."""
    dossier = person_store.load_dossier(_standing(chance.choice(pids)).pid)
    if chance.random() >= CORRECTIONS or dossier.person.state is PersonState.DIHAPUS:
        return None
    right = f"{dossier.person.row['nik'][:12]}{chance.randrange(1, 10_000):04d}"
    (move,) = nik.move_all([(dossier, AskedNik(right, "Salah ketik.", f"asked {actor}", 0))])
    return move


def _correct(institution: str, move: nik.Move, received: datetime, actor: str, chance: random.Random) -> None:
    round_ = gate.read_round(institution)
    request = request_of(Actor(id=actor, role=Role.ADMIN, institution=institution))
    people = [*Work([move], replace(request, received=received)).people([])]
    time.sleep(chance.choice([*_AT_ONCE, 0.02, chance.uniform(0, SLOWEST)]))
    try:
        gate.commit(GatedWrite(round_, Window.CORRECTION, received, people))
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost


def window_of(action: str) -> Window:
    """Under which window a deed of the race is done, by the name its audit link has."""
    return Window.CORRECTION if action == CORRECT_NIK else WINDOWS[Action(action)]


def _commit(institution: str, moves: Sequence[Move], received: datetime, actor: str, chance: random.Random) -> None:
    """Commit the moves; some stop between what they read and their transaction, as a function may that is paused."""
    changes = [Change(person, person.moved(action, received), action.value, {}) for person, action in moves]
    window = WINDOWS[moves[0][1]]
    round_ = gate.read_round(institution)
    time.sleep(chance.choice([*_AT_ONCE, 0.02, chance.uniform(0, SLOWEST)]))
    if len(changes) == 1:
        person_store.commit(changes[0], round_=round_, window=window, received=received, actor=actor)
        return
    people = [person_store.prepare(change, actor=actor, received=received)[0] for change in changes]
    try:
        gate.commit(GatedWrite(round_, window, received, people))
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost


def again_and_again(protocol: Protocol, institution: str, work: Callable[[str, datetime], bool], done: str) -> None:
    """Ask for what is due again and again, as the schedule and the queue would."""
    while True:
        try:
            if work(institution, clock.now()):
                protocol.tell(done)
        except Problem as problem:
            if problem.code not in {Code.TRY_AGAIN, Code.VERSION_MOVED}:
                raise
        time.sleep(_PAUSE)


def seal() -> None:
    """Take the steps of sealing from their queue; one that was not finished comes again."""
    vars(begin_seal)["PEOPLE_A_PART"] = PEOPLE_A_PART
    sqs, queue = clients.sqs(), registration_settings().roster_seals_queue
    while True:
        for message in sqs.receive_message(QueueUrl=queue, VisibilityTimeout=AGAIN).get("Messages", []):
            try:
                seal_roster(json.loads(message["Body"]))
            except Busy:
                continue
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        time.sleep(0.1)


def work(log: Path, environment: Mapping[str, str], part: str, arguments: Sequence[str]) -> None:
    """Take one of the parts; what happens becomes lines of a file beside the log."""
    worker.become(environment, log)
    protocol = Protocol(log.with_suffix(".told"))
    if part == "seal":
        seal()
    institution, gateway, skew, *more = arguments
    ahead = timedelta(seconds=float(gateway))
    clock.shift(ahead + timedelta(seconds=float(skew)))
    if part == "write":
        write(protocol, institution, ahead, more[0], Path(more[1]).read_text().split())
    elif part == "lock":
        again_and_again(protocol, institution, lock_institution, "locked")
    else:
        vars(prefinalize_ended)["DRAIN"] = SOONEST_LIST
        again_and_again(protocol, institution, prefinalize_ended.prefinalize_ended, "listed")
