"""Names of work units (unit kerja): compared without case, spaces and punctuation (domain.md, section 6)."""

from collections.abc import Iterable
from functools import lru_cache

from services.kernel.values.names import words_of


@lru_cache(maxsize=20_000)  # a roster's rows repeat them
def unit_key(name: str) -> str:
    """Return the form in which two spellings of one unit are equal; empty where a name has neither letter nor digit.

    Two numbers beside each other stay two: "SDN 1 2" is not "SDN 12".
    """
    key = ""
    for word in words_of(name):
        key += f" {word}" if key[-1:].isdecimal() and word[0].isdecimal() else word
    return key


def is_among(unit: str, units: Iterable[str]) -> bool:
    """Whether a unit is one of these, however it is spelled; a row without a unit is of none."""
    key = unit_key(unit)
    return bool(key) and any(key == unit_key(each) for each in units)
