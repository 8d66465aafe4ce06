"""The processes of the race: each is a program of its own, as the functions are. Standard output tells what happened.

python -m tests.system.racing write <institution> <seed> <until> <pid> [<pid> …]
python -m tests.system.racing lock <institution> <skew seconds>
"""

import json
import random
import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from services.finalization.lock.lock_institution import lock_institution
from services.kernel import clock, gate
from services.kernel.calendar import Window
from services.kernel.problems import Code, Problem
from services.registration.adapters import person_store
from services.registration.adapters.person_store import Change
from services.registration.people.states import Action

SLOWEST = 3.0
"""Seconds a slow function may take between the receipt of a request and its commit."""


def tell(**what: object) -> None:
    """One line of the race's protocol, with the machine's time."""
    sys.stdout.write(json.dumps({"at": time.time(), **what}) + "\n")
    sys.stdout.flush()


def write(institution: str, seed: int, until: datetime, pids: Sequence[str]) -> None:
    """Decide on people one after the other, some slowly, until well after the deadline."""
    chance = random.Random(seed)  # noqa: S311 - the same race for the same seed
    waiting = list(pids)
    while clock.now() < until and waiting:
        pid = waiting.pop()
        received = clock.now()
        time.sleep(chance.choice([0, 0, 0, 0.02, chance.uniform(0, SLOWEST)]))
        began = time.time()
        try:
            person = person_store.load(pid)
            decided = Change(person, person.moved(Action.QUALIFY, received), "qualify", {})
            round_ = gate.read_round(institution)
            person_store.commit(decided, round_=round_, window=Window.VERIFICATION, received=received, actor="racer")
        except Problem as problem:
            if problem.code not in {Code.WINDOW_CLOSED, Code.TRY_AGAIN}:
                raise
            tell(pid=pid, refused=problem.code.value, received=received.isoformat(), began=began)
        else:
            tell(pid=pid, acknowledged=True, received=received.isoformat(), began=began)


def lock(institution: str, skew: float) -> None:
    """Ask for the lock again and again, with a clock `skew` seconds ahead, until it is done."""
    clock.shift(clock.now() - clock.machine_now() + timedelta(seconds=skew))
    while not lock_institution(institution, clock.now()):
        time.sleep(0.05)
    tell(locked=institution)


def main(arguments: Sequence[str]) -> None:
    """Wait for the start and take one of the two parts."""
    part, institution, *rest = arguments
    tell(ready=part)
    clock.shift(timedelta(seconds=float(sys.stdin.readline())))
    if part == "write":
        write(institution, int(rest[0]), datetime.fromisoformat(rest[1]), rest[2:])
    else:
        lock(institution, float(rest[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
