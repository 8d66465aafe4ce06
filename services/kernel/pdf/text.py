import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from services.kernel.pdf.fonts import BOLD, REGULAR, printable, width_of

INK = "#1B2530"

# A piece of a line in one font, a word of one or more pieces, and a line of words.
Run = tuple[str, str]
Word = tuple[Run, ...]
Line = tuple[Word, ...]

# `bold` puts these around words; they are control characters, so nothing a person typed can contain them.
_ON, _OFF = "\x0e", "\x0f"


@dataclass(frozen=True, slots=True)
class Style:
    """How words look: size in points, colour as #RRGGBB, line spacing as a multiple of the size."""

    size: float = 10.0
    font: str = REGULAR
    colour: str = INK
    spacing: float = 1.3

    @property
    def line(self) -> float:
        """From one base line to the next, in points."""
        return self.size * self.spacing


def bold(words: str) -> str:
    """Mark words of a text as bold, whatever font the rest has."""
    return f"{_ON}{words}{_OFF}"


def wrapped(words: str, width: float, style: Style) -> list[Line]:
    """Break text into lines no wider than `width` points; a word too long for a line is cut into pieces."""
    lines: list[Line] = []
    line: list[Word] = []
    used, space = 0.0, width_of(" ", style.font, style.size)
    for word in _words(words, width, style):
        wide = sum(width_of(part, font, style.size) for font, part in word)
        if line and used + space + wide > width:
            lines.append(tuple(line))
            line, used = [], 0.0
        used += wide + (space if line else 0)
        line.append(word)
    return [*lines, tuple(line)] if line else lines


def runs_of(line: Line, style: Style) -> Iterator[Run]:
    """Join a line into as few pieces as fonts allow, so that its text can be searched and copied as it is read.

    A space has the font of the word before it, unless the next word goes on in another.
    """
    pieces: list[Run] = []
    for place, word in enumerate(line):
        gap = [(word[0][0] if pieces[-1][0] == word[0][0] else style.font, " ")] if place else []
        pieces += [*gap, *word]
    for font, group in groupby(pieces, key=itemgetter(0)):
        yield font, "".join(part for _, part in group)


def height_of(words: str, width: float, style: Style) -> float:
    """Return how high the text comes out in that width, in points."""
    return len(wrapped(words, width, style)) * style.line


def shrunk(words: str, width: float, style: Style, *, lines: int, least: float) -> Style:
    """Return the style made smaller until the text takes at most `lines` lines, but not below `least` points."""
    while style.size > least and len(wrapped(words, width, style)) > lines:
        style = replace(style, size=max(least, style.size - 0.5))
    return style


def grouped(code: str, size: int) -> list[str]:
    """Cut a code into groups that can be read aloud and compared."""
    return [code[start : start + size] for start in range(0, len(code), size)]


def _words(words: str, width: float, style: Style) -> Iterator[Word]:
    font = style.font
    for word in words.split():
        runs: list[Run] = []
        for part in re.split(f"([{_ON}{_OFF}])", word):
            if part in {_ON, _OFF}:
                font = BOLD if part == _ON else style.font
            elif shown := printable(part):
                runs.append((font, shown))
        if len(runs) == 1:
            yield from (((runs[0][0], piece),) for piece in _cut(runs[0][1], width, runs[0][0], style.size))
        elif runs:
            yield tuple(runs)


def _cut(word: str, width: float, font: str, size: float) -> Iterator[str]:
    while len(word) > 1 and width_of(word, font, size) > width:
        fitting = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width_of(word[:n], font, size) <= width)
        yield word[:fitting]
        word = word[fitting:]
    yield word
