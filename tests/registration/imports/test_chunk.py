"""Chunks give back what was checked, in order and in pieces of the size asked for."""

import io
import json

import pytest

from services.registration.imports.check_file import check_file
from services.registration.imports.checked_batch import CheckedBatch
from services.registration.imports.chunk import decode_chunk, encode_chunk
from services.registration.imports.read_file import read_file
from tools.sample.faults import FAULTS
from tools.sample.people import people


def batches_of(name: str, at_once: int) -> list[CheckedBatch]:
    return list(check_file(read_file(io.BytesIO(FAULTS[name].make(people(7))), at_once)))


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if not fault.refused])
def test_what_was_checked_comes_back(name: str) -> None:
    batches = batches_of(name, 3)
    chunks = list(map(encode_chunk, batches))
    assert [decode_chunk(chunk) for chunk in chunks] == [batch.rows() for batch in batches]
    assert [len(decode_chunk(chunk)) for chunk in chunks[:-1]] == [3] * (len(chunks) - 1)


def test_a_chunk_is_compact_json() -> None:
    (chunk,) = map(encode_chunk, batches_of("akun-52.xlsx", 1000))
    assert json.dumps(json.loads(chunk), separators=(",", ":"), ensure_ascii=False).encode() == chunk
