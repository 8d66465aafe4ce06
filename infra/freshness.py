"""Build a folder only when its sources changed, one builder at a time, and show it to others only when it is whole."""

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_MARK = ".made-from"
_PASSED_OVER = {"__pycache__", "node_modules", ".mypy_cache"}


def fingerprint(sources: Iterable[Path]) -> str:
    """A digest of the files' contents and names; folders with all that is in them."""
    digest = hashlib.sha256()
    for source in sources:
        files = sorted(source.rglob("*")) if source.is_dir() else [source]
        for path in (p for p in files if p.is_file() and not _PASSED_OVER & set(p.parts)):
            digest.update(f"{path}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def refresh(folder: Path, wanted: str, make: Callable[[Path], None], *accepted: str) -> bool:
    """Let `make` fill a new folder in the place of this one unless that was made from the same sources.

    Args:
        folder: what is wanted.
        wanted: the fingerprint of its sources, kept with it.
        make: fills the folder it is given.
        accepted: further fingerprints that will do.

    Returns:
        Whether it was made anew.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        if made_from(folder) in {wanted, *accepted}:
            return False
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
            new = Path(scratch) / folder.name
            new.mkdir()
            make(new)
            (new / _MARK).write_text(wanted)
            shutil.rmtree(folder, ignore_errors=True)
            new.rename(folder)
    return True


def made_from(folder: Path) -> str:
    """The fingerprint of what the folder was made from; empty when it is not there."""
    mark = folder / _MARK
    return mark.read_text() if mark.exists() else ""


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder.parent / f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
