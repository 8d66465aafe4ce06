"""How many cases came, were decided, and were decided in time: by type and week, for whoever answers them."""

from datetime import date, datetime, timedelta
from typing import Final

from pydantic import BaseModel

from services.announcements.adapters import figure_store
from services.announcements.cases.who_may import kinds_read_by
from services.announcements.model.case import Topic
from services.announcements.model.case_figures import Figure, week_of
from services.kernel.cases import CaseKind
from services.kernel.security.sessions import Actor

SHOWN: Final = timedelta(weeks=11)
"""Twelve weeks with the present one."""


class CaseFigure(BaseModel):
    """The counts of one kind, of help of one topic, in one ISO week of WIB (`2022-W40`), which `begins` on a Monday."""

    week: str
    begins: date
    kind: CaseKind
    topic: Topic | None
    received: int
    decided: int
    in_time: int

    @classmethod
    def of(cls, figure: Figure) -> "CaseFigure":
        """As it was counted."""
        return cls(**vars(figure), begins=date.fromisocalendar(int(figure.week[:4]), int(figure.week[-2:]), 1))


class CaseFigures(BaseModel):
    """The newest week first. A week or type in which nothing was counted has no line."""

    items: list[CaseFigure]


def get_figures(code: str, actor: Actor, received: datetime) -> CaseFigures:
    """The last twelve weeks, of the kinds that the reader has to do with; `code` is `nasional` for bkn's own.

    Raises:
        Problem: `not-found` for another institution.
    """
    actor.require_institution(code)
    kinds = kinds_read_by(actor.role)
    found = figure_store.since(code, week_of(received - SHOWN))
    ordered = sorted((one for one in found if one.kind in kinds), key=lambda one: one.week, reverse=True)
    return CaseFigures(items=[CaseFigure.of(one) for one in ordered])
