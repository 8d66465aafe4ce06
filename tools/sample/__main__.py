"""`python -m tools.sample --rows N --out DIR`: sound import files, one file per fault, and papers of one person."""

import argparse
from pathlib import Path

from tools.sample import files
from tools.sample.faults import FAULTS
from tools.sample.people import people, person
from tools.sample.sheets import cells_of, csv_bytes, write_xlsx


def main() -> None:
    """Write everything below the folder and say what lies where."""
    parser = argparse.ArgumentParser(prog="python -m tools.sample", description=__doc__)
    parser.add_argument("--rows", type=int, default=1000, help="people in the sound files (default 1000)")
    parser.add_argument("--out", type=Path, default=Path("build/sample"), help="folder (default build/sample)")
    parser.add_argument("--institution", default="9901", help="institutions 9901 to 9903 share nobody (default 9901)")
    options = parser.parse_args()
    write_all(options.out, options.rows, options.institution)
    print(f"{options.rows} people, {len(FAULTS)} faulty files and the papers of one person in {options.out}/")


def write_all(folder: Path, rows: int, institution: str) -> None:
    """Write the sound files, the faulty ones into a folder *salah*, and papers into a folder *berkas*."""
    first = (int(institution) % 100 - 1) * 50_000
    _write_sheets(folder, rows, first)
    _write_papers(folder / "berkas", first)


def _write_sheets(folder: Path, rows: int, first: int) -> None:
    faulty = folder / "salah"
    faulty.mkdir(parents=True, exist_ok=True)
    write_xlsx(str(folder / f"pegawai-{rows}.xlsx"), (cells_of(person(seed)) for seed in range(first, first + rows)))
    lines = (cells_of(person(seed)) for seed in range(first, first + rows))
    (folder / f"pegawai-{rows}.csv").write_bytes(csv_bytes(lines))
    for name, fault in FAULTS.items():
        (faulty / name).write_bytes(fault.make(people(5, first)))


def _write_papers(folder: Path, seed: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in files.PAPERS.items():
        (folder / name).write_bytes(make(person(seed)))


if __name__ == "__main__":
    main()
