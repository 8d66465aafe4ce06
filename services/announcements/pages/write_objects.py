"""Bring the site from what a manifest says to what should be there, writing only what changed."""

from collections.abc import Sequence

from services.announcements.adapters import site
from services.announcements.pages.objects import Manifest, Object
from services.kernel.log import LogLine, log


def write_objects(code: str, manifest: Manifest, objects: Sequence[Object]) -> None:
    """Write, remove, and keep the manifest; broken off at any point, the next run makes up for it.

    Raises:
        Problem: `try-again`.
    """
    changed, superfluous = manifest.changed(objects), manifest.superfluous(objects)
    if not changed and not superfluous:
        return
    doubting = manifest.doubting([*(each.key for each in changed), *superfluous])
    site.keep_manifest(code, doubting)
    site.write(changed)
    site.remove(superfluous)
    site.keep_manifest(code, doubting.of(objects))
    log(LogLine.PAGES_WRITTEN, institution=code, count=len(changed) + len(superfluous))
