"""Check one row, typed in by hand or one of 100,000: the stored form, or every problem with what to fix."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError

from services.kernel.values.identity import IdentifierFault, InvalidIdentifier, read_nik
from services.kernel.values.texts import drop_invisible
from services.registration.model.person_row import PersonRow
from services.registration.model.published_text import PUBLISHED, find_published, may_tell
from services.registration.rows.cells import NO_VALUE, Cell, RawRow
from services.registration.rows.clean_row import NoCell, clean_row, starts_formula
from services.registration.rows.columns import BY_KEY, COLUMNS, EXTRA_CELLS, MAY_BE_LEFT, REQUIRED, Kind
from services.registration.rows.odd_cells import find_odd_cells
from services.registration.rows.read_row import read_row
from services.registration.rows.relations import find_faults, find_warnings
from services.registration.rows.row_problems import (
    RowCode,
    RowProblem,
    is_explained,
    left_blank_problem,
    personal_number_problem,
    row_problem,
)

_SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")


@dataclass(slots=True)
class CheckedRow:
    """The answer on one row. A malformed row has `problems` and no `row`; any other is stored.

    `missing` are the keys of columns without which it is a draft; `warnings` stop nobody; `name` is for
    the answer on a row, of a refused one only what may be shown.
    """

    row: PersonRow | None
    name: str = ""
    problems: tuple[RowProblem, ...] = ()
    warnings: tuple[RowProblem, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether the row is sound but cannot be registered yet (`DRAF`)."""
        return self.row is not None and bool(self.missing)


def check_imported(raw: RawRow) -> CheckedRow:
    """As `check_row`, for a row of a file: an optional cell that cannot be read is left blank, with a warning.

    Not so a formula whose value is not stored: it has one, and to whoever opens the file it is there.
    In a form it is a problem of its field: whoever typed it is still there.
    """
    checked = check_row(raw)
    unread = {problem.column for problem in checked.problems if problem.code != RowCode.NO_VALUE}
    left = unread & MAY_BE_LEFT
    if not left:
        return checked
    rest = check_row({key: cell for key, cell in raw.items() if key not in left})
    if rest.row is None:
        return checked
    return replace(rest, warnings=(*rest.warnings, *map(left_blank_problem, checked.problems)))


def check_row(raw: RawRow) -> CheckedRow:
    """Read a row by the template's columns, compare its cells, and say what to fix. Never raises for data."""
    checked = _check(raw)
    odd = () if checked.row is None else tuple(find_odd_cells(raw))
    return replace(checked, warnings=(*odd, *checked.warnings)) if odd else checked


def _check(raw: RawRow) -> CheckedRow:
    try:
        row = read_row(raw)
    except ValidationError as refused:
        return _check_cleaned(clean_row(raw, {column for column, _ in _faults(refused)} | raw.keys() - BY_KEY.keys()))
    except TypeError:  # some value is no cell at all
        return _check_cleaned(clean_row(raw, raw.keys()))
    if len(row) != len(raw):
        return _check_cleaned(clean_row(raw, raw.keys() - BY_KEY.keys()))
    return _compare(row)


def _check_cleaned(cells: dict[str, Any]) -> CheckedRow:
    """Check a row whose cells are as good as cleaning makes them: most rows of most files never come here."""
    if EXTRA_CELLS in cells:  # all cells have moved: nothing else that could be said is true
        return _refused(cells, (row_problem(EXTRA_CELLS, RowCode.EXTRA_CELLS),))
    unknown = tuple(row_problem(key, RowCode.UNKNOWN_COLUMN) for key in cells if key not in BY_KEY)
    try:
        row = read_row(cells)
    except ValidationError as refused:
        found = ((column, _code_of(column, kind, cells.get(column))) for column, kind in _faults(refused))
        return _refused(cells, (*(row_problem(column, code) for column, code in found), *_told(cells), *unknown))
    return _refused(cells, unknown) if unknown else _compare(row)


def _compare(row: PersonRow) -> CheckedRow:
    try:
        nik = read_nik(row["nik"])
    except InvalidIdentifier as refused:
        return _refused(row, (row_problem("nik", refused.code), *find_faults(row)))
    faults = find_faults(row)
    if faults:
        return _refused(row, faults)
    return CheckedRow(row, row["nama"], (), find_warnings(row, nik), _missing(row))


def _missing(row: PersonRow) -> tuple[str, ...]:
    if row.keys() >= REQUIRED:
        return ()
    return tuple(column.key for column in COLUMNS if column.required and column.key not in row)


def _told(cells: dict[str, Any]) -> Iterator[RowProblem]:
    """The published texts of a row that cannot be read as a whole, as far as anybody sees a personal number in them."""
    texts = {column: cells[column] for column in PUBLISHED if isinstance(cells.get(column), str)}
    return (personal_number_problem(column, kind) for column, kind in find_published(texts).items())


def _refused(cells: Any, problems: tuple[RowProblem, ...]) -> CheckedRow:  # noqa: ANN401 - a typed or a cleaned row
    return CheckedRow(None, _shown(cells.get("nama")), problems)


def _shown(name: object) -> str:
    """A name as an answer repeats it: one line, no longer than a name is, and none at all where it may be a number."""
    if not isinstance(name, str):
        return ""
    plain = " ".join(drop_invisible(name).split())
    shown = "".join(sign for sign in plain[: BY_KEY["nama"].longest] if sign.isprintable())
    return "" if may_tell(plain) else shown


def _faults(refused: ValidationError) -> list[tuple[str, str]]:
    """The columns that cannot be read, in their order, and pydantic's name of each fault."""
    errors = refused.errors(include_url=False, include_context=False, include_input=False)
    return [(str(error["loc"][0]), error["type"]) for error in errors]


def _code_of(column: str, error: str, cell: Cell | NoCell) -> str:
    if cell == NO_VALUE:
        return RowCode.NO_VALUE
    match error:
        case "missing":
            return RowCode.REQUIRED
        case "string_too_long":
            return RowCode.TOO_LONG
        case "string_type":
            return _code_of_non_text(column, cell)
        case "string_pattern_mismatch":
            return _code_of_text(column, str(cell))
        case _:  # a reader's own RowCode, or what pydantic alone has a name for, as a lone surrogate
            return error if is_explained(error) else RowCode.UNREADABLE


def _code_of_non_text(column: str, cell: Cell | NoCell) -> str:
    if not isinstance(cell, int | float) or isinstance(cell, bool):
        return RowCode.NOT_TEXT
    return RowCode.NIK_NUMBER if BY_KEY[column].kind is Kind.NIK else RowCode.NUMBER_TOO_LONG


def _code_of_text(column: str, text: str) -> str:
    if starts_formula(text):
        return RowCode.FORMULA
    match BY_KEY[column].kind:
        case Kind.NIK:
            return RowCode.NIK_SCIENTIFIC if _SCIENTIFIC.fullmatch(text) else IdentifierFault.NIK_LENGTH
        case Kind.CODE:
            return RowCode.NOT_DIGITS
        case _:
            return RowCode.UNREADABLE
