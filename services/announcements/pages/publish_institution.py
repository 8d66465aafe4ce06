"""Make one institution's public pages, and its line in the directory, as they should be now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from services.announcements.adapters import contact_store, dirty_store, institution_store, own_announcement_store, site
from services.announcements.adapters.institution_store import DIRECTORY
from services.announcements.model.institution import Announced, Edition, Institution, Summary
from services.announcements.model.objects import Manifest, Object
from services.announcements.model.own_announcement import ListName
from services.announcements.pages.build_changes import STAY, build_changes
from services.announcements.pages.build_list import build_list
from services.announcements.pages.build_waiting import build_waiting
from services.announcements.pages.choose_list import PublicList, choose_list
from services.announcements.pages.record_publication import record_publication
from services.announcements.pages.scan import safe_title
from services.announcements.pages.stands import stands
from services.announcements.pages.write_objects import write_objects

LOOK_AGAIN: Final = timedelta(minutes=5)
"""When a refused list is looked at again."""


def publish_institution(code: str, now: datetime) -> datetime | None:
    """Write what changed, unless something in it may not be published; returns when to look again by itself.

    Raises:
        Problem: `try-again`.
    """
    institution = institution_store.load_institution(code)
    public = choose_list(institution)
    record_publication(institution, public, now)
    if public.stopped:
        _keep_or_take_down(institution, public, now)
        return now + LOOK_AGAIN if public.refused else None
    manifest = _dated(site.load_manifest(code), institution, public, now)
    since = manifest.published_at or now
    until = since + STAY if public.changes is not None and now < since + STAY else None
    announced = _announced(institution, public.edition) if public.edition else None
    write_objects(code, manifest, _objects(institution, public, since, until, announced))
    count = len(public.rows) + len(public.withheld) if public.edition else None
    _announce(institution, now, count=count, announced=announced)
    return now + LOOK_AGAIN if public.refused else until


def _objects(
    institution: Institution,
    public: PublicList,
    since: datetime,
    changes_until: datetime | None,
    announced: Announced | None,
) -> Iterator[Object]:
    contact = contact_store.load(institution.code)
    if public.edition is None:
        return build_waiting(institution, contact)
    pages = build_list(institution, public, since, contact, announced, changes_until=changes_until)
    if changes_until is None or public.changes is None:
        return pages
    return chain(pages, build_changes(institution, public.changes, changes_until))


def _announced(institution: Institution, edition: Edition) -> Announced | None:
    """Where the institution announced this very list by itself; None while it recorded nothing of it."""
    name = ListName.parse(_name(institution, edition))
    recorded = own_announcement_store.load(institution.code).get(name) if name else None
    return recorded.told if recorded else None


def _keep_or_take_down(institution: Institution, public: PublicList, now: datetime) -> None:
    """What stands on the site and in the directory is the last list that was clean; if it was not, it comes down."""
    if not stands(institution, public):
        return
    named = replace(institution, title=safe_title(institution.code, institution.title))
    waiting = build_waiting(named, contact_store.load(institution.code), held_back=True)
    write_objects(institution.code, site.load_manifest(institution.code), waiting)
    _announce(named, now, count=None)


def _dated(manifest: Manifest, institution: Institution, public: PublicList, now: datetime) -> Manifest:
    """The manifest with the list that is public and the instant since when.

    The next numbered list begins uji publik anew, and a seal of a later epoch is another final list; an extension is
    neither. A first list is public before registration has counted it: its number joins later and moves no date.
    """
    name = _name(institution, public.edition)
    if manifest.edition == name:
        return manifest
    same = name.startswith(Edition.PREFINAL) and manifest.edition == f"{Edition.PREFINAL}:"
    return replace(manifest, edition=name, published_at=manifest.published_at if same else now)


def _name(institution: Institution, edition: Edition | None) -> str:
    """What tells one public list from another: `prefinal:<number>` or `final:<epoch of the seal>`, "" for none."""
    if edition is None:
        return ""
    if edition is Edition.FINAL:
        return f"{edition}:{institution.seal.epoch if institution.seal else ''}"
    return f"{edition}:{institution.prefinal.number if institution.prefinal else ''}"


def _announce(
    institution: Institution, now: datetime, *, count: int | None, announced: Announced | None = None
) -> None:
    """Keep the directory's line. Marked before as well as after, so that a run that breaks off leaves a mark."""
    if institution.title is None:
        return
    waived = bool(institution.waived)
    line = Summary(
        institution.code, institution.title, institution.phase, count, institution.has_sptjm, waived, announced
    )
    if institution_store.load_summary(institution.code) != line:
        dirty_store.mark(DIRECTORY, now)
        institution_store.keep_summary(line)
        dirty_store.mark(DIRECTORY, now)
        dirty_store.mark(dirty_store.reports_of(institution.code), now)
