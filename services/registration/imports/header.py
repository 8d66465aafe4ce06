"""Find the line of headings in a sheet and say which column holds what."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from services.kernel.reference.choices import choice_key
from services.registration.imports.refused_file import FileCode, RefusedFile
from services.registration.model.published_text import may_tell
from services.registration.rows.cells import NO_VALUE, Cell
from services.registration.rows.columns import BY_KEY, COLUMNS, REQUIRED, headings

SEARCHED_LINES: Final = 15
"""Offices put titles and logos above the headings; further down we do not look."""

MAX_COLUMNS: Final = 256
"""Of a sheet; what stands further right is no heading, and no cell under one."""

_NAMED: Final = 10
_IGNORED: Final = frozenset({"no", "nomor", "nourut", "nomorurut"})
_KEYS: Final = {
    choice_key(name): column.key for column in COLUMNS for name in (column.key, column.heading, *column.others)
}


def find_header(lines: Sequence[Sequence[Cell]]) -> tuple[int, list[str | None]]:
    """Return the index of the headings among the first lines, and per column its key or None to ignore it.

    Case, spaces, punctuation and the star of required columns do not matter; a running number is ignored.

    Raises:
        RefusedFile: a required column is missing, a heading is unknown, or one stands there twice.
    """
    searched = lines[:SEARCHED_LINES]
    best = max(range(len(searched)), key=lambda index: _known(searched[index]), default=None)
    if best is None:
        raise RefusedFile(FileCode.EMPTY)
    keys = [_key(cell) for cell in searched[best]]
    _refuse_unknown(searched[best], keys)
    _refuse_twice(keys)
    _refuse_missing(keys)
    return best, keys


def count_headings(lines: Sequence[Sequence[Cell]]) -> int:
    """Return how many of the template's headings stand on the one line, among the first, that has most of them."""
    return max(map(_known, lines[:SEARCHED_LINES]), default=0)


def _known(line: Iterable[Cell]) -> int:
    return sum(_key(cell) in BY_KEY for cell in line)


def _key(cell: Cell) -> str | None:
    """The column's key; None for a heading that is blank or ignored; "" for one nobody knows."""
    if cell == NO_VALUE:
        return ""
    heading = choice_key(cell) if isinstance(cell, str) else ""
    if not heading or heading in _IGNORED:
        return None
    return _KEYS.get(heading, "")


def _refuse_unknown(line: Sequence[Cell], keys: Sequence[str | None]) -> None:
    unknown = [str(cell).strip() for cell, key in zip(line, keys, strict=True) if key == ""]
    if unknown and any(keys):
        raise RefusedFile(FileCode.COLUMNS_UNKNOWN, columns=_named(unknown))


def _named(headings: Sequence[str]) -> str:
    """The first of them: a file may have thousands."""
    more = len(headings) - _NAMED
    named = ", ".join(map(_suggest, headings[:_NAMED]))
    return f"{named}, dan {more} kolom lain" if more > 0 else named


def _suggest(heading: str) -> str:
    """The heading as it is told, which tells no number: a line of data may stand where headings should."""
    if heading == NO_VALUE:
        return "(rumus tanpa nilai tersimpan)"
    if may_tell(heading):
        return "(isian yang memuat angka)"
    near = get_close_matches(choice_key(heading), _KEYS, n=1, cutoff=0.75)
    quoted = f'"{heading[:60]}"'
    return f'{quoted} (mungkin "{BY_KEY[_KEYS[near[0]]].heading}")' if near else quoted


def _refuse_twice(keys: Sequence[str | None]) -> None:
    twice = {key for key in keys if key and keys.count(key) > 1}
    if twice:
        raise RefusedFile(FileCode.COLUMNS_DUPLICATE, columns=headings(twice))


def _refuse_missing(keys: Sequence[str | None]) -> None:
    missing = REQUIRED - {key for key in keys if key}
    if missing:
        raise RefusedFile(FileCode.COLUMNS_MISSING, columns=headings(missing))
