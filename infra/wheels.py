"""Third-party packages of a bundle, for the Lambda target and not for this machine."""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from infra.houses import TARGET_PYTHON

NOT_BUNDLED = frozenset(
    # chalice's archive step adds its own runtime (two files); the rest serves its command line only,
    # and boto3 with its parts is in the Lambda runtime already compiled
    {"blessed", "boto3", "botocore", "chalice", "click", "editor", "inquirer", "jinxed", "jmespath", "pip"}
    | {"python-dateutil", "pyyaml", "readchar", "runs", "s3transfer", "setuptools", "six", "urllib3", "wcwidth"}
    | {"wheel", "xmod"}
)
# Amazon Linux 2023 has glibc 2.34: every older tag is accepted, nothing newer
_PLATFORMS = [f"manylinux_2_{minor}_x86_64" for minor in range(34, 16, -1)] + ["manylinux2014_x86_64"]


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


def compile_all(target: Path) -> bool:
    """Precompile with the target's interpreter when one is at hand: a cold start takes half the time.

    The files are marked unchecked, because chalice sets every time stamp in the archive to 1980.
    Returns whether it was done.
    """
    python = shutil.which(f"python{TARGET_PYTHON}")
    if python is None or subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode:
        return False
    command = [python, "-m", "compileall", "-q", "-j2", "--invalidation-mode", "unchecked-hash", str(target)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def unzipped_bytes(archive: Path) -> int:
    """Total size of an archive's files."""
    with zipfile.ZipFile(archive) as opened:
        return sum(entry.file_size for entry in opened.infolist())


def _tests_in(target: Path) -> list[Path]:
    return [path for name in ("test", "tests") for path in target.rglob(name) if path.is_dir()]
