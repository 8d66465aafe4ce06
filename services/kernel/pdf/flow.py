from collections.abc import Sequence
from dataclasses import dataclass

from services.kernel.pdf.fonts import BOLD
from services.kernel.pdf.sheet import Sheet
from services.kernel.pdf.text import Style, height_of

Row = tuple[str, str]

_MARGIN = 56.0
_FOOT = 40.0
_BOTTOM = 62.0
_LABEL = 150.0
_PAD = 3.0
_BLANK = 32.0
_NAVY, _GREY, _HAIR = "#17324D", "#51606E", "#C9D2DB"
_TITLE = Style(20, BOLD, _NAVY)
_HEADING = Style(13, BOLD, _NAVY)
_SUBHEADING = Style(10.5, BOLD)
_BODY = Style(10)
_SMALL = Style(9, colour=_GREY)
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a paper under its heading: sentences, then a table of labels and values; `sub` is one level lower."""

    heading: str
    rows: Sequence[Row] = ()
    sentences: Sequence[str] = ()
    sub: bool = False


class Flow:
    """Parts one below the other, on as many pages as they need; `foot` stands below each, with the page's number."""

    def __init__(self, sheet: Sheet, foot: str) -> None:
        self._sheet, self._foot = sheet, foot
        self._inner = sheet.width - 2 * _MARGIN
        self._y = sheet.height - _MARGIN
        self._tables = 0

    def title(self, words: str, *below: str) -> None:
        """Write the name of the paper, and smaller lines below it."""
        self._y = self._sheet.write((_MARGIN, self._y), self._inner, words, _TITLE, tag="H1") - 2
        for line in below:
            self._y = self._sheet.write((_MARGIN, self._y), self._inner, line, _SMALL)
        self._y -= 6

    def part(self, part: Part) -> None:
        """Write a part; its heading never stands alone at the end of a page."""
        style, tag = (_SUBHEADING, "H3") if part.sub else (_HEADING, "H2")
        first = [*(self._sentence_height(one) for one in part.sentences), *map(self._row_height, part.rows), 0.0][0]
        self._y -= 6 if part.sub else 12
        self._need(style.line + first + 4)
        self._y = self._sheet.write((_MARGIN, self._y), self._inner, part.heading, style, tag=tag) - 2
        for sentence in part.sentences:
            self._need(self._sentence_height(sentence))
            self._y = self._sheet.write((_MARGIN, self._y), self._inner, sentence, _BODY) - _PAD
        for number, row in enumerate(part.rows):
            self._need(self._row_height(row))
            self._write_row(row, number)
        if part.rows:
            self._rule()
            self._tables += 1

    def blanks(self, *labels: str) -> None:
        """Draw a line for each label, to be filled in by hand; they stay together on one page."""
        self._need(len(labels) * _BLANK)
        for label in labels:
            self._y -= _BLANK
            self._sheet.write((_MARGIN, self._y + _SMALL.line), _LABEL - 8, label, _SMALL)
            self._sheet.rule((_MARGIN + _LABEL, self._y), (_MARGIN + self._inner, self._y), _GREY)

    def finish(self) -> bytes:
        """Close the last page and return the file."""
        self._write_foot()
        return self._sheet.finish()

    def _write_row(self, row: Row, number: int) -> None:
        label, value = row
        within = (("Table", self._tables), ("TR", number))
        self._rule()
        top = self._y - _PAD
        beside = self._sheet.write((_MARGIN, top), _LABEL - 8, label, _SMALL, tag="TH", within=within)
        at, width = (_MARGIN + _LABEL, top), self._inner - _LABEL
        self._y = min(beside, self._sheet.write(at, width, value or _NOTHING, _BODY, tag="TD", within=within)) - _PAD

    def _row_height(self, row: Row) -> float:
        label, value = row
        beside = height_of(label, _LABEL - 8, _SMALL)
        return max(beside, height_of(value or _NOTHING, self._inner - _LABEL, _BODY)) + 2 * _PAD

    def _sentence_height(self, words: str) -> float:
        return height_of(words, self._inner, _BODY) + _PAD

    def _need(self, height: float) -> None:
        """Go on to the next page where this one has too little room left."""
        if self._y - height < _BOTTOM:
            self._write_foot()
            self._sheet.next_page()
            self._y = self._sheet.height - _MARGIN

    def _rule(self) -> None:
        self._sheet.rule((_MARGIN, self._y), (_MARGIN + self._inner, self._y), _HAIR)

    def _write_foot(self) -> None:
        self._sheet.rule((_MARGIN, _FOOT + 6), (_MARGIN + self._inner, _FOOT + 6), _HAIR)
        with self._sheet.decoration():
            self._sheet.code((_MARGIN, _FOOT), f"{self._foot} · halaman {self._sheet.page}", Style(8, colour=_GREY))
