"""Read a list of titles in a process of its own, as imports are (ADR 11): what becomes of it is always said."""

from datetime import date
from typing import Final

from pydantic import TypeAdapter

from services.kernel.bounded import run_bounded
from services.registration.titles.read_titles import Reading, unreadable

MEMORY: Final = 1_000_000_000
SECONDS: Final = 20
_WORKER: Final = "services.registration.titles.read_worker"
_READING: Final = TypeAdapter(Reading)


def read_bounded(content: bytes, today: date) -> Reading:
    """What a file holds, or why it is refused.

    Raises:
        WorkerError: the process could not be started; nothing is known about the file.
    """
    answer = run_bounded(_WORKER, content, today.isoformat(), seconds=SECONDS, memory=MEMORY)
    return Reading(faults=(unreadable(),)) if answer is None else _READING.validate_json(answer)


def to_wire(reading: Reading) -> bytes:
    """Write a result for `read_bounded`."""
    return _READING.dump_json(reading)
