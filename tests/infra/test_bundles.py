"""The bundles as Lambda gets them: for the target, small enough, nothing that is there already."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from infra import build, wheels
from infra.houses import HOUSES, House

LIMIT = 150_000_000


@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.name)
def test_a_bundle_is_complete_small_and_for_the_target(house: House, tmp_path: Path) -> None:
    own = replace(house, build=tmp_path)
    build.build(own)
    assert build.unzipped_bytes(own) <= LIMIT
    with zipfile.ZipFile(own.archive) as archive:
        names = set(archive.namelist())
    assert {"app.py", "services/__init__.py", "services/kernel/clock.py", "pydantic/__init__.py"} <= names
    assert {name.split("/")[1] for name in names if name.startswith("services/") and name.count("/") > 1} == {
        "kernel",
        house.name,
    }
    native = [name for name in names if name.endswith(".so")]
    assert native
    assert not [name for name in native if ".cpython-" in name and ".cpython-313-" not in name]
    assert not {name.split("/")[0] for name in names} & {"boto3", "botocore", "pip", "setuptools", "tests"}


def test_a_lock_file_is_cut_by_paragraphs() -> None:
    text = "# made by a tool\nboto3==1 \\\n    --hash=sha256:aa\npydantic==2 \\\n    --hash=sha256:bb\n"
    assert wheels.bundled(text) == "pydantic==2 \\\n    --hash=sha256:bb\n"
