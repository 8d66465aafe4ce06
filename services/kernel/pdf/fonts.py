import unicodedata
from functools import cache
from importlib.resources import as_file, files
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# Source Sans Pro (SIL Open Font License) from the package font-source-sans-pro: it has every Latin letter with its
# marks, also those of transliterated Arabic names, and the files are embedded, so a paper looks alike everywhere.
REGULAR: Final = "Sans"
BOLD: Final = "Sans-Bold"
ITALIC: Final = "Sans-Italic"
_FILES: Final = {REGULAR: "Regular", BOLD: "Semibold", ITALIC: "It"}


@cache
def font(name: str) -> TTFont:
    """Return reportlab's font of that name, read from its file at the first use and registered for drawing."""
    source = files("font_source_sans_pro") / "files" / f"SourceSansPro-{_FILES[name]}.ttf"
    with as_file(source) as path:
        loaded = TTFont(name, str(path))
    pdfmetrics.registerFont(loaded)
    return loaded


def printable(words: str) -> str:
    """Return the text as the fonts can show it: composed, without control characters, strange letters as `?`.

    A letter the fonts lack keeps its base form when it has one, so that a name stays readable.
    """
    composed = unicodedata.normalize("NFC", words)
    return "".join(_shown(letter) for letter in composed if unicodedata.category(letter) not in {"Cc", "Cf"})


@cache
def _shown(letter: str) -> str:
    known = font(REGULAR).face.charToGlyph
    if ord(letter) in known:
        return letter
    base = "".join(part for part in unicodedata.normalize("NFKD", letter) if ord(part) in known)
    return base or ("" if unicodedata.combining(letter) else "?")


def width_of(words: str, name: str, size: float) -> float:
    """Return how wide printable text comes out, in points."""
    return float(font(name).stringWidth(words, size))
