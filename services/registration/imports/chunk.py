"""Checked rows as a chunk: compact JSON that the writer of rows takes from the bucket.

A chunk is `{"k": [columns, …], "r": [row, …]}`. Rows of one file have few combinations of filled columns, so
a sound row is `[number, which combination, values]`, with `warnings, missing` behind it when there are any;
any other row is `{"n": number, "c": name, "p": problems}`, with `"f"`, the first row of the same NIK.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, TypeAlias, cast

from pydantic_core import to_json

from services.registration.imports.check_file import FileRow
from services.registration.imports.check_row import CheckedRow
from services.registration.imports.person_row import PersonRow
from services.registration.imports.row_problems import RowProblem

ROWS_PER_CHUNK: Final = 1000
_ROWS_AT_ONCE: Final = 50
"""Rows are encoded while the processor still has them at hand; a thousand would have left its cache."""

Columns: TypeAlias = tuple[str, ...]


def encode_chunks(rows: Iterable[FileRow], size: int = ROWS_PER_CHUNK) -> Iterator[bytes]:
    """Yield chunks of up to `size` rows each, in order."""
    stream = iter(rows)
    while True:
        columns: dict[Columns, int] = {}
        parts = list(_encode_parts(islice(stream, size), columns))
        if not parts:
            return
        yield b'{"k":%b,"r":[%b]}' % (to_json(list(columns)), b",".join(parts))


def decode_chunk(chunk: bytes) -> list[FileRow]:
    """Return the rows of a chunk as they were checked."""
    content = json.loads(chunk)
    return [_decode(record, content["k"]) for record in content["r"]]


def _encode_parts(rows: Iterator[FileRow], columns: dict[Columns, int]) -> Iterator[bytes]:
    while part := [_encode(row, columns) for row in islice(rows, _ROWS_AT_ONCE)]:
        yield to_json(part)[1:-1]


def _encode(file_row: FileRow, columns: dict[Columns, int]) -> tuple[object, ...] | dict[str, object]:
    checked = file_row.checked
    if checked.row is None:
        refused = {"n": file_row.number, "c": checked.name, "p": checked.problems}
        return refused if file_row.first is None else refused | {"f": file_row.first}
    which = columns.setdefault(tuple(checked.row), len(columns))
    record = (file_row.number, which, tuple(checked.row.values()))
    return (*record, checked.warnings, checked.missing) if checked.warnings or checked.missing else record


def _decode(record: list[Any] | dict[str, Any], columns: list[list[str]]) -> FileRow:
    if isinstance(record, dict):
        checked = CheckedRow(None, record["c"], _problems(record["p"]))
        return FileRow(record["n"], checked, record.get("f"))
    number, which, values, *rest = record
    row = cast("PersonRow", dict(zip(columns[which], values, strict=True)))
    warnings, missing = rest or ((), ())
    return FileRow(number, CheckedRow(row, row["nama"], (), _problems(warnings), tuple(missing)))


def _problems(items: Iterable[list[str]]) -> tuple[RowProblem, ...]:
    return tuple(RowProblem(*item) for item in items)
