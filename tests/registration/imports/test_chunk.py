"""Chunks give back what was checked, in order and in pieces of the size asked for."""

import io
import json

import pytest

from services.registration.imports.check_file import FileRow, check_file
from services.registration.imports.chunk import decode_chunk, encode_chunks
from services.registration.imports.read_file import read_file
from tests.data.faults import FAULTS
from tests.data.people import people


def rows_of(name: str) -> list[FileRow]:
    return list(check_file(read_file(io.BytesIO(FAULTS[name].make(people(7))))))


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if not fault.refused])
def test_what_was_checked_comes_back(name: str) -> None:
    rows = rows_of(name)
    chunks = list(encode_chunks(rows, size=3))
    assert [row for chunk in chunks for row in decode_chunk(chunk)] == rows
    assert [len(decode_chunk(chunk)) for chunk in chunks[:-1]] == [3] * (len(chunks) - 1)


def test_a_chunk_is_compact_json() -> None:
    (chunk,) = encode_chunks(rows_of("akun-52.xlsx"))
    assert json.dumps(json.loads(chunk), separators=(",", ":"), ensure_ascii=False).encode() == chunk


def test_no_rows_are_no_chunks() -> None:
    assert list(encode_chunks([])) == []
