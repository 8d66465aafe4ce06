"""The second factor of staff: one-time codes (TOTP, RFC 6238) and, for a lost phone, recovery codes.

A code is good within one time step of the machine's clock either way (RFC 6238, section 5.2), and works once. The
machine's clock, and not the portal's: the phone that makes the codes has no other.
"""

import secrets
from dataclasses import replace
from typing import Final

import pyotp

from services.kernel import clock
from services.kernel.security import privacy
from services.registration.model.account import Account, SecondFactor
from services.registration.settings import lookup_key

RECOVERY_CODES: Final = 10
_STEP = 30
_ISSUER = "Pendataan Non-ASN"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a digit."""
_RECOVERY_LENGTH = 10


def new_secret() -> str:
    """A secret for one-time codes: 160 bits in base32 (RFC 4226, section 4)."""
    return pyotp.random_base32(32)


def provisioning_uri(secret: str, login_masked: str) -> str:
    """What the QR code says that an authenticator app reads (`otpauth://totp/…`); the number in it is masked."""
    return pyotp.TOTP(secret).provisioning_uri(name=login_masked, issuer_name=_ISSUER)


def step_of(secret: str, code: str) -> int | None:
    """The time step whose code this is, one either way of the present one; None when it is none of the three."""
    now = int(clock.machine_now().timestamp()) // _STEP
    totp = pyotp.TOTP(secret)
    for step in (now, now - 1, now + 1):
        if secrets.compare_digest(totp.generate_otp(step), code):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Ten codes of 50 bits, as they are printed: `XXXXX-XXXXX`."""
    drawn = ("".join(secrets.choice(_ALPHABET) for _ in range(_RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES))
    return [f"{code[:5]}-{code[5:]}" for code in drawn]


def kept(account: str, codes: list[str]) -> tuple[str, ...]:
    """What is kept of an account's recovery codes: their keyed hashes."""
    return tuple(_hash(account, code) for code in codes)


class UsedCode(Exception):
    """The code was right, and was let in before."""


def used(account: Account, secret: str, code: str) -> SecondFactor | None:
    """What is kept once this code, of the phone or for recovery, was used; None when it is neither.

    Raises:
        UsedCode: a code of the phone that was let in already, or one older than that.
    """
    was = account.second or SecondFactor()
    plain = "".join(code.split()).replace("-", "").upper()
    if plain.isdecimal() and len(plain) == 6:
        step = step_of(secret, plain)
        if step is None:
            return None
        if step <= was.last_step:
            raise UsedCode
        return replace(was, last_step=step)
    hashed = _hash(account.id, plain)
    if hashed not in was.recovery:
        return None
    return replace(was, recovery=tuple(one for one in was.recovery if one != hashed))


def _hash(account: str, code: str) -> str:
    plain = code.replace("-", "").translate(str.maketrans("OIL", "011"))
    return privacy.blind(lookup_key(), "recovery code", f"{account} {plain}")
