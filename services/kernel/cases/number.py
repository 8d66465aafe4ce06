"""The number of a case, to speak of it: `L` and eight characters of Crockford's base 32. Alone it opens nothing."""

import re
from typing import Final

from services.kernel.values.crockford import CROCKFORD, as_crockford, new_crockford

_NUMBER: Final = re.compile(rf"L[{CROCKFORD}]{{8}}")


def new_case_number() -> str:
    """A fresh number: 40 random bits."""
    return "L" + new_crockford(8)


def read_case_number(typed: str) -> str | None:
    """Read a number as people type it; None when it is none."""
    text = as_crockford(typed)
    number = f"L{text[1:]}" if text[:1] == "1" else text  # as_crockford reads an L as a 1
    return number if _NUMBER.fullmatch(number) else None


def case_number_in_groups(number: str) -> str:
    """A number as it is shown and told, `L-XXXX-XXXX`."""
    return f"{number[0]}-{number[1:5]}-{number[5:]}"
