"""The bundles as Lambda gets them: for the target, small enough, nothing that is there already."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from infra import build, wheels
from infra.services import SERVICES, Service
from infra.wheels import NoBytecodeError

LIMIT = 150_000_000
AARCH64 = (0xB7).to_bytes(2, "little")
"""`e_machine` of an ELF file."""


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_a_bundle_is_complete_small_and_for_the_target(service: Service, tmp_path: Path) -> None:
    own = replace(service, build=tmp_path)
    build.build(own)
    assert build.unzipped_bytes(own) <= LIMIT
    with zipfile.ZipFile(own.archive) as archive:
        names = set(archive.namelist())
        machines = {archive.read(name)[18:20] for name in names if name.endswith(".so")}
    assert {"app.py", "services/__init__.py", "services/kernel/clock.py", "pydantic/__init__.py"} <= names
    assert {name.split("/")[1] for name in names if name.startswith("services/") and name.count("/") > 1} == {
        "kernel",
        service.name,
    }
    kit = {name for name in names if name.startswith("web/")} - {"web/__init__.py"}
    assert all(name.startswith("web/kit/") for name in kit)
    assert ({"web/kit/templates/announcements/list.html", "web/kit/texts/id/announcements.toml"} <= kit) == (
        service.name == "announcements"
    )
    native = [name for name in names if name.endswith(".so")]
    assert native
    assert not [name for name in native if ".cpython-" in name and ".cpython-313-" not in name]
    assert machines == {AARCH64}
    top = {name.split("/")[0] for name in names}
    assert {"boto3", "botocore"} <= top, "not Lambda's own, which is another version at another time"
    assert not top & {"pip", "setuptools", "tests"}
    if wheels.compiler():
        wheels.require_bytecode(own.archive)
    else:
        with pytest.raises(NoBytecodeError):
            wheels.require_bytecode(own.archive)


COMPILED = b"\xf3\r\r\n" + (1).to_bytes(4, "little")
COMPARED = b"\xf3\r\r\n" + (0).to_bytes(4, "little")
OURS = {"app.py": b"", "chalice/app.py": b"", "services/a.py": b"", "top.py": b""}
BYTECODE = {"services/__pycache__/a.cpython-313.pyc": COMPILED, "__pycache__/top.cpython-313.pyc": COMPILED}


def archive(folder: Path, members: dict[str, bytes]) -> Path:
    path = folder / "deployment.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def test_a_bundle_is_compiled_for_the_target(tmp_path: Path) -> None:
    wheels.require_bytecode(archive(tmp_path, OURS | BYTECODE))


@pytest.mark.parametrize(
    ("members", "told"),
    [
        (OURS, "2 of 2"),
        (OURS | {"services/__pycache__/a.cpython-313.pyc": COMPILED}, "1 of 2"),
        (OURS | {name.replace("313", "311"): code for name, code in BYTECODE.items()}, "2 of 2"),
        (OURS | dict.fromkeys(BYTECODE, COMPARED), "2 of 2"),
        ({"app.py": b""}, "0 of 0"),
    ],
    ids=["none", "one missing", "another python's", "compared with a source of 1980", "nothing at all"],
)
def test_one_that_would_compile_at_every_start_is_refused(tmp_path: Path, members: dict[str, bytes], told: str) -> None:
    with pytest.raises(NoBytecodeError, match=f"{told} sources.*3.13"):
        wheels.require_bytecode(archive(tmp_path, members))


def test_a_lock_file_is_cut_by_paragraphs() -> None:
    text = "# made by a tool\nwheel==1 \\\n    --hash=sha256:aa\npydantic==2 \\\n    --hash=sha256:bb\n"
    assert wheels.bundled(text) == "pydantic==2 \\\n    --hash=sha256:bb\n"
