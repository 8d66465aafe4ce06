"""What arrives in the imports bucket: spreadsheets of people, and lists of titles, told apart by their keys."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.registration.adapters.work_files import TITLES
from services.registration.imports.arrival import take_arrival
from services.registration.imports.give_up import give_up
from services.registration.titles.take_list import refuse_list, take_list


def take_any_arrival(envelope: Mapping[str, Any]) -> None:
    """Take the file of which S3's event (`Object Created`, in EventBridge's envelope) tells that it arrived."""
    titles = _list_of(envelope)
    if titles is None:
        take_arrival(envelope)
        return
    version = envelope["detail"]["object"].get("version-id") or None
    take_list(titles, datetime.fromisoformat(envelope["time"]), version)


def give_up_any(message: Mapping[str, Any]) -> None:
    """Take a message that was given up: of a list of titles, or of an import (imports/give_up.py)."""
    titles = _list_of(message) if "detail" in message else None
    if titles is None:
        give_up(message)
    else:
        refuse_list(titles)


def _list_of(envelope: Mapping[str, Any]) -> str | None:
    key = str(envelope["detail"]["object"]["key"])
    return key.removeprefix(TITLES) if key.startswith(TITLES) else None
