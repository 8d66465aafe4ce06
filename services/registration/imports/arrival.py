"""S3's "Object Created" event, as EventBridge delivers it, for the imports bucket."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.registration.adapters.work_files import INCOMING
from services.registration.imports.take_file import take_file


def take_arrival(envelope: Mapping[str, Any]) -> None:
    """Take the file of which S3's event (`Object Created`, in EventBridge's envelope) tells that it arrived.

    The event's `time` is S3's instant of receipt: it decides about the deadline.
    """
    version = envelope["detail"]["object"].get("version-id") or None
    take_file(import_of(envelope), datetime.fromisoformat(envelope["time"]), version)


def import_of(envelope: Mapping[str, Any]) -> str:
    """Return the id of the import to which the file of such an event belongs: its key without the prefix."""
    return str(envelope["detail"]["object"]["key"]).removeprefix(INCOMING)
