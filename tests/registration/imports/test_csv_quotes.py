"""A quote opened and not rightly closed refuses the file with its line; otherwise every line has its own answer."""

import csv
import io
import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registration.imports.read_file import read_file
from services.registration.imports.refused_file import FileCode, OpenQuote, RefusedFile
from services.registration.rows.columns import COLUMNS
from tests.registration.imports.checking import check
from tools.sample.people import people
from tools.sample.sheets import HEADINGS, cells_of, csv_bytes

PEOPLE = people(4)
SOUND = csv_bytes(map(cells_of, PEOPLE), encoding="utf-8").decode()
NAME, UNIT = HEADINGS.index("Nama Lengkap (tanpa gelar) *"), HEADINGS.index("Unit Kerja *")


def with_quote(line: int, column: int, text: str = SOUND) -> str:
    """A quote before one cell of one line, both from 1 and 0; no cell before it may hold the delimiter."""
    lines = text.splitlines(keepends=True)
    cells = lines[line - 1].split(";")
    cells[column] = '"' + cells[column]
    lines[line - 1] = ";".join(cells)
    return "".join(lines)


def line_of_refusal(text: str, encoding: str = "utf-8") -> int:
    with pytest.raises(OpenQuote) as refused:
        list(read_file(io.BytesIO(text.encode(encoding))))
    assert refused.value.code is FileCode.DAMAGED
    assert f"baris {refused.value.line} " in refused.value.message
    return refused.value.line


@pytest.mark.parametrize("line", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("column", range(len(HEADINGS)))
def test_a_quote_that_never_closes_is_told_with_its_line(line: int, column: int) -> None:
    assert line_of_refusal(with_quote(line, column)) == line


@pytest.mark.parametrize("column", range(len(HEADINGS)))
def test_a_quote_that_closes_on_another_lines_quote_is_told_with_its_line(column: int) -> None:
    closing = with_quote(2, column).splitlines(keepends=True)
    for other in range(len(HEADINGS)):
        cells = closing[3].rstrip("\r\n").split(";")
        cells[other] += '"'
        assert line_of_refusal("".join([*closing[:3], ";".join(cells) + "\r\n", *closing[4:]])) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("note", ["", "sep=;"])
def test_the_line_is_right_in_any_dialect(encoding: str, end: str, note: str) -> None:
    text = (f"{note}\r\n" if note else "") + with_quote(4, UNIT)
    assert line_of_refusal(text.replace("\r\n", end), encoding) == (5 if note else 4)


def test_the_line_is_the_files_own_where_other_cells_hold_line_ends() -> None:
    folded = SOUND.replace(PEOPLE[0]["unit_kerja"], '"SD Contoh\r\nKelas Jauh"', 1)
    assert line_of_refusal(with_quote(5, NAME, folded)) == 5
    assert line_of_refusal(folded.replace('Jauh"', 'Jauh" Satu')) == 2


def test_the_line_is_right_at_the_end_of_a_large_file() -> None:
    many = csv_bytes((cells_of(each) for each in people(3000)), encoding="utf-8").decode()
    assert line_of_refusal(with_quote(3000, UNIT, many)) == 3000


@pytest.mark.parametrize(("cell", "line"), [('"a' + "\n" * 2_000, 6), ('"a\n";' * 2_000, 1_005)])
def test_no_row_has_a_thousand_lines(cell: str, line: int) -> None:
    assert line_of_refusal(SOUND + cell) == line


@pytest.mark.parametrize(
    "cell", ['"Siti" Aminah', '""Siti"', '"Siti"Aminah"', '"Siti" ', '"Siti""', '"', '"""', '"Siti\r\nAminah']
)
def test_text_behind_a_closing_quote_and_uneven_quotes_refuse_the_file(cell: str) -> None:
    assert line_of_refusal(SOUND.replace(PEOPLE[1]["nama"], cell, 1)) == 3


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('"SD ""Harapan"" 1"', 'SD "Harapan" 1'),
        ('SD "Harapan" 1', 'SD "Harapan" 1'),
        ('SD Harapan"', 'SD Harapan"'),
        ('"SD Contoh\r\nKelas Jauh"', "SD Contoh Kelas Jauh"),
        ('"SD Contoh\r\n\r\n""Jauh"""', 'SD Contoh "Jauh"'),
        ('"SD Contoh; Satu"', "SD Contoh; Satu"),
        ('""', ""),
    ],
)
@pytest.mark.parametrize("last", ["\r\n", ""])
def test_what_is_rightly_quoted_is_read(cell: str, read: str, last: str) -> None:
    lines = SOUND.rstrip("\r\n").split("\r\n")
    lines[2] = lines[2].replace(f";{PEOPLE[1]['unit_kerja']};", f";{cell};", 1)
    rows = check(("\r\n".join(lines) + last).encode())
    assert [row.checked.row and row.checked.row.get("unit_kerja", "") for row in rows] == [
        read if each is PEOPLE[1] else each["unit_kerja"] for each in PEOPLE
    ]


