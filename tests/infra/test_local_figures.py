"""At home the gateway counts what API Gateway would, under the names the duty page asks CloudWatch by."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

from infra.aws import Aws
from infra.local.figures import Figures
from infra.local.gateway.answers import Answer
from services.kernel.metrics import NAMESPACE, Metric


@dataclass
class Counter:
    """CloudWatch, as far as it is told anything."""

    told: list[tuple[str, str, dict[str, str], float]] = field(default_factory=list)

    def put_metric_data(self, *, Namespace: str, MetricData: list[dict[str, Any]]) -> None:  # noqa: N803 - AWS's names
        for datum in MetricData:
            dimensions = {one["Name"]: one["Value"] for one in datum["Dimensions"]}
            self.told.append((Namespace, datum["MetricName"], dimensions, datum["Value"]))


def test_requests_errors_and_refusals_are_told_once() -> None:
    counter = Counter()
    figures = Figures(cast("Aws", SimpleNamespace(cloudwatch=counter)), "dev")
    for status, body in ((200, b"{}"), (503, b"{}"), (409, b'{"type": "window-closed"}')):
        figures.count("registration", Answer(status, [], body))
    figures.put()
    api = {"ApiName": "pendataan-registration-dev", "Stage": "api"}
    assert counter.told == [
        ("AWS/ApiGateway", "Count", api, 3),
        ("AWS/ApiGateway", "5XXError", api, 1),
        (NAMESPACE, Metric.REFUSED_AFTER_DEADLINE.value[0], {"service": "registration", "stage": "dev"}, 1),
    ]
    figures.put()
    assert len(counter.told) == 3, "what was told is not told again"
