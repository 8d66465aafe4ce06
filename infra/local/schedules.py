"""Rules that call a function or send to a queue every so often, on the portal's clock; moving it forward fires them."""

import json
import sys
import threading
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.aws import Aws
from infra.local.clock import ShiftedClock
from infra.local.pool import Pool
from infra.local.wiring import Schedule

_PAUSE_SECONDS = 5.0


class Timer:
    """Fires one schedule, in a thread of its own. A run never overlaps the one before."""

    def __init__(self, schedule: Schedule, pool: Pool | None, aws: Aws, clock: ShiftedClock) -> None:
        """Start nothing yet; the first run is one period after the start. `pool` is None when it sends to a queue."""
        self._schedule = schedule
        self._pool = pool
        self._aws = aws
        self._clock = clock
        self._due = clock.now() + schedule.period
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=schedule.name, daemon=True)

    @property
    def name(self) -> str:
        """`service-function`, or `service-rule` of what sends to a queue."""
        return self._schedule.function.name if self._schedule.function else self._schedule.name

    @property
    def pending(self) -> bool:
        """Whether a run is due and has not ended yet."""
        return self._clock.now() >= self._due and not self._stopping.is_set()

    def start(self) -> None:
        """Begin to fire."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the run under way, end."""
        self._stopping.set()
        self._clock.wake()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            now = self._clock.now()
            if now >= self._due:
                self._try(now)
                self._due = now + self._schedule.period
            elif self._due - now > self._schedule.period:  # the clock was moved back
                self._due = now + self._schedule.period
            else:
                self._clock.wait(min((self._due - now).total_seconds(), _PAUSE_SECONDS))

    def _try(self, instant: datetime) -> None:
        try:
            self._fire(instant)
        except (BotoCoreError, ClientError) as failed:  # the next run comes all the same
            print(f"! schedule {self.name}: {type(failed).__name__}", file=sys.stderr, flush=True)

    def _fire(self, instant: datetime) -> None:
        event = scheduled_event(self._schedule, instant, self._aws.region)
        if self._pool is None:
            self._send(self._schedule.queue, event)
            return
        for _ in range(self._schedule.retries + 1):
            if self._pool.invoke(event, self._clock.offset).error is None:
                return
            if self._stopping.wait(1):
                return
        self._send(self._schedule.dead_letters, event)

    def _send(self, queue: str | None, event: Mapping[str, Any]) -> None:
        if queue:
            url = self._aws.sqs.get_queue_url(QueueName=queue.rsplit(":", 1)[-1])["QueueUrl"]
            self._aws.sqs.send_message(QueueUrl=url, MessageBody=json.dumps(event))


def scheduled_event(schedule: Schedule, instant: datetime, region: str) -> dict[str, Any]:
    """What EventBridge sends for a schedule."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": f"{instant:%Y-%m-%dT%H:%M:%SZ}",
        "region": region,
        "resources": [schedule.name],
        "detail": {},
    }
