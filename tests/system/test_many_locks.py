"""Many institutions due at the same instant are all locked, over the emulator's tables and queue.

`LOCKS_AT_ONCE` says how many: 60 in `make test`, 600 nightly. It prints what the lockers take on this machine, one
after the other, against an emulator that shares the processor with them. In AWS twenty of them work side by side
(MaximumConcurrency in infra/finalization/merge.yaml); docs/deadline-simulation.md has that figure.
"""

import os
import time
from collections.abc import Iterator

from services.finalization.adapters import store
from services.finalization.adapters.due_queue import DueMessage
from services.finalization.institution.asked import Asked
from services.finalization.institution.model import Kind
from services.finalization.institution.open_round import Card, open_round
from services.finalization.lock.lock_as_asked import lock_as_asked
from services.finalization.lock.lock_due import lock_due
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.calendar import DEFAULT_2022, DRAIN, Window
from services.kernel.sessions import Actor, Role
from tests.system.racecourse import Course
from tests.system.test_race import race

__all__ = ["race"]

INSTITUTIONS = int(os.environ.get("LOCKS_AT_ONCE", "60"))


def test_all_that_is_due_at_once_is_locked(race: Course) -> None:
    race.be("finalization")
    clock.shift(DEFAULT_2022[Window.ENTRY].opens - clock.machine_now())
    bkn = Actor(id="bkn", role=Role.BKN, institution=None)
    codes = [str(9000 + number) for number in range(INSTITUTIONS)]
    for code in codes:
        open_round(code, Card(f"Instansi {code}", Kind.KABUPATEN, 1000, None), Asked(bkn, clock.now()))

    clock.shift(DEFAULT_2022[Window.VERIFICATION].closes + DRAIN - clock.machine_now())
    began = time.monotonic()
    assert lock_due(clock.now()) == INSTITUTIONS
    sent = time.monotonic() - began
    locked = [message.institution for message in waiting() if lock_as_asked(message, clock.now())]
    took = time.monotonic() - began
    print(f"sent for in {sent:.1f} s, locked one after the other in {took:.1f} s")

    assert sorted(locked) == codes
    assert store.due(clock.now()) == []


def waiting() -> Iterator[DueMessage]:
    """The lockers' messages as SQS hands them out."""
    sqs, queue = clients.sqs(), settings().locks_queue
    while got := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        for message in got:
            yield DueMessage.model_validate_json(message["Body"])
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
