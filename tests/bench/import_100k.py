"""Import of 100,000 rows: read the workbook, check every row, find duplicates, encode chunks.

The file is a filled template of 100,000 generated people as Excel saves it (shared strings); two rows in a
hundred have a fault of the kinds offices make. The peer is what a careful team writes first: openpyxl in
read-only mode and one pydantic model per row (`peer_import.py`).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from services.registration.imports.check_file import check_file
from services.registration.imports.checked_batch import FileRow
from services.registration.imports.chunk import decode_chunk, encode_chunk
from services.registration.imports.read_file import read_file
from tests.bench.harness import Benchmark
from tests.bench.peer_import import import_with_openpyxl
from tools.sample.people import person
from tools.sample.sheets import cells_of, write_xlsx

ROWS = 100_000
FOLDER = Path("build/bench")

_FAULTS: tuple[dict[str, Any], ...] = (
    {"nik": "9.90101E+15"},
    {"nik": "990101010190001"},
    {"tanggal_sk": "31-02-2018"},
    {"tanggal_mulai": "kemarin"},
    {"sumber_pembayaran": "Kas RT"},
    {"nama": "=1+1"},
    {"nomor_sk": None},
    {"nama": "Dra. Siti Contoh, M.Pd."},
    {"jenis_kelamin": "laki-laki"},
    {"tanggal_akhir": "2001-01-01"},
)


def prepare() -> Path:
    """Write the workbook once; later runs take it as it lies."""
    path = FOLDER / f"import-{ROWS}.xlsx"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        write_xlsx(str(path), (cells_of(each) for each in _people()))
    return path


def _people() -> Iterator[dict[str, Any]]:
    for seed in range(ROWS):
        if seed % 50 == 49:
            yield person(seed) | _FAULTS[seed // 50 % len(_FAULTS)]
        elif seed % 1000 == 500:
            yield person(seed - 7)
        else:
            yield person(seed)


def ours(path: Path) -> list[bytes]:
    """The import's own path, from the file to chunks."""
    with path.open("rb") as file:
        return [encode_chunk(batch) for batch in check_file(read_file(file))]


def peer(path: Path) -> list[bytes]:
    """The peer's path to the same chunks."""
    return list(import_with_openpyxl(path))


def difference(ours: list[bytes], peer: list[bytes]) -> str | None:
    """The same rows must be stored with the same values, refused with the same codes, warned of the same."""
    mine = [_essence(row) for chunk in ours for row in decode_chunk(chunk)]
    theirs = [record for chunk in peer for record in json.loads(chunk)]
    if len(mine) != len(theirs):
        return f"{len(mine)} rows here, {len(theirs)} there"
    return next((f"{a} here, {b} there" for a, b in zip(mine, theirs, strict=True) if a != b), None)


def _essence(row: FileRow) -> dict[str, Any]:
    """A row under the peer's keys, without its texts: columns and codes are compared, not sentences."""
    checked = row.checked
    everything = {
        "n": row.number,
        "r": checked.row,
        "c": None if checked.row else checked.name,
        "p": [[problem.column, problem.code] for problem in checked.problems],
        "w": [[warning.column, warning.code] for warning in checked.warnings],
        "m": list(checked.missing),
        "f": row.first,
    }
    return {key: value for key, value in everything.items() if value not in (None, [])}


IMPORT_100K = Benchmark(
    id="import-100k",
    what=f"read, check and encode a workbook of {ROWS:,} rows",
    peer_name="openpyxl (read-only) + a pydantic model per row",
    prepare=prepare,
    ours=ours,
    peer=peer,
    check=difference,
    goal=8.0,  # 10 until calamine 0.37, which alone takes two thirds of what that leaves (docs/adr/0006)
)
