"""What staff read of a publication: where something was found and of which kind, never what."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.announcements.model.publication import APPROVERS_NEEDED, Publication, PublicationState, Release
from services.kernel import clock
from services.kernel.security.findings import PublishedField
from services.kernel.security.personal_numbers import PersonalNumber


class PlaceView(BaseModel):
    """Where: a field of the row with this number, whose record is `person`; both null for the institution's name."""

    nomor_registrasi: str | None
    person: str | None
    field: PublishedField
    kind: PersonalNumber


class ApprovalView(BaseModel):
    """Somebody of bkn approved, and why; `mine` when it was the reader."""

    at: datetime
    reason: str
    mine: bool


class ReleaseView(BaseModel):
    """Who has approved of a row of the sealed list, and whether that is enough for it to be shown."""

    nomor_registrasi: str
    released: bool
    approvals: list[ApprovalView]

    @classmethod
    def of(cls, release: Release, reader: str) -> Self:
        """The release as `reader` sees it."""
        approvals = [
            ApprovalView(at=one.at.astimezone(clock.WIB), reason=one.reason, mine=one.by == reader)
            for one in release.approvals
        ]
        return cls(nomor_registrasi=release.nomor_registrasi, released=release.complete(), approvals=approvals)


class PublicationView(BaseModel):
    """How a publication goes on. `rows` counts every row concerned, `findings` are the first of their places.

    `approvers_needed`: how many different people of bkn release a row of a sealed list.
    """

    state: PublicationState
    since: datetime | None = None
    rows: int = 0
    findings: list[PlaceView] = []
    releases: list[ReleaseView] = []
    approvers_needed: int = APPROVERS_NEEDED


class StoppedView(BaseModel):
    """An institution whose publication does not go on whole."""

    code: str
    name: str
    state: PublicationState
    since: datetime
    rows: int

    @classmethod
    def of(cls, publication: Publication) -> Self:
        """The institution's line."""
        return cls(
            code=publication.code,
            name=publication.title,
            state=publication.state,
            since=publication.since.astimezone(clock.WIB),
            rows=publication.rows,
        )


class StoppedList(BaseModel):
    """All of them, by code."""

    items: list[StoppedView]


def view_places(publication: Publication) -> list[PlaceView]:
    """Its places."""
    return [
        PlaceView(nomor_registrasi=one.nomor_registrasi, person=one.pid, field=one.field, kind=one.kind)
        for one in publication.places
    ]
