"""Bring the site from what a manifest says to what should be there, writing only what changed, part by part."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from services.announcements.adapters import site
from services.announcements.model.objects import Manifest, Object
from services.kernel.log import LogLine, log

PART: Final = 64
"""Objects that are made and written before the next ones: 3 MB of pages, and the most that is written twice."""


def write_objects(code: str, manifest: Manifest, objects: Iterable[Object]) -> None:
    """Write, remove, and keep the manifest; broken off at any point, the next run goes on behind the last part.

    Raises:
        Problem: `try-again`.
    """
    wanted, written = set[str](), 0
    for part in _parts(objects):
        wanted |= {each.key for each in part}
        changed = manifest.changed(part)
        if changed:
            manifest = _write(code, manifest, changed)
            written += len(changed)
    unwanted = sorted(manifest.marks.keys() - wanted)
    if not written and not unwanted:
        return
    if unwanted:
        manifest = _remove(code, manifest, unwanted)
    site.keep_manifest(code, manifest.only(wanted))
    log(LogLine.PAGES_WRITTEN, institution=code, count=written + len(unwanted))


def _parts(objects: Iterable[Object]) -> Iterator[list[Object]]:
    """A few at a time, each part made when the one before has been written."""
    rest = iter(objects)
    while part := list(islice(rest, PART)):
        yield part


def _write(code: str, manifest: Manifest, changed: list[Object]) -> Manifest:
    """What was written before is on record with the note that these are being worked on."""
    unsure = manifest.unsure_of(each.key for each in changed)
    site.keep_manifest(code, unsure)
    site.write(changed)
    return unsure.holding(changed)


def _remove(code: str, manifest: Manifest, unwanted: list[str]) -> Manifest:
    unsure = manifest.unsure_of(unwanted)
    site.keep_manifest(code, unsure)
    site.remove(unwanted)
    return unsure
