"""What is far too long, or what nobody thought of, costs the row in which it stands and no other."""

import io
import re
from collections.abc import Callable, Iterator

import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from services.registration.imports.check_file import check_file
from services.registration.imports.cut_bounded import cut_bounded
from services.registration.imports.cut_file import cut_file, from_wire, to_wire
from services.registration.imports.read_file import read_file
from services.registration.imports.read_rows import Batch
from services.registration.imports.refused_file import FileCode
from services.registration.rows.cells import Cell
from services.registration.rows.columns import BY_KEY, COLUMNS, Kind
from tests.registration.imports.checking import rows_of
from tools.sample.faults import FAULTS
from tools.sample.people import people
from tools.sample.sheets import cells_of, csv_bytes, xlsx_bytes
from tools.sample.workbooks import SHEET, changed

PEOPLE = people(3)
CELLS = list(map(cells_of, PEOPLE))
PLACES = {column.key: place for place, column in enumerate(COLUMNS)}


def with_cell(key: str, cell: object) -> list[list[object]]:
    """The rows, of which the second has another cell."""
    first, second, third = map(list, CELLS)
    second[PLACES[key]] = cell
    return [first, second, third]


@pytest.mark.parametrize("key", BY_KEY)
@pytest.mark.parametrize("cell", ["9" * 5_000, "0" * 5_000 + "1", "1." * 5_000], ids=["digits", "zeros", "dots"])
def test_a_number_of_thousands_of_digits_costs_its_row_only(key: str, cell: str) -> None:
    for data in (csv_bytes(with_cell(key, cell)), xlsx_bytes(with_cell(key, cell))):
        cut = cut_file(data, 240)
        first, second, third = rows_of(cut)
        assert cut.unforeseen == ()
        assert first.checked.row
        assert third.checked.row
        if BY_KEY[key].kind is not Kind.MONEY or cell.startswith("9"):
            told = (*second.checked.problems, *second.checked.warnings)  # what may be left blank is warned of
            assert key in {problem.column for problem in told}


@pytest.mark.parametrize("number", ["9" * 400, "1e999", "-1e999", "NaN"])
def test_a_stored_number_beyond_all_numbers_costs_its_row_only(number: str) -> None:
    for key in ("nik", "nominal_honor", "tanggal_lahir", "nomor_sk"):
        data = changed(xlsx_bytes(CELLS), SHEET, _stored(xl_rowcol_to_cell(2, PLACES[key]), number))
        found = cut_file(data, 240)
        if found.problem is None:
            rows = rows_of(found)
            assert [bool(row.checked.row) for row in (rows[0], rows[2])] == [True, True]
            told = (*rows[1].checked.problems, *rows[1].checked.warnings)
            assert key in {problem.column for problem in told}
        else:
            assert found.problem[0] == FileCode.DAMAGED


def _stored(reference: str, number: str) -> Callable[[str], str]:
    cell = f'<c r="{reference}"><v>{number}</v></c>'
    return lambda sheet: re.sub(rf'<c r="{reference}"[^>]*>.*?</c>', cell, sheet)


def test_a_huge_cell_of_csv_is_too_long_and_nothing_else() -> None:
    first, second, third = rows_of(cut_file(csv_bytes(with_cell("nama", "x" * 3_000_000)), 240))
    assert [problem.code for problem in second.checked.problems] == ["too-long"]
    assert first.checked.row
    assert third.checked.row


@pytest.mark.parametrize("blank", ["", " "])
def test_a_million_blank_cells_of_csv_are_ignored(blank: str) -> None:
    lines = csv_bytes(CELLS).decode("utf-8-sig").splitlines(keepends=False)
    lines[2] += f";{blank}" * 300_000
    assert all(row.checked.row for row in rows_of(cut_file("\r\n".join(lines).encode(), 240)))


def test_a_cell_far_beyond_the_headings_of_csv_is_told() -> None:
    lines = csv_bytes(CELLS).decode("utf-8-sig").splitlines(keepends=False)
    lines[2] += ";" * 300_000 + "x"
    first, second, third = rows_of(cut_file("\r\n".join(lines).encode(), 240))
    assert [problem.code for problem in second.checked.problems] == ["extra-cells"]
    assert first.checked.row
    assert third.checked.row


def test_a_csv_file_of_separators_is_answered() -> None:
    cut = cut_bounded(csv_bytes([]) + b";" * 3_000_000 + b"\r\n" + b"\0", 240)
    assert cut.problem is not None
    assert cut.problem[0] == FileCode.ENCODING


class Poisoned(Batch):
    """A batch that fails as nobody had thought it could: as a whole, or in its second row."""

    def columns(self) -> Iterator[tuple[str, list[Cell]]]:
        raise ZeroDivisionError

    def raw_row(self, place: int) -> dict[str, Cell]:
        if place == 1:
            raise OverflowError
        return super().raw_row(place)


def test_what_nobody_thought_of_is_the_answer_of_its_row() -> None:
    (batch,) = read_file(io.BytesIO(csv_bytes(CELLS)))
    errors: list[Exception] = []
    (checked,) = check_file([Poisoned(batch.headings, batch.numbers, batch.lines)], errors.append)
    first, second, third = checked.rows()
    assert [problem.code for problem in second.checked.problems] == ["row-unreadable"]
    assert first.checked.row
    assert third.checked.row
    assert [type(error) for error in errors] == [ZeroDivisionError, OverflowError]


@pytest.mark.parametrize(
    "name",
    [next(name for name, fault in FAULTS.items() if bool(fault.refused) is refused) for refused in (False, True)],
)
def test_a_result_survives_the_wire(name: str) -> None:
    cut = cut_file(FAULTS[name].make(people(5)), 2)
    assert from_wire(to_wire(cut)) == cut


@pytest.mark.parametrize("data", [csv_bytes(CELLS), xlsx_bytes(CELLS), b"", csv_bytes([]), b"PK\x03\x04x"])
def test_the_bounded_process_finds_the_same(data: bytes) -> None:
    assert cut_bounded(data, 2) == cut_file(data, 2)


def test_a_file_that_takes_too_long_is_refused() -> None:
    cut = cut_bounded(csv_bytes(CELLS) + b";" * 15_000_000, 240, seconds=3)
    assert cut.problem is not None
    assert cut.problem[0] == FileCode.UNREADABLE
