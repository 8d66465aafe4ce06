"""Names of people: compared without case, punctuation and titles (domain.md §3), and titles told apart."""

import re
import unicodedata
from typing import Final

# Written before a name. Only leading words count: "H." inside a name is an initial.
_BEFORE: Final = frozenset(
    "prof dr drs dra drg drh ir h hj hajah haji kh tgk ust ustadz ustadzah apt ns pdt rd st".split()
)
# Written after a name, nearly always behind a comma. Degrees that are also names or parts of names
# ("Ma", "Se", "Sh") count only with dots or behind a comma.
_AFTER_PLAIN: Final = frozenset(
    """spd spdi spdsd spdaud spdk mpd mpdi ssi msi mkom skom smn mm mkes skep skm sked samd amd amdkep amdkeb
    amdpd amdkom amapd ama skeb sip mip sag mag ssos msos shut stp sp spt spi ssn sst strkep strkeb strkes
    sfarm sgz psi spsi mpsi ners mhum shum mt llm phd mba bsc msc sab map map sei spog spa""".split()
)
_AFTER_DOTTED: Final = _AFTER_PLAIN | frozenset("se st sh ma mh ba ns sm ss me drs apt".split())

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘`´ʼ\"“”"))
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")
_SPACES: Final = re.compile(r"\s+")


def normalise_name(text: str) -> str:
    """Return the form in which two spellings of one name are equal: lower case, letters, single spaces.

    Academic and religious titles go, accents and apostrophes go, other punctuation becomes a space.
    """
    bare, _ = split_titles(text)
    folded = unicodedata.normalize("NFKD", bare.translate(_APOSTROPHES)).casefold()
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    return _NOT_A_LETTER.sub(" ", letters).strip()


def same_name(one: str, other: str) -> bool:
    """Whether both spell the same person's name; two names without a letter are never the same."""
    normal = normalise_name(one)
    return bool(normal) and normal == normalise_name(other)


def split_titles(text: str) -> tuple[str, tuple[str, ...]]:
    """Split a name from its titles, both as they were written: `("Siti Aminah", ("Dra.", "M.Pd."))`.

    A text that holds nothing but titles keeps them as its name: somebody may be called so.
    """
    name, *parts = (part.strip() for part in _SPACES.sub(" ", text).split(","))
    titles = [part for part in parts if _is_degree(part)]
    words = name.split(" ") + [word for part in parts if part and not _is_degree(part) for word in part.split(" ")]
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
    return _key(joined) in (_AFTER_DOTTED if "." in joined.rstrip(".") else _AFTER_PLAIN)


def _is_before(word: str) -> bool:
    """A single letter or "St" counts as a title only with its dot; "Dr" and "Hj" also without."""
    key = _key(word)
    return all(part in _BEFORE for part in key.split()) and (len(key) > 1 or word.endswith(".")) and key != "st"


def _is_degree(part: str) -> bool:
    return bool(part) and all(_key(word) in _AFTER_DOTTED for word in _degree_words(part))


def _degree_words(part: str) -> list[str]:
    """`"S. Pd., M. Si"` is written with and without spaces: try the part as one word first."""
    return [part] if _key(part) in _AFTER_DOTTED else part.split(" ")


def _key(word: str) -> str:
    return "".join(char for char in word.casefold() if char.isalpha())
