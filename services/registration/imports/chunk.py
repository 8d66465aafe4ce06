"""Checked rows as a chunk: compact JSON that the writer of rows takes from the bucket.

A chunk is `{"n": numbers, "v": {column: values}, "o": [row, …]}`: the plain rows by columns, "" where one has no
value, and the others. Such a row is `{"n": number, "r": row, "w": warnings, "m": missing}` when it is sound, else
`{"n": number, "c": name, "p": problems}`, with `"f"`, the first row of the same NIK.
"""

from collections.abc import Iterable
from typing import Any

import orjson

from services.registration.imports.checked_batch import CheckedBatch, FileRow
from services.registration.rows.check_row import CheckedRow
from services.registration.rows.row_problems import RowProblem


def encode_chunk(batch: CheckedBatch) -> bytes:
    """Return a batch as a chunk, in the form that stands above."""
    content = {"n": batch.numbers, "v": batch.columns, "o": [_encode(row) for row in batch.others]}
    return orjson.dumps(content, default=tuple)  # a named tuple is not taken for a tuple


def decode_chunk(chunk: bytes) -> list[FileRow]:
    """Return the rows of a chunk as they were checked."""
    content = orjson.loads(chunk)
    return CheckedBatch(content["n"], content["v"], [_decode(record) for record in content["o"]]).rows()


def _encode(row: FileRow) -> dict[str, object]:
    checked = row.checked
    if checked.row is not None:
        return {"n": row.number, "r": checked.row, "w": checked.warnings, "m": checked.missing}
    refused = {"n": row.number, "c": checked.name, "p": checked.problems}
    return refused if row.first is None else refused | {"f": row.first}


def _decode(record: dict[str, Any]) -> FileRow:
    if "r" in record:
        row = record["r"]
        return FileRow(record["n"], CheckedRow(row, row["nama"], (), _problems(record["w"]), tuple(record["m"])))
    return FileRow(record["n"], CheckedRow(None, record["c"], _problems(record["p"])), record.get("f"))


def _problems(items: Iterable[list[str]]) -> tuple[RowProblem, ...]:
    return tuple(RowProblem(*item) for item in items)
