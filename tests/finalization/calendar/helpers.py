"""Calendars as requests, and their way through the queue."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.finalization import app as service
from services.finalization.settings import settings
from services.kernel.aws import clients
from services.kernel.writes.calendar import DEFAULT_2022, Span, Window
from tests.finalization.world import World
from tests.support.aws import Answer, queued

LETTER = {"number": "B/1511/M.SM.01.00/2022", "date": "2022-07-22"}


def closing(**closes: datetime) -> dict[Window, Span]:
    """The calendar of 2022 with other closing instants."""
    return {
        window: replace(span, closes=closes.get(window.value, span.closes)) for window, span in DEFAULT_2022.items()
    }


def body(windows: Mapping[Window, Span], v: int | None = None, letter: Mapping[str, str] = LETTER) -> dict[str, Any]:
    spans = {
        window.value: {"opens": span.opens.isoformat(), "closes": span.closes.isoformat()}
        for window, span in windows.items()
    }
    return {"v": v, "windows": spans, "letter": dict(letter)}


def put(world: World, windows: Mapping[Window, Span], v: int | None = None, **options: Any) -> Answer:
    return world.call("PUT", "calendar", body(windows, v), **{"role": "bkn", **options})


def preview(world: World, windows: Mapping[Window, Span], v: int | None = None, **options: Any) -> Answer:
    return world.call("POST", "calendar/preview", body(windows, v), **{"role": "bkn", **options})


def sent() -> list[dict[str, Any]]:
    """What waits in the queue, taken out of it."""
    queue, found = settings().calendars_queue, list[dict[str, Any]]()
    while messages := clients.sqs().receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        for message in messages:
            found.append(json.loads(message["Body"]))
            clients.sqs().delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return sorted(found, key=lambda message: str(message["institution"]))


def deliver(*codes: str) -> list[str]:
    """Have institutions look at the calendar; returns the positions that must come again."""
    failed = service.apply_calendar(queued([{"institution": code} for code in codes]), None)
    return [failure["itemIdentifier"] for failure in failed["batchItemFailures"]]
