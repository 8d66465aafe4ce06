"""Registration numbers: public, printed on cards, and not to be guessed or counted."""

from typing import Final

from services.kernel.values.crockford import new_crockford

LENGTH: Final = 10
"""50 random bits: nobody finds a person by trying, and nobody reads an institution's size from two numbers."""


def new_registration_number() -> str:
    """A fresh number."""
    return new_crockford(LENGTH)
