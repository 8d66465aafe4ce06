"""What CloudWatch counts of the APIs, counted at home: API Gateway's requests and errors, and what came too late.

The emulator keeps figures but nobody tells it any; functions ask it for them as they ask CloudWatch. They are put there
every few seconds, not with each request: that would double what a request costs.
"""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from infra.aws import Aws
from infra.local.gateway.answers import Answer, Request

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch.type_defs import DimensionTypeDef, MetricDatumTypeDef

_EVERY: Final = 5.0
_TOO_LATE: Final = b'"window-closed"'
_SERVER_ERROR: Final = 500
_REQUESTS, _ERRORS, _REFUSED = "Count", "5XXError", "RefusedAfterDeadline"


class Figures:
    """The counts of a run that have not been put yet, by service, figure and minute."""

    def __init__(self, aws: Aws, stage: str) -> None:
        """Count from now on; `stage` as the functions know it."""
        self._aws, self._stage = aws, stage
        self._counts: Counter[tuple[str, str, datetime]] = Counter()
        self._lock, self._over = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to put what is counted."""
        self._thread.start()

    def stop(self) -> None:
        """Put no more; what has been counted since the last time is lost with the run."""
        self._over.set()

    def counting(self, service: str, front: Callable[[Request], Answer]) -> Callable[[Request], Answer]:
        """The service's front, each of its answers counted."""

        def answer(request: Request) -> Answer:
            given = front(request)
            self.count(service, given)
            return given

        return answer

    def count(self, service: str, given: Answer) -> None:
        """Count an answer; the functions' own line about a window that had closed is known by its problem."""
        minute = datetime.now(UTC).replace(second=0, microsecond=0)
        with self._lock:
            self._counts[service, _REQUESTS, minute] += 1
            self._counts[service, _ERRORS, minute] += given.status >= _SERVER_ERROR
            self._counts[service, _REFUSED, minute] += given.status not in {200, 201} and _TOO_LATE in given.body

    def put(self) -> None:
        """Tell the emulator what was counted since the last time."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        for namespace, chosen in (("AWS/ApiGateway", {_REQUESTS, _ERRORS}), ("Pendataan", {_REFUSED})):
            told = [self._datum(*key, count) for key, count in counts.items() if key[1] in chosen]
            if told:
                self._aws.cloudwatch.put_metric_data(Namespace=namespace, MetricData=told)

    def _datum(self, service: str, name: str, minute: datetime, count: int) -> "MetricDatumTypeDef":
        api = {"ApiName": f"pendataan-{service}-{self._stage}", "Stage": "api"}
        of = {"service": service, "stage": self._stage} if name == _REFUSED else api
        dimensions: list[DimensionTypeDef] = [{"Name": key, "Value": value} for key, value in of.items()]
        return {"MetricName": name, "Timestamp": minute, "Value": count, "Unit": "Count", "Dimensions": dimensions}

    def _run(self) -> None:
        while not self._over.wait(_EVERY):
            try:
                self.put()
            except (BotoCoreError, ClientError):  # the emulator ends before the gateway does, or has not begun
                continue
