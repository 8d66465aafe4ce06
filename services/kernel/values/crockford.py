"""Crockford's base 32: numbers and codes of ours that people read out and type (crockford.com/base32.html)."""

import re
import secrets
from typing import Final

from services.kernel.values.texts import as_typed

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O or U, so nothing is misread."""

_BETWEEN: Final = re.compile(r"[\s-]+")
_MISREAD: Final = str.maketrans("OIL", "011")


def new_crockford(length: int) -> str:
    """So many random characters, five bits each."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))


def as_crockford(typed: str) -> str:
    """What people type of a number or code of ours: any case, in groups or not, O for 0, I and L for 1."""
    return _BETWEEN.sub("", as_typed(typed)).upper().translate(_MISREAD)
