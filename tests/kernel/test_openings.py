"""What somebody opened is believed of him alone, for a working day, and nothing else passes for it."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel import clock
from services.kernel.documents.openings import TTL, read_opening, sign_opening
from services.kernel.documents.receipts import Receipt, sign_receipt
from tests.support.aws import FILES_KEY

NOW = datetime(2022, 9, 1, 5, tzinfo=UTC)
FILE = "pabc.SK.3"
SIGNED = sign_opening(FILES_KEY, FILE, by="v1", now=NOW)


def read(text: str, *, by: str = "v1", now: datetime = NOW, key: bytes = FILES_KEY) -> str | None:
    return read_opening(key, text, by=by, now=now)


def test_who_opened_a_file_is_believed() -> None:
    assert read(SIGNED) == FILE


def test_nobody_shows_what_another_opened() -> None:
    assert read(SIGNED, by="v2") is None


@pytest.mark.parametrize(("after", "good"), [(TTL - timedelta(milliseconds=1), True), (TTL, False)])
def test_it_is_good_for_twelve_hours(after: timedelta, good: bool) -> None:
    assert (read(SIGNED, now=NOW + after) == FILE) == good


def test_another_key_or_purpose_is_none() -> None:
    claims = {"file": FILE, "by": "v1", "at": clock.millis(NOW)}
    assert read(jwt.encode({**claims, "aud": "opening"}, FILES_KEY, "HS256")) == FILE
    assert read(jwt.encode({**claims, "aud": "session"}, FILES_KEY, "HS256")) is None
    assert read(jwt.encode({**claims, "aud": "opening"}, "", "none")) is None
    assert read(jwt.encode({"aud": "opening", "file": FILE}, FILES_KEY, "HS256")) is None
    assert read(SIGNED, key=FILES_KEY[::-1]) is None
    assert read(sign_receipt(FILES_KEY, Receipt(file=FILE, riwayat=None, enrolment=None, received=0))) is None


@given(st.text(max_size=200) | st.text("eyJ.-_", max_size=40))
def test_whatever_comes_is_read_or_none(text: str) -> None:
    assert read(text) is None
