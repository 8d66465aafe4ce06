"""Which steps a list's counts ask for, and how its run may be stopped and gone on with."""

from services.registration.adapters import title_queue
from services.registration.model.title_list import TitleList
from services.registration.model.title_step import StepKind, TitleStep

WAIT = 5
"""Seconds after which it is asked again whether a run may begin: a message sent with a delay cannot be called back."""


def send_begin(titles: TitleList, kind: StepKind = StepKind.PREVIEW, *, delay: int = 0) -> None:
    """Ask for the institutions of a count to be listed, or for what is left of them."""
    count = titles.preview if kind is StepKind.PREVIEW else titles.run
    if count is not None:
        title_queue.send([TitleStep(kind=kind, list=titles.id, attempt=count.attempt)], delay=delay)
