"""The queue that carries counts and runs of lists of titles from step to step."""

from collections.abc import Sequence

from services.kernel.aws import events
from services.registration.model.title_step import TitleStep
from services.registration.settings import settings


def send(steps: Sequence[TitleStep], *, delay: int = 0) -> None:
    """Ask for these steps, after `delay` seconds; whoever is asked twice for one does it once."""
    events.send(settings().title_steps_queue, [step.model_dump_json() for step in steps], delay=delay)
