"""The list as its page would show it now, before it is made: some people at a time, and what the search would stop.

Whoever pre-finalizes sees it first: on the day itself a telephone number in a unit's name would stop the whole list.
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from services.announcements.adapters import institution_store
from services.announcements.kit.get_kit import institution_of
from services.announcements.model.institution import Listed, Row
from services.announcements.pages.build_list import ROWS_A_PAGE, in_order
from services.announcements.pages.scan import Place, search_rows, search_title
from services.announcements.publication.views import PlaceView
from services.kernel.security.sessions import Actor, Role
from services.kernel.states import Category

PREVIEWERS = frozenset({Role.ADMIN, Role.OPERATOR, Role.PPK})
"""Of the institution: nobody else reads names before they are announced, and reads them here."""
PEOPLE_A_STEP = 2000
"""So many are read in one call, a second or two; the page asks on until it has all."""
MOST_PLACES = 50


class PreviewQuery(BaseModel):
    """Behind which person to go on."""

    after: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None


class PreviewRow(BaseModel):
    """One person as the list would show him."""

    nama: str
    nomor_registrasi: str
    unit_kerja: str
    jabatan: str
    kategori: Category


class PreviewStep(BaseModel):
    """What of the list these people are: the first rows by name, as many as a page has, and how many there are of whom.

    `found` counts the rows that would stop the list, `places` are the first of them; one without a number is the
    institution's name. `next` is behind whom to go on, null at the end.
    """

    rows: list[PreviewRow]
    count: int
    thk2: int
    found: int
    places: list[PlaceView]
    next: str | None


def preview_list(code: str, query: PreviewQuery, actor: Actor, limit: int = PEOPLE_A_STEP) -> PreviewStep:
    """The next people of the list; of who works for some units only, those of his units.

    Raises:
        Problem: `not-found` for another institution, and for one that takes no part.
    """
    institution = institution_of(code, actor)
    people, following = institution_store.some_listed_people(code, after=query.after, limit=limit)
    mine = [one for one in people if actor.works_for(one.row.unit_kerja)]
    searched = search_rows((one.row, one.found) for one in mine)
    named = search_title(institution.title) if query.after is None else []
    return PreviewStep(
        rows=[_row(row) for row in in_order(searched.clean)[:ROWS_A_PAGE]],
        count=len(mine),
        thk2=sum(one.row.kategori is Category.THK_II for one in mine),
        found=len(searched.found),
        places=_places([*named, *searched.places], mine),
        next=following,
    )


def _row(row: Row) -> PreviewRow:
    return PreviewRow(**row._asdict())


def _places(places: Sequence[Place], people: Sequence[Listed]) -> list[PlaceView]:
    pids = {one.row.nomor_registrasi: one.pid for one in people}
    return [
        PlaceView(
            nomor_registrasi=one.nomor_registrasi,
            person=pids.get(one.nomor_registrasi or ""),
            field=one.field,
            kind=one.kind,
        )
        for one in places[:MOST_PLACES]
    ]
