"""What of a person's a paper seems to hold that hangs in public (domain.md, section 8): read from a PDF's own text.

Another question than that of a name or title (kernel/security/personal_numbers.py): on such a paper an office's own
telephone, the NIP of who signs and the days of the matter are at home. A scan holds no text; who sends one looks at it.
"""

import re
from typing import Final

import pypdfium2

from services.kernel.security.personal_numbers import MONTHS, PersonalNumber, as_seen

_OFFICES_OWN: Final = 5
"""So many telephone numbers and e-mail addresses an office has *(ours)*; more are those of people."""
_BORN: Final = r"(?:19[5-9]\d|200[0-4])"
"""Years in which somebody of the census was born: whoever is younger than 20 at the reference day is not in it."""
_MONTHS: Final = "|".join(MONTHS)

_NUMBERS: Final = re.compile(r"(?<!\d)(?:\d{16}|\d{4}[ .-]\d{4}[ .-]\d{4}[ .-]\d{4}|\d{6}[ .-]\d{6}[ .-]\d{4})(?!\d)")
"""NIK and nomor KK, solid and as they are grouped; a NIP has eighteen digits."""
_BIRTH_DATES: Final = re.compile(
    rf"(?<!\d)\d{{1,2}} ?[-/.] ?\d{{1,2}} ?[-/.] ?{_BORN}(?!\d)"
    rf"|(?<!\d){_BORN} ?[-/.] ?\d{{1,2}} ?[-/.] ?\d{{1,2}}(?!\d)"
    rf"|(?<!\d)\d{{1,2}}[ .-]+(?:{_MONTHS})[ .,-]+{_BORN}(?!\d)",
    re.IGNORECASE,
)
_REACHED: Final = re.compile(
    r"(?<!\d)(?:\+?62|0)[ .-]?8(?:[ .-]?\d){8,11}(?!\d)|[^\s@,;()<>]+@[^\s@,;()<>]+\.[A-Za-z]{2,}"
)


def number_on_paper(content: bytes) -> PersonalNumber | None:
    """What the text of a PDF holds of people, or None.

    Raises:
        pypdfium2.PdfiumError: it cannot be read.
    """
    source = pypdfium2.PdfDocument(content)
    return number_in(" ".join(source[page].get_textpage().get_text_range() for page in range(len(source))))


def number_in(text: str) -> PersonalNumber | None:
    """The same of a text."""
    plain = as_seen(text)
    if _NUMBERS.search(plain):
        return PersonalNumber.SIXTEEN_DIGITS
    if _BIRTH_DATES.search(plain):
        return PersonalNumber.BIRTH_DATE
    reached = {found.group() for found in _REACHED.finditer(plain)}
    return PersonalNumber.PHONE if len(reached) > _OFFICES_OWN else None
