"""Cells that are filled and say nothing: which words, zeros and errors are a blank depends on the column."""

import re
from typing import Final

from services.kernel.values.nothing import is_dashes, is_error, is_no_number, says_nothing
from services.registration.rows.columns import BY_KEY, Kind

_NAMES: Final = frozenset({"nama", "tempat_lahir"})
"""A person may be called Null, and a place Nihil."""
_NUMBERS: Final = frozenset({Kind.NIK, Kind.CODE, Kind.NUMBER, Kind.DATE, Kind.PHONE})
"""No number or day of these is zero; a THK-II number of `0` would make somebody THK-II (domain.md, section 5)."""
_STILL: Final = re.compile(
    r"(?:(?:sampai|hingga|s[./]?d\.?|sampai dengan) )?(?:sekarang|kini|saat ini)|(?:masih )?aktif|masih bekerja",
    re.IGNORECASE,
)
"""An end of work that has not come, which is what a blank one says."""
_ZERO_DAY: Final = re.compile(r"00?[-/.]0?1[-/.]1900|30[-/.]12[-/.]1899|1899-12-30")
"""A 0 in a cell of dates, as Excel and LibreOffice write it into a CSV file."""


def is_hollow(key: str, text: str) -> bool:
    """Whether a text in this column is to be read as a blank."""
    if is_dashes(text) or is_error(text):
        return True
    column = BY_KEY.get(key)
    if column is None or key in _NAMES:
        return False
    if key == "tanggal_akhir" and _STILL.fullmatch(text):
        return True
    if column.kind is Kind.DATE and _ZERO_DAY.fullmatch(text):
        return True
    return is_no_number(text) if column.kind in _NUMBERS else says_nothing(text)
