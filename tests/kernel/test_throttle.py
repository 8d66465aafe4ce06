"""How often somebody may try: the last attempt that is allowed, the first that is not, and the next span."""

from datetime import timedelta

import pytest

from services.kernel.aws import clients
from services.kernel.problems import Code, Problem
from services.kernel.security.throttle import Throttle
from services.kernel.settings import settings
from tests.support.aws import Cloud

LIMIT = Throttle("tries", 2, timedelta(minutes=10), lambda: b"k" * 32)
OTHER = Throttle("others", 2, timedelta(minutes=10), lambda: b"k" * 32)


def test_one_attempt_too_many_waits_for_the_next_span(here: Cloud) -> None:
    here.at("2022-09-01T09:01:00+07:00")
    for _ in range(2):
        LIMIT.require("192.0.2.1")
    with pytest.raises(Problem) as refused:
        LIMIT.require("192.0.2.1")
    assert refused.value.code is Code.THROTTLED
    assert 500 < (refused.value.retry_after or 0) <= 540
    assert not LIMIT.exceeded("192.0.2.2")
    assert not OTHER.exceeded("192.0.2.1")
    here.at("2022-09-01T09:09:00+07:00")
    assert LIMIT.exceeded("192.0.2.1")
    here.at("2022-09-01T09:10:00+07:00")
    LIMIT.require("192.0.2.1")


def test_who_tried_is_not_stored(here: Cloud) -> None:
    LIMIT.require("192.0.2.1")
    stored = clients.dynamodb().scan(TableName=settings().ttl_table)["Items"]
    assert len(stored) == 1
    assert "192.0.2.1" not in str(stored)
