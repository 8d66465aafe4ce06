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
from services.kernel.writes import gate
from services.kernel.writes.gate import ConditionLost
from services.registration.seals import begin_seal
from services.registration.seals.seal_roster import seal_roster
from services.registration.settings import settings as registration_settings
from tests.system.deeds import choose

SLOWEST = 2.0
"""Seconds a slow function may take between the receipt of a request and its commit; one in forty is slow."""
PEOPLE_A_PART = 40
"""The race's parts are small, so that sealing has many steps to be killed between."""
SOONEST_LIST = timedelta(seconds=0.3)
"""How long after the close of entry the portal believes the drain to be over: a round of the race is short."""
AGAIN = 3
"""Seconds after which the step of a killed sealer comes again."""

_PAUSE = 0.15
"""Seconds before what is due is asked for again."""
_AT_ONCE = [0.0] * 40
_AFTER_REFUSAL = 0.2
_REFUSALS = frozenset({Code.WINDOW_CLOSED, Code.TRY_AGAIN, Code.VERSION_MOVED, Code.CONFLICT, Code.UNAUTHENTICATED})
"""`unauthenticated`: the account to be taken back has just gone to the right NIK of its person."""


class Protocol:
    """The lines of one process; each is one write, so that whoever is killed leaves whole lines or none."""

    def __init__(self, file: Path) -> None:
        self._file: io.FileIO = file.open("ab", buffering=0)

    def tell(self, told: str, **what: object) -> None:
        """One line, with the machine's time."""
        self._file.write(json.dumps({"told": told, "time": time.time(), **what}).encode() + b"\n")


def write(protocol: Protocol, institution: str, gateway: timedelta, name: str, pids: Sequence[str]) -> None:
    """Do one deed after the other; go on when refused. The gateway stamps by its own clock.

    Some stop between what they read and their transaction, as a function may that is paused.
    """
    chance = random.Random(name)  # noqa: S311 - the same race for the same seed
    for number in count(1):
        received = clock.machine_now() + gateway
        actor = f"{name}-{number}"
        deed = choose(pids, chance, actor)
        protocol.tell("trying", id=actor, people=deed.pids)
        try:
            begun = deed.begin(gate.read_round(institution), received)
            time.sleep(chance.choice([*_AT_ONCE, 0.02, chance.uniform(0, SLOWEST)]))
            begun()
        except ConditionLost:
            protocol.tell("refused", id=actor, code=Code.VERSION_MOVED.value)
        except Problem as problem:
            if problem.code not in _REFUSALS:
                raise
            protocol.tell("refused", id=actor, code=problem.code.value)
            time.sleep(_AFTER_REFUSAL)
        else:
            protocol.tell("acknowledged", id=actor)


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
