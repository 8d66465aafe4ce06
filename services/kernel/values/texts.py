"""Text as people type, paste and import it: read as it is seen, refused where it cannot be read.

Numbers pasted from a telephone carry marks of direction and hyphens that do not break, names from a web page spaces of
no width: the reader sees none of it, and all of it would be stored, compared and published. A control character is
never meant.

    drop_invisible  takes out what nobody sees; every text of a body, but passwords
    as_written      for words: a character that only looks another way becomes the plain one, all others stay
    as_typed        for numbers, codes, dates and addresses: every digit, hyphen, space and apostrophe is the plain one
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from services.kernel.problems import Code, FieldProblem, Problem

UNREADABLE: Final = "unreadable"
"""The code of a text with a control character, in a body and in an imported row alike."""
_UNREADABLE_TEXT: Final = "Isian ini memuat karakter yang tidak dapat dibaca. Ketik ulang isinya."

_VERBATIM: Final = frozenset({"password"})
"""Members of a body that are compared by their hash: nothing is taken from what their owner typed."""

_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Unicode's Default_Ignorable_Code_Point (UAX 44), interlinear marks and the blank of Braille: of no width or empty."""
OTHER_FORMS: Final = ((0x2010, 0x2011), (0xFB00, 0xFB06), (0xFF01, 0xFF5E), (0x1D400, 0x1D7FF))
"""First and last of the characters that are another's only by form: hyphens, ligatures, full width, bold and script."""
_PLAIN_FORMS: Final = {
    code: unicodedata.normalize("NFKC", chr(code)).replace("\u2010", "-")
    for first, last in OTHER_FORMS
    for code in range(first, last + 1)
}
_PLAIN_MARKS: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63", "-")
    | dict.fromkeys("\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u2032\u00b4`", "'")
)
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Neither a space nor a line end; U+0080 to U+009F are Windows-1252 read wrongly."""
_ODD_SPACE: Final = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
"""Line ends that only word processors know."""


def drop_invisible(text: str) -> str:
    """Return the text without characters that nobody sees."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def as_written(text: str) -> str:
    """Return words as they are seen: composed, ligatures and full-width letters as letters, hyphens as plain ones.

    An accent, a raised digit, a dash and a typographic apostrophe are seen, and stay.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", drop_invisible(text).translate(_PLAIN_FORMS))


def as_typed(text: str) -> str:
    """Return a number, code, date or address as typed on a keyboard (NFKC); digits of any script become 0 to 9."""
    if text.isascii():
        return text.replace("`", "'")
    plain = unicodedata.normalize("NFKC", drop_invisible(text.translate(_PLAIN_MARKS))).translate(_PLAIN_MARKS)
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)


def read_texts(value: object) -> object:
    """Return a JSON value without what nobody sees in its texts; names of members and passwords stay as they are.

    Raises:
        Problem: `invalid-fields`, one `unreadable` for each text with a control character.
    """
    found = [FieldProblem(".".join(path), UNREADABLE, _UNREADABLE_TEXT) for path in _unreadable(value, ())]
    if found:
        raise Problem(Code.INVALID_FIELDS, fields=found)
    return _seen(value)


def _unreadable(value: object, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, str) and _CONTROL.search(value):
        yield path
    for name, each in _members(value):
        yield from _unreadable(each, (*path, name))


def _members(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, list):
        yield from ((str(place), each) for place, each in enumerate(value))


def _seen(value: object) -> object:
    if isinstance(value, str):
        return _ODD_SPACE.sub(" ", drop_invisible(value))
    if isinstance(value, Mapping):
        return {name: each if name in _VERBATIM else _seen(each) for name, each in value.items()}
    return [_seen(each) for each in value] if isinstance(value, list) else value


def clean_text(text: str) -> str:
    """Return the text as it is written, on one line with single spaces.

    Raises:
        ValueError: "code|sentence" for the form, when nothing is left or it has a control character.
    """
    if _CONTROL.search(text):
        raise ValueError(f"{UNREADABLE}|{_UNREADABLE_TEXT}")
    plain = " ".join(as_written(text).split())
    if not plain:
        raise ValueError("missing|Isian ini wajib diisi.")
    return plain


def clean_paragraph(text: str) -> str:
    """Return the text with its line ends, but without spaces around lines and blank lines around it.

    Raises:
        ValueError: as `clean_text`.
    """
    lines = (" ".join(line.split()) for line in as_written(text).splitlines())
    plain = "\n".join(lines).strip("\n")
    clean_text(plain)
    return plain
