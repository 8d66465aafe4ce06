"""A receipt says what was promised, and nothing else passes for one."""

import jwt
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.documents.receipts import Receipt, read_receipt, sign_receipt
from tests.support.aws import FILES_KEY

RECEIPT = Receipt(file="pabc.SK.3", riwayat="pertama", enrolment=None, received=1_661_990_400_000)
SIGNED = sign_receipt(FILES_KEY, RECEIPT)


def test_what_was_signed_is_read() -> None:
    assert read_receipt(FILES_KEY, SIGNED) == RECEIPT
    assert RECEIPT.subject == "pabc"


def test_another_key_or_purpose_is_no_receipt() -> None:
    assert read_receipt(FILES_KEY[::-1], SIGNED) is None
    claims = {**RECEIPT.model_dump(), "aud": "session"}
    assert read_receipt(FILES_KEY, jwt.encode(claims, FILES_KEY, "HS256")) is None
    unsigned = jwt.encode({**RECEIPT.model_dump(), "aud": "receipt"}, "", "none")
    assert read_receipt(FILES_KEY, unsigned) is None


def test_what_is_signed_but_incomplete_is_none() -> None:
    assert read_receipt(FILES_KEY, jwt.encode({"aud": "receipt", "file": "x"}, FILES_KEY, "HS256")) is None


@given(st.text(max_size=200) | st.text("eyJ.-_", max_size=40))
def test_whatever_comes_is_read_or_none(text: str) -> None:
    assert read_receipt(FILES_KEY, text) is None


@given(st.integers(0, len(SIGNED) - 1), st.sampled_from("Aa0-_."))
def test_a_changed_letter_is_found(place: int, letter: str) -> None:
    changed = SIGNED[:place] + letter + SIGNED[place + 1 :]
    assert read_receipt(FILES_KEY, changed) in (None, RECEIPT)  # the last letter holds bits that say nothing
    assert changed == SIGNED or place == len(SIGNED) - 1 or read_receipt(FILES_KEY, changed) is None
