"""Text as people type, paste and import it: what is not seen is dropped, what cannot be read is refused.

Numbers pasted from a telephone carry marks of direction, names from a web page spaces of no width: the reader sees
neither, and both would be stored, compared and published. A control character is never meant.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from services.kernel.problems import Code, FieldProblem, Problem

UNREADABLE: Final = "unreadable"
"""The code of a text with a control character, in a body and in an imported row alike."""
_UNREADABLE_TEXT: Final = "Isian ini memuat karakter yang tidak dapat dibaca. Ketik ulang isinya."

_INVISIBLE: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)
"""Unicode's format characters (Cf) but for a few that are seen: no width, direction, joiners, tags."""
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Neither a space nor a line end; U+0080 to U+009F are Windows-1252 read wrongly."""
_ODD_SPACE: Final = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
"""Line ends that only word processors know."""


def drop_invisible(text: str) -> str:
    """Return the text without characters that nobody sees."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def read_texts(value: object) -> object:
    """Return a JSON value with each text in it as it is seen; names of members stay as they are.

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
        return {name: _seen(each) for name, each in value.items()}
    return [_seen(each) for each in value] if isinstance(value, list) else value


def clean_text(text: str) -> str:
    """Return the text on one line with single spaces.

    Raises:
        ValueError: "code|sentence" for the form, when nothing is left or it has a control character.
    """
    if _CONTROL.search(text):
        raise ValueError(f"{UNREADABLE}|{_UNREADABLE_TEXT}")
    plain = " ".join(drop_invisible(text).split())
    if not plain:
        raise ValueError("missing|Isian ini wajib diisi.")
    return plain


def clean_paragraph(text: str) -> str:
    """Return the text with its line ends, but without spaces around lines and blank lines around it.

    Raises:
        ValueError: as `clean_text`.
    """
    lines = (" ".join(line.split()) for line in drop_invisible(text).splitlines())
    plain = "\n".join(lines).strip("\n")
    clean_text(plain)
    return plain
