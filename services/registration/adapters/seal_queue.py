"""The queue that carries sealing from step to step."""

from collections.abc import Sequence

from services.kernel.aws import events
from services.registration.model.seal_step import StepMessage
from services.registration.settings import settings


def send(steps: Sequence[StepMessage], *, delay: int = 0) -> None:
    """Ask for these steps, after `delay` seconds."""
    events.send(settings().roster_seals_queue, [step.model_dump_json() for step in steps], delay=delay)
