"""Every faulty file of the generator is answered as it says: the whole file, or row 2 and only row 2."""

import io
from pathlib import Path

import pytest

from services.registration.eligibility.assess import assess
from services.registration.eligibility.inputs import input_of
from services.registration.imports.read_file import read_file
from services.registration.imports.refused_file import RefusedFile
from tests.registration.imports.checking import check
from tools.sample.__main__ import write_all
from tools.sample.faults import FAULTS
from tools.sample.people import people

REFUSED = {name: fault for name, fault in FAULTS.items() if fault.refused}
READ = {name: fault for name, fault in FAULTS.items() if not fault.refused}


@pytest.mark.parametrize("name", list(REFUSED))
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(name: str) -> None:
    fault = REFUSED[name]
    with pytest.raises(RefusedFile) as refused:
        list(read_file(io.BytesIO(fault.make(people(5)))))
    assert refused.value.code == fault.refused
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("name", list(READ))
def test_every_row_of_a_faulty_file_is_answered(name: str) -> None:
    fault = READ[name]
    rows = check(fault.make(people(5)))
    first, *others = rows
    assert tuple(problem.code for problem in first.checked.problems) == fault.codes
    assert tuple(warning.code for warning in first.checked.warnings) == fault.warnings
    assert tuple(first.checked.missing) == fault.missing
    assert tuple(row.number for row in others if row.first) == fault.duplicates
    assert all(row.first == first.number for row in others if row.first)
    assert all(row.checked.row for row in others if not row.first)
    if first.checked.row:
        assert assess(input_of(first.checked.row, active=True)).overall == fault.overall


def test_the_generator_writes_all_of_it(tmp_path: Path) -> None:
    write_all(tmp_path, rows=20, institution="9902")
    assert {path.name for path in (tmp_path / "salah").iterdir()} == set(FAULTS)
    for name in ("pegawai-20.xlsx", "pegawai-20.csv"):
        rows = check((tmp_path / name).read_bytes())
        assert [row.number for row in rows] == list(range(2, 22))
        assert all(row.checked.row and not row.checked.warnings for row in rows)