def test_a_row_swallowed_by_the_last_cell_of_the_one_before_is_not_a_line_of_one_cell() -> None:
    """No delimiter is swallowed, and no NIK where a running number stands first: only the row's length shows it."""
    rows = [["No", *HEADINGS], *(["", *map(str, cells_of(each))] for each in PEOPLE)]
    text = "".join(";".join(row) + "\r\n" for row in rows)
    broken = text.replace("\r\n;" + PEOPLE[1]["nik"], '\r\n3";' + PEOPLE[1]["nik"])
    first = text.splitlines()[1]
    last = first.rsplit(";", 1)[1]
    assert line_of_refusal(broken.replace(first, first.removesuffix(last) + f'"{last}')) == 2


def test_two_short_rows_in_one_are_known_by_their_two_niks() -> None:
    kept = [place for place, column in enumerate(COLUMNS) if column.required]
    optional = [place for place, column in enumerate(COLUMNS) if not column.required]
    headings = ["No", *(HEADINGS[place] for place in [*kept, *optional])]
    short = [[str(n), *(str(cells_of(each)[place]) for place in kept)] for n, each in enumerate(PEOPLE, start=1)]
    text = "".join(";".join(row) + "\n" for row in [headings, *short])
    assert len(check(text.encode())) == len(PEOPLE)
    last = short[0][-1]
    assert line_of_refusal(text.replace(f"{last}\n2;", f'"{last}\n2";', 1)) == 2


@pytest.mark.parametrize("note", ["sep=\n", "sep=", 'sep="\n', "sep=ab\n"])
def test_a_note_of_no_use_is_no_delimiter(note: str) -> None:
    with pytest.raises(RefusedFile):
        list(read_file(io.BytesIO(note.encode())))


# ---- any clean file, one quote more

DELIMITERS = st.sampled_from([";", ",", "\t", "|"])
TEXTS = st.text(st.sampled_from('ab "\n\r;,\t|0'), max_size=6)
KEYS = [column.key for column in COLUMNS if column.required]
HEADS = [column.heading for column in COLUMNS if column.required]


def marked(row: int, text: str) -> str:
    """A text that says whose it is, so that another row's is known."""
    return f"{text}<{row}>"


def owners(cells: Sequence[object]) -> set[str]:
    return set(re.findall(r"<(\d)>", "".join(map(str, cells))))


@st.composite
def clean_files(draw: st.DrawFn) -> tuple[str, int]:
    """A CSV file as some program writes it, and how many rows it holds."""
    delimiter, end = draw(DELIMITERS), draw(st.sampled_from(["\r\n", "\n", "\r"]))
    count, width = draw(st.integers(1, 4)), len(KEYS)
    written = io.StringIO(newline="")
    dialect = csv.unix_dialect if draw(st.booleans()) else csv.excel  # all quoted, or what must be
    writer = csv.writer(written, dialect, delimiter=delimiter, lineterminator=end)
    writer.writerow(HEADS)
    texts = TEXTS.map(lambda text: re.sub(r"[\r\n]", end, text))  # the writer quotes no other line end
    for row in range(count):
        cells = [marked(row, "9901014101900001"), *(marked(row, "x") for _ in range(width - 1))]
        for place, text in draw(st.dictionaries(st.integers(1, width - 1), texts, max_size=5)).items():
            cells[place] = marked(row, text) if draw(st.booleans()) else text
        writer.writerow(cells)
    text = written.getvalue()
    return (text if draw(st.booleans()) else text.removesuffix(end)), count


def answered(text: str) -> list[Sequence[object]] | None:
    """The rows that get an answer; None when the file is refused as damaged."""
    try:
        return [line for batch in read_file(io.BytesIO(text.encode())) for line in batch.lines]
    except RefusedFile as refused:
        return None if refused.code is FileCode.DAMAGED else []


@settings(max_examples=200)
@given(clean_files())
def test_a_clean_file_is_read_with_every_row_its_own(made: tuple[str, int]) -> None:
    text, count = made
    rows = answered(text)
    if rows is not None:  # a cell with both a line end and a delimiter may be refused for caution
        assert [owners(row) for row in rows] == [{str(number)} for number in range(count)]


@settings(max_examples=500)
@given(clean_files(), st.integers(min_value=0))
def test_one_quote_more_anywhere_never_takes_a_row_away(made: tuple[str, int], place: int) -> None:
    text, count = made
    at = place % (len(text) + 1)
    rows = answered(text[:at] + '"' + text[at:])
    in_headings = at <= len(next(iter(io.StringIO(text, newline=""))))
    if rows is None or (not rows and in_headings):
        return
    assert all(len(owners(row)) <= 1 for row in rows)
    assert set().union(*map(owners, rows)) == {str(number) for number in range(count)}
    assert len(rows) >= count
