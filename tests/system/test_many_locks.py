"""Many institutions due at once are all pre-finalized, and all locked, over the emulator's tables and queues.

`LOCKS_AT_ONCE` says how many: 60 in `make test`, 600 nightly. It prints what the lockers take on this machine, one
after the other, against an emulator that shares the processor with them. In AWS twenty of them work side by side
(MaximumConcurrency in infra/finalization/merge.yaml); docs/deadline-simulation.md has that figure.
"""

import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime

from services.finalization.adapters import store
from services.finalization.institution.open_round import InstitutionRecord, open_round
from services.finalization.institution.project_people import project_people
from services.finalization.lock.lock_as_asked import lock_as_asked
from services.finalization.lock.lock_due import lock_due
from services.finalization.model.due_message import DueMessage
from services.finalization.model.institution import Kind
from services.finalization.prefinal.prefinal_due import prefinal_due
from services.finalization.prefinal.prefinalize_as_asked import prefinalize_as_asked
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.security.sessions import Actor, Role
from services.kernel.writes.calendar import DEFAULT_2022, DRAIN, Window
from tests.finalization.world import person
from tests.support.asking import request_of
from tests.system.racecourse import Course
from tests.system.test_race import race

__all__ = ["race"]

Find = Callable[[datetime], int]
Work = Callable[[DueMessage, datetime], bool]
INSTITUTIONS = int(os.environ.get("LOCKS_AT_ONCE", "60"))


def test_all_that_is_due_at_once_is_pre_finalized_and_then_locked(race: Course) -> None:
    race.be("finalization")
    clock.shift(DEFAULT_2022[Window.ENTRY].opens - clock.machine_now())
    bkn = Actor(id="bkn", role=Role.BKN, institution=None)
    codes = [str(9000 + number) for number in range(INSTITUTIONS)]
    for code in codes:
        open_round(code, InstitutionRecord(f"Instansi {code}", Kind.KABUPATEN, 1000, None), request_of(bkn))
    assert project_people([person(f"p{code}", "TERDAFTAR", institution=code) for code in codes]) == set()

    clock.shift(DEFAULT_2022[Window.ENTRY].closes + DRAIN - clock.machine_now())
    assert work_off(prefinal_due, settings().prefinals_queue, prefinalize_as_asked) == codes
    assert store.unlisted(clock.now()) == []

    clock.shift(DEFAULT_2022[Window.VERIFICATION].closes + DRAIN - clock.machine_now())
    assert work_off(lock_due, settings().locks_queue, lock_as_asked) == codes
    assert store.due(clock.now()) == []


def work_off(find: Find, queue: str, work: Work) -> list[str]:
    """Find what is due and work on every message, one after the other; the institutions on which it was done."""
    began = time.monotonic()
    assert find(clock.now()) == INSTITUTIONS
    sent = time.monotonic() - began
    done = [message.institution for message in waiting(queue) if work(message, clock.now())]
    print(f"{find.__name__}: sent for in {sent:.1f} s, done one after the other in {time.monotonic() - began:.1f} s")
    return sorted(done)


def waiting(queue: str) -> Iterator[DueMessage]:
    """The messages as SQS hands them out."""
    sqs = clients.sqs()
    while got := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        for message in got:
            yield DueMessage.model_validate_json(message["Body"])
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
