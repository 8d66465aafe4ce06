"""Passwords: which are accepted (design.md, section 5), and how they are kept: argon2id, not below OWASP's figures."""

import base64
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from services.kernel.problems import invalid_problem
from services.kernel.values.identity import read_nik
from services.kernel.values.names import normalise_name
from services.registration.accounts.common_passwords import COMMON_PASSWORDS
from services.registration.model.person import Person

MIN_LENGTH: Final = 12
MAX_LENGTH: Final = 128
_MEMORY_KIB: Final = 19 * 1024
_ITERATIONS: Final = 3
_LANES: Final = 1
# OWASP Password Storage Cheat Sheet: argon2id with at least 19 MiB, 2 iterations, 1 lane.
_HASHER: Final = PasswordHasher(_ITERATIONS, _MEMORY_KIB, _LANES, hash_len=32, salt_len=16, type=Type.ID)
_MIN_NAME: Final = 5
_MIN_GUESSES: Final = 10**8
"""Of a password that is none of a list: below it, it falls to guessing over the net within days (zxcvbn, 2016)."""


@dataclass(frozen=True)
class Owner:
    """Whose password it is: his own numbers, name and birth dates make bad passwords."""

    numbers: Iterable[str]
    name: str
    birth_dates: Iterable[date] = ()


def owner_of(person: Person) -> Owner:
    """What of a listed person makes a bad password for him."""
    nik = read_nik(person.row["nik"])
    born = person.row.get("tanggal_lahir")
    return Owner([nik.digits], person.nama, [nik.birth_date, *([date.fromisoformat(born)] if born else [])])


def require_good(password: str, owner: Owner) -> None:
    """Accept a password that is long enough and neither common nor easily guessed from its owner.

    Raises:
        Problem: `invalid-fields` for `password`; never repeats it.
    """
    for code, sentence, found in _faults(password, owner):
        if found:
            raise invalid_problem("password", code, sentence)


def hash_password(password: str) -> str:
    """The argon2id string to store; its salt and parameters are part of it."""
    return _HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; without an account the same work is done for nothing."""
    try:
        return _HASHER.verify(stored or _DECOY, password)
    except (VerificationError, InvalidHashError):
        return False


def _faults(password: str, owner: Owner) -> Iterable[tuple[str, str, bool]]:
    letters = "".join(normalise_name(password).split())
    digits = re.sub(r"\D", "", password)
    name = "".join(normalise_name(owner.name).split())
    yield "password-short", f"Kata sandi paling sedikit {MIN_LENGTH} karakter.", len(password) < MIN_LENGTH
    yield "password-long", f"Kata sandi paling banyak {MAX_LENGTH} karakter.", len(password) > MAX_LENGTH
    yield (
        "password-number",
        "Kata sandi tidak boleh memuat NIK atau NIP Anda.",
        any(number in digits for number in owner.numbers),
    )
    yield (
        "password-name",
        "Kata sandi tidak boleh memuat nama Anda.",
        len(name) >= _MIN_NAME and name in letters,
    )
    yield (
        "password-birth-date",
        "Kata sandi tidak boleh memuat tanggal lahir Anda.",
        any(form in digits for born in owner.birth_dates for form in (f"{born:%d%m%Y}", f"{born:%Y%m%d}")),
    )
    yield "password-common", "Kata sandi ini terlalu mudah ditebak. Buat kalimat Anda sendiri.", _is_common(password)


def _is_common(password: str) -> bool:
    """In a list, one short piece again and again ("abcabcabcabc"), or guessed soon (zxcvbn's estimate)."""
    plain = password.casefold()
    if plain in COMMON_PASSWORDS or re.fullmatch(r"(.{1,4}?)\1+", plain) is not None:
        return True
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists are large, and few requests need them

    guesses: int = zxcvbn(password, max_length=MAX_LENGTH)["guesses"]
    return guesses < _MIN_GUESSES


def _decoy() -> str:
    """A hash of today's cost that no password has: nothing was ever hashed to make it."""
    salt, digest = (base64.b64encode(os.urandom(size)).decode().rstrip("=") for size in (16, 32))
    return f"$argon2id$v=19$m={_MEMORY_KIB},t={_ITERATIONS},p={_LANES}${salt}${digest}"


_DECOY: Final = _decoy()
