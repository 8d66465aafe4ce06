"""Whether two spellings may well mean the same person or place (domain.md, section 3).

A name that is only alike is taken where NIK and birth date fit, with a mark for the verifikator; a place of birth alone
never turns a person away.
"""

import re
import unicodedata
from enum import StrEnum
from typing import Final

from services.kernel.values.names import normalise_name


class Alikeness(StrEnum):
    """How far two names agree."""

    SAME = "same"
    ALIKE = "alike"
    """Muh. for Muhammad, words in another order, together or apart, or one letter off."""
    DIFFERENT = "different"


_MUHAMMAD: Final = re.compile(r"m|m[uo]c?h|mh|m[uo]?h?m?d|m[uo]c?ham{1,2}[ae]d")
_SHORTEST_SLIP: Final = 5
"""Letters a name must have for one of them to be off: "Adi" and "Edi" are two people."""

_KINDS_OF_PLACE: Final = frozenset(("kabupaten", "kab", "kota", "kotamadya", "kodya", "administrasi", "adm"))
_APOSTROPHES: Final = re.compile("['`\u00b4\u02bb\u02bc\u2018\u2019\u201b\u2032]")
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")


def compare_names(one: str, other: str) -> Alikeness:
    """How far two names agree, whatever their case, punctuation and titles; one without a letter agrees with none."""
    first, second = normalise_name(one), normalise_name(other)
    if not first or not second:
        return Alikeness.DIFFERENT
    if first == second:
        return Alikeness.SAME
    words, others = _usual(first), _usual(second)
    plain, another = "".join(words), "".join(others)
    if sorted(words) == sorted(others) or plain == another or _is_one_slip(plain, another):
        return Alikeness.ALIKE
    return Alikeness.DIFFERENT


def is_muhammad(word: str) -> bool:
    """Whether a normalised word is a way to write Muhammad: Muh, Moh, Mohamad …; a single M may be anything."""
    return len(word) > 1 and _MUHAMMAD.fullmatch(word) is not None


def same_place(one: str, other: str) -> bool:
    """Whether both spell the same place: without case, punctuation, apostrophes, spaces, Kabupaten and Kota."""
    place = _plain_place(one)
    return bool(place) and place == _plain_place(other)


def _usual(name: str) -> list[str]:
    """The words of a normalised name, Muhammad in one spelling; a single M is him only where a name begins."""
    words = name.split()
    return [
        "muhammad" if _MUHAMMAD.fullmatch(word) and (at == 0 or len(word) > 1) and len(words) > 1 else word
        for at, word in enumerate(words)
    ]


def _is_one_slip(one: str, other: str) -> bool:
    """One letter more, less or another, or two neighbours swapped (Damerau)."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST_SLIP or len(long) - len(short) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    return short[at + 1 :] == long[at + 1 :] or (
        short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    )


def _plain_place(text: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    words = _NOT_A_LETTER.sub(" ", _APOSTROPHES.sub("", bare).casefold()).split()
    return "".join(word for word in words if word not in _KINDS_OF_PLACE) or "".join(words)
