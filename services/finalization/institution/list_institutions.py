"""Every institution in the round, for those who watch the whole."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.finalization.adapters import store
from services.finalization.adapters.store import Folder
from services.finalization.institution.views import CountsView, WindowView, local, windows_of
from services.finalization.sptjm.states import SptjmState
from services.kernel.states import Phase

MOST = 100


class ListedInstitution(BaseModel):
    """One line of the directory."""

    code: str
    name: str
    kind: str
    phase: Phase
    windows: list[WindowView]
    closes: datetime
    sptjm_state: SptjmState
    counts: CountsView

    @classmethod
    def of(cls, folder: Folder, now: datetime) -> Self:
        """An institution's line; `closes` is its last window's close."""
        institution = folder.institution
        return cls(
            code=institution.code,
            name=institution.title,
            kind=institution.kind.value,
            phase=institution.phase,
            windows=windows_of(institution, now),
            closes=local(institution.last_close),
            sptjm_state=institution.sptjm.state,
            counts=CountsView.of(folder.counts),
        )


class InstitutionList(BaseModel):
    """One page of the directory; `cursor` asks for the next."""

    items: list[ListedInstitution]
    cursor: str | None


def list_institutions(cursor: str | None, limit: int, now: datetime) -> InstitutionList:
    """A page of institutions in the order of their codes, with counters."""
    codes = store.directory(cursor, limit)
    items = [ListedInstitution.of(store.load_folder(code, with_private=False), now) for code in codes]
    return InstitutionList(items=items, cursor=codes[-1] if len(codes) == limit else None)
