"""How ready every institution is to close, for bkn (domain.md, section 3, *BKN*)."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.finalization.adapters import store
from services.finalization.institution.list_institutions import ReadyView
from services.finalization.institution.reopen_for_usulan import usulan_to_open_for
from services.finalization.institution.reopen_verification import open_until
from services.finalization.model.counts import DECIDED, UNDECIDED
from services.finalization.model.folder import Folder
from services.finalization.model.forecast import Forecast, forecast
from services.finalization.model.open_cases import open_cases
from services.finalization.shared.views import CountsView, local, maybe_local
from services.kernel.cases import CaseKind
from services.kernel.states import Phase
from services.kernel.writes.calendar import Window

MAX_ON_A_PAGE = 100


class ForecastView(BaseModel):
    """Verdicts a day, to a tenth, and how many people would be without one at the close."""

    pace: float
    left: int

    @classmethod
    def of(cls, told: Forecast) -> Self:
        """The forecast as it is shown."""
        return cls(pace=round(float(told.pace), 1), left=told.left)


class ReadinessView(BaseModel):
    """One institution's line.

    `users` of its staff may sign in, `admins` of them as its admin; `imported`: when its last file of people came.
    `decided` have a verdict, `undecided` are registered without one; drafts and disputed rows stand in `counts` alone.
    `forecast` is null while it cannot be told: under three days of data, and once `closes`, that of the last check, is
    over. `left_undecided`, once it is locked, had submitted and have no verdict; until `recheck_until` bkn may open
    verification alone again for them, null when it may not. `cases` are open, by kind; of a locked institution bkn
    decides them. `usulan_waiting`: usulan undecided at the close of corrections, for which bkn may open it again; null
    when it may not.
    """

    code: str
    name: str
    kind: str
    phase: Phase
    closes: datetime
    admins: int
    users: int
    imported: datetime | None
    counts: CountsView
    decided: int
    undecided: int
    forecast: ForecastView | None
    ready: ReadyView
    left_undecided: int | None
    recheck_until: datetime | None
    cases: dict[CaseKind, int]
    usulan_waiting: int | None

    @classmethod
    def of(cls, folder: Folder, now: datetime) -> Self:
        """An institution's line."""
        institution, counts, office = folder.institution, folder.counts, folder.office
        closes, undecided = institution.windows[Window.VERIFICATION].closes, counts.of(UNDECIDED)
        told = forecast(counts.decided_on, undecided, now, closes)
        return cls(
            code=institution.code,
            name=institution.title,
            kind=institution.kind.value,
            phase=institution.phase,
            closes=local(closes),
            admins=office.admins,
            users=office.users,
            imported=maybe_local(office.imported),
            counts=CountsView.of(counts),
            decided=counts.of(DECIDED),
            undecided=undecided,
            forecast=ForecastView.of(told) if told else None,
            ready=ReadyView.of(folder, now),
            left_undecided=None if institution.locked_at is None else counts.left_undecided,
            recheck_until=maybe_local(open_until(institution, counts, now)),
            cases=dict(open_cases(counts)),
            usulan_waiting=usulan_to_open_for(institution, counts, now),
        )


class ReadinessList(BaseModel):
    """One page, in the order of codes; `cursor` asks for the next."""

    now: datetime
    items: list[ReadinessView]
    cursor: str | None


def list_readiness(cursor: str | None, limit: int, now: datetime) -> ReadinessList:
    """A page of institutions: one query each, without anything private."""
    codes = store.directory(cursor, limit)
    items = [ReadinessView.of(store.load_folder(code, with_private=False), now) for code in codes]
    return ReadinessList(now=local(now), items=items, cursor=codes[-1] if len(codes) == limit else None)
