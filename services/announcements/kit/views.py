"""What staff read of the kit: the list that is public now, its papers, and what was recorded of announcing it."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel

from services.announcements.kit.announced_list import AnnouncedList
from services.announcements.model.institution import Place
from services.announcements.model.own_announcement import OwnAnnouncement
from services.kernel import clock

ROWS_A_PAPER = 1000
"""So many are printed while somebody waits: 2.5 seconds and 1 MB (measured)."""


class UnitView(BaseModel):
    """A unit on the list: its mark in addresses, how many people, and on how many papers they are printed."""

    mark: str
    name: str
    count: int
    papers: int


class ListView(BaseModel):
    """The list that is public now; `name` is null while registration still counts it.

    `address` is where everybody reads it, `text` is Indonesian for every reader, for it is to be copied, and `qr` is an
    SVG that leads to `address`.
    """

    name: str | None
    final: bool
    number: int | None
    since: datetime
    count: int
    papers: int
    units: list[UnitView]
    address: str
    text: str
    qr: str


class AnnouncementView(BaseModel):
    """That the list of this name was announced; `v` is the version of what is recorded, `file` the photo or PDF."""

    name: str
    final: bool
    number: int
    v: int
    place: Place
    on: date
    address: str
    file: str | None
    at: datetime

    @classmethod
    def of(cls, one: OwnAnnouncement) -> Self:
        """What was recorded, as staff see it."""
        return cls(
            name=str(one.of),
            final=one.of.final,
            number=one.of.number,
            v=one.v,
            place=one.told.place,
            on=one.told.on,
            address=one.told.address,
            file=one.file,
            at=one.at.astimezone(clock.WIB),
        )


class KitView(BaseModel):
    """The kit. `public` is the list that is public now, null while none is.

    `lists` are the names of those whose announcement may be recorded, the latest first, and `today` is the last day
    that may be.
    """

    institution: str
    public: ListView | None
    lists: list[str]
    announcements: list[AnnouncementView]
    today: date


def papers(count: int) -> int:
    """On how many papers so many people are printed."""
    return max(1, -(-count // ROWS_A_PAPER))


def view_list(announced: AnnouncedList, text: str, qr: str) -> ListView:
    """The list that is public now."""
    units = [
        UnitView(mark=one.mark, name=one.name, count=one.count, papers=papers(one.count)) for one in announced.units
    ]
    return ListView(
        name=str(announced.of) if announced.of else None,
        final=announced.final,
        number=announced.of.number if announced.of else None,
        since=announced.since.astimezone(clock.WIB),
        count=len(announced.lines),
        papers=papers(len(announced.lines)),
        units=units,
        address=announced.address,
        text=text,
        qr=qr,
    )
