"""How the four APIs answer, as CloudWatch counts it: API Gateway's own figures, and those of kernel/metrics.py."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.finalization.settings import settings
from services.kernel.aws import figures
from services.kernel.aws.figures import Series
from services.kernel.metrics import NAMESPACE, Metric

SERVICES = ("registration", "documents", "finalization", "announcements")
_API_STAGE = "api"
_REQUESTS, _ERRORS, _REFUSED = "requests", "errors", "refused"


@dataclass(frozen=True)
class Answered:
    """How a service answered, by minute: requests, server errors, requests that came after their window had closed."""

    requests: Mapping[datetime, float]
    errors: Mapping[datetime, float]
    refused: Mapping[datetime, float]


def answered(since: datetime, until: datetime) -> dict[str, Answered] | None:
    """Each service's minutes between two instants of the machine's clock; None when nobody could tell just now."""
    found = figures.sums(dict(_series()), since, until)
    if found is None:
        return None
    return {
        service: Answered(*(found[f"{service}_{what}"] for what in (_REQUESTS, _ERRORS, _REFUSED)))
        for service in SERVICES
    }


def _series() -> Iterator[tuple[str, Series]]:
    stage = settings().stage
    for service in SERVICES:
        api = {"ApiName": f"pendataan-{service}-{stage}", "Stage": _API_STAGE}
        own = {"service": service, "stage": stage}
        yield f"{service}_{_REQUESTS}", Series("AWS/ApiGateway", "Count", api)
        yield f"{service}_{_ERRORS}", Series("AWS/ApiGateway", "5XXError", api)
        yield f"{service}_{_REFUSED}", Series(NAMESPACE, Metric.REFUSED_AFTER_DEADLINE.value[0], own)
