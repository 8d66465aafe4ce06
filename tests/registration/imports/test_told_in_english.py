"""Every fault of a row and of a file is told in English too, whatever column it is of and whatever stands in it."""

import itertools
import re

import pytest

from services.kernel.english import catalogue, english
from services.kernel.security.personal_numbers import PersonalNumber
from services.kernel.values.identity import IdentifierFault, NikWarning
from services.registration.imports.refused_file import FileCode, OpenQuote, RefusedFile
from services.registration.rows.columns import BY_KEY, COLUMNS, EXTRA_CELLS, headings
from services.registration.rows.row_problems import RowCode, is_explained, personal_number_problem, row_problem
from tests.support.english import indonesian_in

_CODES = [*RowCode, *(code for code in (*IdentifierFault, *NikWarning) if is_explained(code))]


def _is_told(sentence: str) -> bool:
    """Whether it has become another sentence that is English, but for choices and headings as the file has them."""
    told = english(sentence)
    return told != sentence and not indonesian_in(re.sub(r"\([^)]*\)|Choose one of: .*", "", told))


def test_every_fault_of_a_row() -> None:
    columns = [column.key for column in COLUMNS]
    for code, column in itertools.product(_CODES, columns):
        if code is RowCode.NOT_IN_LIST and not BY_KEY[column].choices:
            continue
        if code is not RowCode.PERSONAL_NUMBER:
            assert _is_told(row_problem(column, code, first=7).message), (code, column)
    for code in (RowCode.EXTRA_CELLS, RowCode.UNKNOWN_COLUMN, RowCode.UNREADABLE):
        assert _is_told(row_problem(EXTRA_CELLS, code).message), code
    for kind, column in itertools.product(PersonalNumber, columns):
        assert _is_told(personal_number_problem(column, kind).message), (kind, column)


@pytest.mark.parametrize("code", FileCode)
def test_every_refusal_of_a_file(code: FileCode) -> None:
    named = headings(column.key for column in COLUMNS)
    details = {
        "kind": "Excel",
        "size": "12,5",
        "limit": 10,
        "left": 5,
        "rows": "1.000",
        "columns": named,
        "sheets": '"A", "B"',
    }
    assert _is_told(RefusedFile(code, **details).message)


def test_a_quote_that_is_not_closed() -> None:
    assert _is_told(OpenQuote(17).message)


def test_every_heading() -> None:
    """An answer names a column by its heading inside a sentence: without its English that would stay Indonesian."""
    assert {column.heading for column in COLUMNS} - catalogue().keys() == {"NIK"}, "a word of the law stays as it is"
