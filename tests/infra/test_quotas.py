"""What an account allows against what is needed, answered by a stub of Service Quotas."""

from typing import Any

import pytest
from botocore.stub import Stubber

from infra.aws import Aws
from infra.quotas import Need, compare, needs, tell

RATE = Need(service="apigateway", quota="L-1", name="Throttle rate", usual=2500, need=10_000, because="16:59:58")
BURST = Need(service="apigateway", quota="Throttle burst", name="Throttle burst", usual=1, need=5, because="bursts")


def quota(code: str, name: str, value: float) -> dict[str, Any]:
    return {"QuotaCode": code, "QuotaName": name, "Value": value}


def asked(usual: list[dict[str, Any]], granted: list[dict[str, Any]], *wanted: Need) -> list[Any]:
    client = Aws(endpoint="http://127.0.0.1:9").session.client("service-quotas")
    with Stubber(client) as stub:
        stub.add_response("list_aws_default_service_quotas", {"Quotas": usual}, {"ServiceCode": "apigateway"})
        stub.add_response("list_service_quotas", {"Quotas": granted}, {"ServiceCode": "apigateway"})
        answers = list(compare(client, wanted))
        stub.assert_no_pending_responses()
    return answers


@pytest.mark.parametrize(("granted", "enough"), [(9_999, False), (10_000, True), (20_000, True)])
def test_what_was_granted_counts_before_the_default(granted: float, enough: bool) -> None:
    (answer,) = asked([quota("L-1", "Rate", 2500)], [quota("L-1", "Rate", granted)], RATE)
    assert (answer.allowed, answer.enough) == (granted, enough)


def test_the_default_counts_where_nothing_was_granted() -> None:
    (answer,) = asked([quota("L-1", "Rate", 2500)], [], RATE)
    assert (answer.allowed, answer.enough) == (2500, False)


def test_a_quota_may_be_known_by_its_name_and_a_service_is_asked_once() -> None:
    rate, burst = asked([quota("L-1", "Rate", 10_000), quota("L-2", "Throttle burst", 5)], [], RATE, BURST)
    assert (rate.enough, burst.enough) == (True, True)


def test_a_quota_that_is_not_known_does_not_suffice() -> None:
    (answer,) = asked([], [], RATE)
    assert (answer.allowed, answer.enough) == (None, False)


def test_it_fails_and_says_why_when_one_does_not_suffice(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell(asked([quota("L-1", "Rate", 10_000), quota("L-2", "Throttle burst", 4)], [], RATE, BURST)) == 1
    said = capsys.readouterr().out
    assert "bursts" in said
    assert "16:59:58" not in said
    assert tell(asked([quota("L-1", "Rate", 10_000)], [], RATE)) == 0


def test_the_committed_needs_are_read_and_name_each_quota_once() -> None:
    found = needs()
    assert len({(need.service, need.quota) for need in found}) == len(found)
    assert {"apigateway", "lambda", "events", "dynamodb", "kms", "ses"} == {need.service for need in found}
