"""Names of people: compared without case, punctuation and titles (domain.md §3), and titles told apart."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Written before a name. Only leading words count, and a single letter only with its dot: "H" may be an initial.
_BEFORE: Final = _words("prof dr drs dra drg drh ir h hj hajah haji kh tgk ust ustadz ustadzah apt ns pdt")
# Written after a name. These are nobody's name, so they count however they are written …
_AFTER: Final = _words(
    """spd spdi spdsd spdk mpd mpdi ssi msi mkom skom smn mm mkes skep skm sked amd amdkep amdkeb amdkom samd
    skeb mag ssos msos strkep strkeb sfarm spsi mpsi mhum shum llm phd mba bsc msc"""
)
# … and these may be ("Ama", "Se", "Sri Map"), so they count only with dots inside or behind a comma.
_AFTER_DOTTED: Final = _AFTER | _words(
    """se st sh ma mh ba ns sm ss me mt drs apt ama apd ak ap sag sab sap sip
    map mip sp spt spi stp ssn sst sei spog spa sthi sgz"""
)

_ANY_TITLE: Final = _BEFORE | _AFTER

# Straight, curly, modifier and accent marks used as apostrophes, and quotation marks.
_APOSTROPHES: Final = dict.fromkeys(
    map(ord, "'\u2018\u2019\u201b\u2032`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\"\u201c\u201d\u201e")
)
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")
_SPACES: Final = re.compile(r"\s+")


def normalise_name(text: str) -> str:
    """Return the form in which two spellings of one name are equal: lower case, letters, single spaces.

    Academic and religious titles go, accents and apostrophes go, other punctuation becomes a space.
    """
    normal = _normalise(text)
    while normal != text:  # "Dr.Budi" shows its title only once the dot is gone
        text, normal = normal, _normalise(normal)
    return normal


def _normalise(text: str) -> str:
    bare, _ = split_titles(unicodedata.normalize("NFKD", text).translate(_APOSTROPHES))
    return _letters(bare)


def _letters(text: str) -> str:
    letters = "".join(char for char in text.casefold() if not unicodedata.combining(char))
    return _NOT_A_LETTER.sub(" ", letters).strip()


def words_of(text: str) -> list[str]:
    """The words of a text as somebody looks for them: lower case, without accents and apostrophes; titles stay."""
    return _letters(unicodedata.normalize("NFKD", text).translate(_APOSTROPHES)).split()


def has_titles(text: str) -> bool:
    """Whether a name seems to hold titles; the same as `split_titles` finding some, but quick where it does not."""
    if "." not in text and "," not in text and _ANY_TITLE.isdisjoint(text.casefold().split()):
        return False
    return bool(split_titles(text)[1])


def find_titled(names: Sequence[str]) -> list[int]:
    """Return the places of names that `has_titles`; where there are none, one look at all of them together says so."""
    together = "\n".join(names)
    if "." not in together and "," not in together and _ANY_TITLE.isdisjoint(together.casefold().split()):
        return []
    return [place for place, name in enumerate(names) if has_titles(name)]


def split_titles(text: str) -> tuple[str, tuple[str, ...]]:
    """Split a name from its titles, both as they were written: `("Siti Aminah", ("Dra.", "M.Pd."))`.

    A text that holds nothing but titles keeps them as its name: somebody may be called so.
    """
    name, *parts = (part.strip() for part in _SPACES.sub(" ", text).split(","))
    titles = [part for part in parts if _is_degree(part)]
    words = [word for part in (name, *parts) if part not in titles for word in part.split(" ") if word]
    before, words = _leading_titles(words)
    words, after = _trailing_degrees(words)
    return " ".join(words), (*before, *after, *titles)


def _leading_titles(words: list[str]) -> tuple[list[str], list[str]]:
    count = 0
    while count < len(words) - 1 and _is_before(words[count]):
        count += 1
    return words[:count], words[count:]


def _trailing_degrees(words: list[str]) -> tuple[list[str], list[str]]:
    """Degrees without a comma: one word ("S.Pd."), or two of which the first is short ("S. Pd.")."""
    after: list[str] = []
    while len(words) > 1:
        width = next((n for n in (1, 2) if len(words) > n and _ends_in_degree(words[-n:])), 0)
        if not width:
            break
        after.insert(0, " ".join(words[-width:]))
        words = words[:-width]
    return words, after


def _ends_in_degree(words: list[str]) -> bool:
    if len(words) == 2 and not (words[0].endswith(".") and len(words[0]) <= 3):
        return False
    joined = "".join(words)
    return _key(joined) in (_AFTER_DOTTED if "." in joined.rstrip(".") else _AFTER)


def _is_before(word: str) -> bool:
    parts = [part for part in word.casefold().split(".") if part]
    return bool(parts) and all(part in _BEFORE for part in parts) and (len(parts[0]) > 1 or "." in word)


def _is_degree(part: str) -> bool:
    """`"S. Pd"` and `"S.Pd M.Si"` are both written: the part as one word, else each word of it."""
    words = [part] if _key(part) in _AFTER_DOTTED else part.split(" ")
    return all(_key(word) in _AFTER_DOTTED for word in words)


def _key(word: str) -> str:
    return "".join(char for char in word.casefold() if char.isalpha())
