"""What people write where there is nothing to write: dashes, "tidak ada", zeros, and a spreadsheet's own errors.

Each is blank in some places and a value in others: somebody may be called Null, and an honor may be 0.
"""

import re
from typing import Final

from services.kernel.values.texts import as_typed

_DASHES: Final = re.compile(r"[-.,;:_\s]*")
_WORDS: Final = frozenset(
    """nihil|kosong|n/a|n.a|n.a.|tidak ada|tdk ada|tak ada|belum ada|blm ada|tidak punya|tdk punya|belum punya|
    tidak memiliki|tidak tersedia|tanpa nomor|na|nil|null|none|tidak|tdk""".replace("\n    ", "").split("|")
)
_ZEROS: Final = re.compile(r"[0\s.,/:'-]*")
# ECMA-376, part 1, section 18.17.3, and Microsoft 365's newer ones (#SPILL!, #CALC!); #### is a cell too narrow for its
# value; LibreOffice shows Err:501 to Err:540 (its help, "Error Codes in LibreOffice Calc").
_ERROR: Final = re.compile(r"#(?:N/A|GETTING_DATA|DIV/0!|[A-Z]+[!?]|#*)|Err:\d{3}", re.IGNORECASE)


def is_dashes(text: str) -> bool:
    """Whether a text has no sign but dashes, points and spaces."""
    return _DASHES.fullmatch(as_typed(text)) is not None


def says_nothing(text: str) -> bool:
    """Whether a text says that there is nothing: also "tidak ada", "nihil", "n/a", "null" and their like."""
    return is_dashes(text) or _told(text) in _WORDS


def is_no_number(text: str) -> bool:
    """Whether a text says that there is no number: as `says_nothing`, or by zeros only."""
    return says_nothing(text) or _ZEROS.fullmatch(as_typed(text)) is not None


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows for a formula that failed: `#N/A`, `#REF!`, `Err:502`."""
    return text[:1] in {"#", "E", "e"} and _ERROR.fullmatch(text) is not None


def _told(text: str) -> str:
    return " ".join(as_typed(text).casefold().strip(" .-()").split())
