"""Second step, once for every part: read its people as they are, none with a transaction pending on him."""

import time
from collections.abc import Iterator, Sequence
from typing import Final

from services.kernel.aws.dynamodb import Busy, Item
from services.kernel.log import LogLine, log
from services.registration.adapters import person_items, roster_store, seal_files, seal_queue, seal_store
from services.registration.model.edition import Edition
from services.registration.model.seal_step import Step, StepMessage
from services.registration.model.sealed_row import SealedRow, sealed_row
from services.registration.people.published_findings import own_contact
from services.registration.seals.begin_seal import step_message

MAX_TRIES: Final = 10
_PAUSE: Final = 0.5
"""Seconds between tries: a transaction that was decided before the lock may still be landing."""


def sweep_part(message: StepMessage) -> None:
    """Read a part and keep its rows; whoever finishes the last part asks for the last step.

    A part of an attempt that was given up does nothing.

    Raises:
        Busy: when somebody is still being written; the message comes again.
    """
    edition, attempt, part = message.edition, message.attempt, message.part
    plan = seal_store.load_plan(edition)
    if plan is None or plan.attempt != attempt:
        return
    if part in plan.left:
        rows = rows_of(edition, seal_files.read_pids(edition, attempt, part))
        seal_files.write_rows(edition, attempt, part, rows)
        plan = seal_store.part_done(edition, attempt, part)
    if plan is not None and not plan.left:
        seal_queue.send([step_message(Step.FINISH, edition, attempt)])


def rows_of(edition: Edition, pids: Sequence[str]) -> Iterator[SealedRow]:
    """The rows of these people as they stand, opened one after the other.

    Raises:
        Busy: when one of them is still being written after the last try.
    """
    for root in _roots(edition, pids):
        person = person_items.to_person(root)
        yield sealed_row(person, edition, own_contact(person))


def _roots(edition: Edition, pids: Sequence[str]) -> list[Item]:
    for attempt in range(MAX_TRIES - 1):
        try:
            return list(roster_store.roots_together(pids))
        except Busy:
            log(LogLine.SEAL_UNEQUAL, institution=edition.institution, epoch=edition.number, attempt=attempt)
            time.sleep(_PAUSE)
    return list(roster_store.roots_together(pids))
