"""Registration numbers: public, printed on cards, and not to be guessed or counted."""

import re
import secrets
from typing import Final

from services.kernel.values.texts import as_typed

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so nothing is misread (crockford.com/base32.html)."""
LENGTH: Final = 10
"""50 random bits: nobody finds a person by trying, and nobody reads an institution's size from two numbers."""

_BETWEEN: Final = re.compile(r"[\s-]+")
_MISREAD: Final = str.maketrans("OIL", "011")


def new_registration_number() -> str:
    """A fresh number."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(LENGTH))


def as_crockford(typed: str) -> str:
    """What people type of a number or code of ours: any case, in groups or not, O for 0, I and L for 1."""
    return _BETWEEN.sub("", as_typed(typed)).upper().translate(_MISREAD)
