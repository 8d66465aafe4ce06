"""The phones of the demo's staff hand out each code once, and only such as the portal takes."""

from pathlib import Path

import pyotp
import pytest

from infra.local.phones import Phones, code_of

LOGIN, SECRET = "190001011920011001", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = 30.0 * 1_000_000


def steps(phones: Phones, count: int) -> list[tuple[int, float]]:
    """The steps of so many codes, from the present one, and how long each is to be waited for."""
    totp, found = pyotp.TOTP(SECRET), []
    for _ in range(count):
        code = phones.next_code(LOGIN)
        assert code is not None
        step = next(n for n in range(-3, 9) if totp.generate_otp(1_000_000 + n) == code.code)
        found.append((step, code.wait_seconds))
    return found


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (0.0, [(-1, 0.0), (0, 0.0), (1, 0.5), (2, 30.5)]),
        (20.0, [(-1, 0.0), (0, 0.0), (1, 0.0), (2, 10.5)]),
        (25.0, [(0, 0.0), (1, 0.0), (2, 5.5)]),
    ],
)
def test_codes_are_handed_out_once_in_the_order_of_their_steps(
    tmp_path: Path, second: float, expected: list[tuple[int, float]]
) -> None:
    phones = Phones(tmp_path, clock=lambda: NOW + second)
    phones.put(LOGIN, SECRET)
    assert steps(phones, len(expected)) == expected


def test_after_a_restart_none_is_handed_out_again(tmp_path: Path) -> None:
    phones = Phones(tmp_path, clock=lambda: NOW)
    phones.put(LOGIN, SECRET)
    assert steps(phones, 2) == [(-1, 0.0), (0, 0.0)]
    again = Phones(tmp_path, clock=lambda: NOW)
    assert again.shown() == phones.shown() == {LOGIN: pyotp.TOTP(SECRET).generate_otp(1_000_000)}
    assert [step for step, _ in steps(again, 1)] == [1]


def test_another_phone_begins_anew_and_nobodys_is_none(tmp_path: Path) -> None:
    phones = Phones(tmp_path, clock=lambda: NOW)
    assert phones.next_code(LOGIN) is None
    phones.put(LOGIN, SECRET)
    steps(phones, 1)
    phones.put(LOGIN, SECRET)
    assert steps(phones, 1) == [(-1, 0.0)]
    with pytest.raises(ValueError, match=r"Incorrect padding|Non-base32"):
        phones.put(LOGIN, "bukan kunci!")


def test_a_typed_key_is_read_as_people_type_it() -> None:
    spaced = " ".join(SECRET[at : at + 4] for at in range(0, 32, 4)).lower()
    assert code_of(spaced) == code_of(SECRET)
