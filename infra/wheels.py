"""Third-party packages of a bundle, for the Lambda target and not for this machine."""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection
from pathlib import Path

from infra.services import TARGET_MACHINE, TARGET_PYTHON

NOT_BUNDLED = frozenset(
    # chalice's archive step adds its own runtime (two files); the rest serves its command line only
    {"blessed", "chalice", "click", "editor", "inquirer", "jinxed", "pip", "pyyaml"}
    | {"readchar", "runs", "setuptools", "wcwidth", "wheel", "xmod"}
)
"""boto3 is not among them: Lambda's own is another version at another time."""
# Amazon Linux 2023 has glibc 2.34: every older tag is accepted, nothing newer
_MACHINE = {"arm64": "aarch64", "x86_64": "x86_64"}[TARGET_MACHINE]
_PLATFORMS = [f"manylinux_2_{minor}_{_MACHINE}" for minor in range(34, 16, -1)] + [f"manylinux2014_{_MACHINE}"]
_TAG = f"cpython-{TARGET_PYTHON.replace('.', '')}"
_UNCHECKED = (1).to_bytes(4, "little")
"""The second word of a .pyc that is never compared with its source (PEP 552)."""


class NoBytecodeError(Exception):
    """A bundle would compile its sources at every cold start; the text says what is missing."""


def fetch(requirements: Path, target: Path) -> None:
    """Install the pinned wheels for the Lambda target into `target`; nothing is ever compiled here.

    Raises:
        RuntimeError: pip refused (no wheel for the target, a hash differs …); its own words are in the text.
    """
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary=:all:", "--no-compile", "--implementation=cp"]
    command += [f"--python-version={TARGET_PYTHON}", *(f"--platform={name}" for name in _PLATFORMS)]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as wanted:
        wanted.write(bundled(requirements.read_text()))
        wanted.flush()
        command += ["--target", str(target), "--upgrade", "-r", wanted.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"pip could not fetch {requirements.name} for Lambda:\n{done.stderr}")
    for waste in [target / "bin", *_tests_in(target)]:
        shutil.rmtree(waste, ignore_errors=True)


def bundled(requirements: str) -> str:
    """The lock file without what the bundle does not carry; a requirement and its hashes are one paragraph."""
    paragraphs, keep = [], True
    for line in requirements.splitlines(keepends=True):
        if line.startswith("#"):
            continue
        if not line.startswith((" ", "\t")):
            keep = line.split("==")[0].split("[")[0].strip().lower() not in NOT_BUNDLED
        if keep:
            paragraphs.append(line)
    return "".join(paragraphs)


def compiler() -> str | None:
    """The target's interpreter: `LAMBDA_PYTHON` or the one on the path; None when this machine has none."""
    found = os.environ.get("LAMBDA_PYTHON") or shutil.which(f"python{TARGET_PYTHON}")
    asked = [found, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"] if found else None
    if asked is None:
        return None
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return found if answer.stdout.strip() == TARGET_PYTHON else None


def compile_all(target: Path) -> None:
    """Precompile with the target's interpreter when one is at hand: a cold start takes half the time.

    The files are marked unchecked, because chalice sets every time stamp in the archive to 1980.

    Raises:
        RuntimeError: it could not; its own words are in the text.
    """
    python = compiler()
    if python is None:
        return
    command = [python, "-m", "compileall", "-q", "-j2", "--invalidation-mode", "unchecked-hash", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"python{TARGET_PYTHON} could not compile the bundle:\n{done.stdout}{done.stderr}")


def require_bytecode(archive: Path) -> None:
    """Refuse a bundle whose sources are not compiled for the target.

    Its folder is read-only on Lambda, so it would compile them at every cold start, and for every inspected file.

    Raises:
        NoBytecodeError: telling how many are not.
    """
    with zipfile.ZipFile(archive) as opened:
        names = set(opened.namelist())
        sources = {
            name for name in names if name.endswith(".py") and name != "app.py" and not name.startswith("chalice/")
        }
        bare = [source for source in sources if not _compiled(opened, source, names)]
    if bare or not sources:
        raise NoBytecodeError(
            f"{archive}: {len(bare)} of {len(sources)} sources are not compiled for python{TARGET_PYTHON}. "
            f"Install it (or name it: LAMBDA_PYTHON=/path/to/python{TARGET_PYTHON}) and build again"
        )


def _compiled(archive: zipfile.ZipFile, source: str, names: Collection[str]) -> bool:
    folder, _, name = source.rpartition("/")
    bytecode = f"{folder}/__pycache__/{name.removesuffix('.py')}.{_TAG}.pyc".lstrip("/")
    return bytecode in names and archive.read(bytecode)[4:8] == _UNCHECKED


def unzipped_bytes(archive: Path) -> int:
    """Total size of an archive's files."""
    with zipfile.ZipFile(archive) as opened:
        return sum(entry.file_size for entry in opened.infolist())


def _tests_in(target: Path) -> list[Path]:
    return [path for name in ("test", "tests") for path in target.rglob(name) if path.is_dir()]
