"""Registration numbers: public, printed on cards, and not to be guessed or counted."""

import secrets
from typing import Final

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so nothing is misread (crockford.com/base32.html)."""
LENGTH: Final = 10
"""50 random bits: nobody finds a person by trying, and nobody reads an institution's size from two numbers."""


def new_registration_number() -> str:
    """A fresh number."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(LENGTH))
