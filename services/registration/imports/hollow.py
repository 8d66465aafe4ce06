"""Cells that are filled and say nothing: which words, zeros and errors are a blank depends on the column."""

from typing import Final

from services.kernel.nothing import is_dashes, is_error, is_no_number, says_nothing
from services.registration.imports.columns import BY_KEY, Kind

_NAMES: Final = frozenset({"nama", "tempat_lahir"})
"""A person may be called Null, and a place Nihil."""
_NUMBERS: Final = frozenset({Kind.NIK, Kind.CODE, Kind.NUMBER, Kind.DATE})
"""No number or day of these is zero; a THK-II number of `0` would make somebody THK-II (domain.md, section 5)."""
_STILL: Final = frozenset(
    "sekarang|sampai sekarang|s/d sekarang|s.d. sekarang|s.d sekarang|sd sekarang|sampai dengan sekarang|"
    "hingga sekarang|hingga kini|sampai saat ini|s/d saat ini|saat ini|masih aktif|masih bekerja|aktif".split("|")
)
"""An end of work that has not come, which is what a blank one says."""


def is_hollow(key: str, text: str) -> bool:
    """Whether a text in this column is to be read as a blank."""
    if is_dashes(text) or is_error(text):
        return True
    column = BY_KEY.get(key)
    if column is None or key in _NAMES:
        return False
    if key == "tanggal_akhir" and text.casefold() in _STILL:
        return True
    return is_no_number(text) if column.kind in _NUMBERS else says_nothing(text)
