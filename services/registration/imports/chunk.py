"""Checked rows as a chunk: compact JSON lines that the writer of rows takes from the bucket."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from pydantic_core import to_json

from services.registration.imports.check_file import FileRow
from services.registration.imports.check_row import CheckedRow
from services.registration.imports.row_problems import RowProblem

ROWS_PER_CHUNK: Final = 1000
_ROWS_AT_ONCE: Final = 50
"""Rows are encoded while the processor still has them at hand; a thousand would have left its cache."""

# Short keys, and only those that say something: n number, r row, c name of a refused row, p problems,
# w warnings, m missing, f first row with the same NIK.


def encode_chunks(rows: Iterable[FileRow], size: int = ROWS_PER_CHUNK) -> Iterator[bytes]:
    """Yield JSON arrays of up to `size` rows each, in order."""
    records = map(_encode, rows)
    while parts := list(_encode_parts(islice(records, size))):
        yield b"[" + b",".join(parts) + b"]"


def _encode_parts(records: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    while part := list(islice(records, _ROWS_AT_ONCE)):
        yield to_json(part)[1:-1]


def decode_chunk(chunk: bytes) -> list[FileRow]:
    """Return the rows of a chunk as they were checked."""
    return [_decode(record) for record in json.loads(chunk)]


def _encode(file_row: FileRow) -> dict[str, Any]:
    checked = file_row.checked
    if checked.row is None:
        refused = {"n": file_row.number, "c": checked.name, "p": checked.problems}
        return refused if file_row.first is None else refused | {"f": file_row.first}
    record: dict[str, Any] = {"n": file_row.number, "r": checked.row}
    if checked.warnings:
        record["w"] = checked.warnings
    if checked.missing:
        record["m"] = checked.missing
    return record


def _decode(record: dict[str, Any]) -> FileRow:
    row = record.get("r")
    checked = CheckedRow(
        row=row,
        name=row["nama"] if row else record["c"],
        problems=_problems(record.get("p", ())),
        warnings=_problems(record.get("w", ())),
        missing=tuple(record.get("m", ())),
    )
    return FileRow(record["n"], checked, record.get("f"))


def _problems(items: Iterable[list[str]]) -> tuple[RowProblem, ...]:
    return tuple(RowProblem(*item) for item in items)
