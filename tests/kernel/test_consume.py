"""Messages to use cases: what fails comes again alone, and is logged by its place without its text."""

import pytest

from services.kernel.consume import consume
from services.kernel.log import LogLine
from tests.aws import queued


def _fail_on_secret(message: dict[str, str]) -> None:
    if message["kind"] == "secret":
        raise ValueError("9901014101900001")


def test_only_what_failed_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    bodies = [{"kind": "plain"}, {"kind": "secret"}, {"kind": "plain"}]
    answer = consume(queued(bodies), _fail_on_secret)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    (record,) = [vars(record) for record in caplog.records]
    assert record["line"] == LogLine.MESSAGE_FAILED.value[1]
    assert record["error"].startswith("ValueError ")
    assert "9901014101900001" not in str(record)


def test_when_all_fail_all_come_again() -> None:
    answer = consume(queued([{"kind": "secret"}] * 3), _fail_on_secret)
    assert [one["itemIdentifier"] for one in answer["batchItemFailures"]] == ["0", "1", "2"]
