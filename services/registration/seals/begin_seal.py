"""First step: who is on the roster, cut into parts that a function reads in seconds."""

from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.log import LogLine, log
from services.kernel.writes import gate
from services.registration.adapters import roster_store, seal_files, seal_queue, seal_store
from services.registration.model.edition import Edition, Purpose
from services.registration.model.seal import Plan
from services.registration.model.seal_step import Step, StepMessage
from services.registration.seals.in_flight import seconds_to_wait

PEOPLE_A_PART: Final = 2_000
"""Read and encrypted-for in some seconds; 200,000 people are a hundred parts."""


def begin(edition: Edition, attempt: int = 0, asked: datetime | None = None) -> None:
    """Plan an attempt and ask for the parts that are left; doing it again asks again for what is left.

    A fact of an epoch that is over (the institution was reopened meanwhile) does nothing. A list that was `asked` for
    at an instant waits for whoever was received before it.
    """
    if seal_store.exists(edition):
        return
    if edition.purpose is Purpose.SEAL and gate.read_round(edition.institution).epoch != edition.number:
        log(LogLine.LOCK_STALE, institution=edition.institution, epoch=edition.number)
        return
    if asked and (wait := seconds_to_wait(edition.institution, asked, clock.now())):
        log(LogLine.LIST_WAITS, institution=edition.institution, count=wait)
        message = step_message(Step.BEGIN, edition, attempt).model_copy(update={"asked": asked})
        seal_queue.send([message], delay=wait)
        return
    plan = seal_store.load_plan(edition)
    if plan is None or plan.attempt < attempt:
        plan = _plan(edition, attempt)
    steps = [step_message(Step.SWEEP, edition, plan.attempt, part) for part in sorted(plan.left)]
    seal_queue.send(steps or [step_message(Step.FINISH, edition, plan.attempt)])


def _plan(edition: Edition, attempt: int) -> Plan:
    pids = sorted(roster_store.everybody(edition.institution))
    parts = [pids[start : start + PEOPLE_A_PART] for start in range(0, len(pids), PEOPLE_A_PART)]
    for part, members in enumerate(parts):
        seal_files.write_pids(edition, attempt, part, members)
    return seal_store.keep_plan(edition, attempt, len(parts))


def step_message(step: Step, edition: Edition, attempt: int, part: int = 0) -> StepMessage:
    """The message that asks for a step."""
    return StepMessage(
        step=step,
        institution=edition.institution,
        purpose=edition.purpose,
        number=edition.number,
        attempt=attempt,
        part=part,
    )
