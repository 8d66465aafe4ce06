"""Keep what stands in the way of an institution's publication, for its admin, for bkn and for the alarm."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from services.announcements.adapters import institution_store, publication_store
from services.announcements.model.institution import Institution
from services.announcements.model.publication import FoundPlace, Publication, PublicationState
from services.announcements.pages.choose_list import PublicList
from services.announcements.pages.scan import Place, safe_title
from services.kernel.log import LogLine, log

MAX_PLACES: Final = 200
"""Places that are kept: a telephone number in the name of a unit stands in all its rows. The rows are all counted."""


def record_publication(institution: Institution, public: PublicList, now: datetime) -> None:
    """Keep the state of the publication, and tell when it changes; nothing is kept of one that goes on."""
    before = publication_store.load(institution.code)
    after = _publication(institution, public, now, before) if public.places else None
    if after == before:
        return
    if after is None:
        publication_store.clear(institution.code)
        log(LogLine.PUBLICATION_GOES_ON, institution=institution.code)
        return
    publication_store.keep(after)
    line = LogLine.PUBLICATION_STOPPED if after.state is PublicationState.BERHENTI else LogLine.ROWS_WITHHELD
    log(line, institution=institution.code, epoch=after.epoch, count=after.rows)


def _publication(
    institution: Institution, public: PublicList, now: datetime, before: Publication | None
) -> Publication:
    state = PublicationState.BERHENTI if public.stopped else PublicationState.DISUNTING
    since = before.since if before is not None and before.state is state else now
    seal = institution.seal
    return Publication(
        code=institution.code,
        title=safe_title(institution.code, institution.title),
        state=state,
        since=since,
        epoch=seal.epoch if seal and state is PublicationState.DISUNTING else 0,
        rows=len({place.nomor_registrasi for place in public.places if place.nomor_registrasi}),
        places=list(_found(institution.code, sorted(public.places, key=_order)[:MAX_PLACES])),
    )


def _order(place: Place) -> tuple[str, str]:
    """The institution's name first, then by registration number."""
    return place.nomor_registrasi or "", place.field.value


def _found(code: str, places: Sequence[Place]) -> Iterator[FoundPlace]:
    numbers = {place.nomor_registrasi for place in places if place.nomor_registrasi}
    pids = institution_store.pids(code, numbers) if numbers else {}
    for place in places:
        pid = pids.get(place.nomor_registrasi or "")
        yield FoundPlace(place.nomor_registrasi, pid, place.field, place.kind)
