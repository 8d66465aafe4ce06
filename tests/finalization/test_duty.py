"""The duty page's figures: what closes next, what should be locked, what waits, how the services answer."""

from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from services.finalization.settings import settings
from services.kernel.aws import clients
from services.kernel.writes.calendar import DRAIN
from tests.finalization.world import CLOSES, CODE, NOON, World

SILENT = {"errors_minute": None, "errors": None, "refused": None}


def minute(ago: int) -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=ago)


def counted(service: str, name: str, ago: int, value: float) -> None:
    """Something has counted for a service, so many minutes ago."""
    of = {"ApiName": f"pendataan-{service}-{settings().stage}", "Stage": "api"}
    own = {"service": service, "stage": settings().stage}
    refused = name == "RefusedAfterDeadline"
    dimensions = [{"Name": key, "Value": each} for key, each in (own if refused else of).items()]
    datum = {"MetricName": name, "Timestamp": minute(ago), "Value": value, "Dimensions": dimensions}
    namespace = "Pendataan" if refused else "AWS/ApiGateway"
    clients.cloudwatch().put_metric_data(Namespace=namespace, MetricData=[datum])  # type: ignore[list-item]


def test_what_closes_next_and_how_many_institutions(started: World) -> None:
    started.open("9902")
    started.extend({"VERIFICATION": CLOSES + timedelta(days=3)})
    answer = started.call("GET", "duty", role="bkn")
    assert (answer.status, answer.headers["retry-after"]) == (200, "10")
    assert [(one["closes"], one["lock_at"], one["institutions"]) for one in answer.json["closings"]] == [
        ("2022-10-31T17:00:00+07:00", "2022-10-31T17:00:45+07:00", 1),
        ("2022-11-03T17:00:00+07:00", "2022-11-03T17:00:45+07:00", 1),
    ]
    assert (answer.json["late"], answer.json["late_count"], answer.json["closings_more"]) == ([], 0, 0)


def test_it_is_late_once_the_drain_is_over_and_until_it_is_locked(started: World) -> None:
    started.cloud.at(CLOSES + DRAIN - timedelta(seconds=1))
    assert started.call("GET", "duty", role="bkn").json["late_count"] == 0
    started.cloud.at(CLOSES + DRAIN + timedelta(seconds=30))
    shown = started.call("GET", "duty", role="auditor").json
    (late,) = shown["late"]
    assert (late["code"], late["name"], late["lock_at"]) == (CODE, "Kabupaten Contoh Satu", "2022-10-31T17:00:45+07:00")
    assert late["seconds"] in range(30, 60)
    assert (shown["late_count"], shown["closings"]) == (1, [])
    started.lock_due()
    assert started.call("GET", "duty", role="bkn").json["late_count"] == 0


def test_letters_that_wait_and_since_when(handed_in: World) -> None:
    shown = handed_in.call("GET", "duty", role="bkn").json
    assert shown["statements"]["count"] == 1
    assert shown["statements"]["since"] is not None
    assert shown["extensions"] == {"count": 0, "since": None}


def test_an_extension_that_waits(started: World) -> None:
    started.ask_more({"VERIFICATION": CLOSES + timedelta(days=3)}, received=NOON)
    extensions = started.call("GET", "duty", role="bkn").json["extensions"]
    assert extensions == {"count": 1, "since": "2022-09-01T12:00:00+07:00"}


def test_errors_and_refusals_are_what_was_counted(started: World) -> None:
    for ago, errors in ((20, 50), (5, 3), (2, 1)):
        counted("registration", "Count", ago, 100)
        counted("registration", "5XXError", ago, errors)
    counted("registration", "RefusedAfterDeadline", 5, 7)
    counted("documents", "Count", 3, 10)
    shown = started.call("GET", "duty", role="bkn").json
    registration, documents, *others = shown["services"]
    assert registration == {"service": "registration", "errors_minute": 1, "errors": 4, "refused": 7}
    assert documents == {"service": "documents", "errors_minute": 0, "errors": 0, "refused": 0}, "counted, and none"
    assert [{**SILENT, "service": one["service"]} for one in others] == others, "nobody counted: no zero"
    assert datetime.fromisoformat(shown["counted"]) == minute(2)


def test_without_figures_the_rest_is_shown(started: World, caplog: pytest.LogCaptureFixture) -> None:
    def away(**_: object) -> None:
        raise ClientError({"Error": {"Code": "Throttling", "Message": ""}}, "GetMetricData")

    events = clients.cloudwatch().meta.events
    events.register_first("provide-client-params.cloudwatch.GetMetricData", away)
    try:
        shown = started.call("GET", "duty", role="bkn").json
    finally:
        events.unregister("provide-client-params.cloudwatch.GetMetricData", away)
    assert [one["errors"] for one in shown["services"]] == [None] * 4
    assert shown["counted"] is None
    assert len(shown["closings"]) == 1
    assert "CloudWatch did not tell its figures" in caplog.text


@pytest.mark.parametrize("role", ["admin", "ppk", None])
def test_it_is_bkns(started: World, role: str | None) -> None:
    assert started.call("GET", "duty", role=role).status == (401 if role is None else 403)
