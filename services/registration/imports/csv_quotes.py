"""Quotes of a CSV file that were opened and never rightly closed (RFC 4180, section 2).

Such a quote swallows whatever stands behind it, other people's rows first of all, and a reader that carries on tells
nobody. So a quoted cell must end where a cell may end; and where it goes on over several lines, it must not look as
if it had swallowed any.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from services.registration.imports.refused_file import OpenQuote

_LINE_END: Final = re.compile(r"\r\n?|\n")
_NIK_LIKE: Final = re.compile(r"\d(?:[ .\-']?\d){15}")


class Folded(list[str]):
    """The cells of a record that takes several lines, because line ends stand within quotes.

    Attributes:
        line: the line of the file on which the first such quote is opened.
    """

    def __init__(self, cells: Sequence[str], line: int) -> None:
        super().__init__(cells)
        self.line = line


def read_folded(cells: Sequence[str], lines: Sequence[str], delimiter: str, first: int) -> Sequence[str]:
    """Return the cells of a record with the line its quote stands on, once nothing in it looks like a swallowed row.

    A swallowed row brings its delimiters into the quoted cell. Only from the last cell of one row into the first of
    the next it brings none; then its NIK shows beside the other row's, or its cells stand beyond the last heading,
    which `read_rows` looks at.

    Args:
        cells: the record as it was read.
        lines: the same as it stands in the file.
        delimiter: one character.
        first: the number of the first of these lines in the file.

    Raises:
        OpenQuote: it does.
    """
    opened = []
    for line, content in _line_ends_quoted(lines, delimiter, first):
        if delimiter in content or _NIK_LIKE.search(content):
            raise OpenQuote(line)
        opened.append(line)
    if sum(_NIK_LIKE.fullmatch(cell.strip()) is not None for cell in cells) > 1:
        raise OpenQuote(opened[0])
    return Folded(cells, opened[0])


def require_closed(lines: Sequence[str], delimiter: str, first: int) -> None:
    """Find the quote for which these lines, numbered from `first`, cannot be read.

    Raises:
        OpenQuote: where it was opened.
    """
    for _ in _line_ends_quoted(lines, delimiter, first):
        pass


def _line_ends_quoted(lines: Sequence[str], delimiter: str, first: int) -> Iterator[tuple[int, str]]:
    """Yield the quoted cells that hold a line end: the line on which each begins, and what stands in it.

    Raises:
        OpenQuote: a quoted cell does not end before a delimiter or a line end.
    """
    text, cell = "".join(lines), _cell(delimiter)
    place, line = 0, first
    while place < len(text):
        found = cell.match(text, place)
        if found is None:
            raise OpenQuote(line)
        if found[1] and _LINE_END.search(found[1]):
            yield line, found[1]
        line += len(_LINE_END.findall(found[0]))
        place = found.end()


def _cell(delimiter: str) -> re.Pattern[str]:
    """One cell with what ends it; group 1 is what stands between its quotes. Within an unquoted cell they are text."""
    mark = re.escape(delimiter)
    return re.compile(rf'(?:"([^"]*+(?:""[^"]*+)*+)"|(?!")[^{mark}\r\n]*)(?:{mark}|\r\n?|\n|\Z)')
