"""Codes of cards: in the QR, printed in groups of four beside it, typed by people, and not to be guessed."""

import re
from typing import Final

from services.kernel.values.crockford import CROCKFORD, as_crockford, new_crockford

LENGTH: Final = 20
"""100 random bits."""

_CODE: Final = re.compile(rf"[{CROCKFORD}]{{{LENGTH}}}")


def new_card_code() -> str:
    """A fresh code."""
    return new_crockford(LENGTH)


def read_card_code(typed: str) -> str | None:
    """Read a code as people type it: any case, groups or none, O for 0, I and L for 1. None when it is no code."""
    code = as_crockford(typed)
    return code if _CODE.fullmatch(code) else None
