"""Every institution in the round, for those who watch the whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Self

from pydantic import BaseModel

from services.finalization.adapters import store
from services.finalization.adapters.institution_items import REQUESTS, STATEMENTS
from services.finalization.model.folder import Folder
from services.finalization.model.institution import Institution
from services.finalization.model.sptjm_states import SptjmState
from services.finalization.shared.checklist import blocking, checklist, uncounted
from services.finalization.shared.views import CountsView, WindowView, local, lock_at, windows_of
from services.kernel.states import Phase

MAX_ON_A_PAGE = 100


class Waiting(StrEnum):
    """What of an institution waits for BKN."""

    EXTENSION = "extension"
    SPTJM = "sptjm"


@dataclass(frozen=True)
class Wanted:
    """Which institutions: those behind `cursor`, at most `limit`, in this phase, with this waiting (None: all)."""

    cursor: str | None
    limit: int
    phase: Phase | None = None
    waiting: Waiting | None = None

    def takes(self, institution: Institution) -> bool:
        """Whether it is one of them; what the index said is looked at again."""
        waits = {
            None: True,
            Waiting.EXTENSION: institution.open_request is not None,
            Waiting.SPTJM: institution.sptjm.state is SptjmState.DIUNGGAH,
        }
        return self.phase in {None, institution.phase} and waits[self.waiting]


class ReadyView(BaseModel):
    """How many lines of the checklist still block finalizing by hand, and how many nobody counts."""

    blocking: int
    uncounted: int

    @classmethod
    def of(cls, folder: Folder, now: datetime) -> Self:
        """How far an institution's checklist is settled."""
        checks = checklist(folder, now)
        return cls(blocking=len(blocking(checks)), uncounted=len(uncounted(checks)))


class ListedInstitution(BaseModel):
    """One line of the directory. `lock_at`: from when on the locker may close it; null once it is locked."""

    code: str
    name: str
    kind: str
    phase: Phase
    windows: list[WindowView]
    closes: datetime
    lock_at: datetime | None
    sptjm_state: SptjmState
    counts: CountsView
    ready: ReadyView
    extension_requests: int

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
            lock_at=lock_at(institution),
            sptjm_state=institution.sptjm.state,
            counts=CountsView.of(folder.counts),
            ready=ReadyView.of(folder, now),
            extension_requests=int(institution.open_request is not None),
        )


class InstitutionList(BaseModel):
    """One page of the directory; `cursor` asks for the next."""

    now: datetime
    items: list[ListedInstitution]
    cursor: str | None


def list_institutions(wanted: Wanted, now: datetime) -> InstitutionList:
    """A page of institutions in the order of their codes, with counters."""
    codes = list(islice(_found(wanted), wanted.limit))
    items = [ListedInstitution.of(store.load_folder(code, with_private=False), now) for code in codes]
    return InstitutionList(now=local(now), items=items, cursor=codes[-1] if len(codes) == wanted.limit else None)


def _found(wanted: Wanted) -> Iterable[str]:
    if wanted.waiting is not None:
        partition = {Waiting.EXTENSION: REQUESTS, Waiting.SPTJM: STATEMENTS}[wanted.waiting]
        return _taken(wanted, [code for code in store.waiting(partition) if code > (wanted.cursor or "")])
    if wanted.phase is not None:
        return (code for page in _pages(wanted.cursor) for code in _taken(wanted, page))
    return store.directory(wanted.cursor, wanted.limit)


def _pages(after: str | None) -> Iterator[list[str]]:
    """The directory a hundred codes at a time, as long as somebody asks."""
    while codes := store.directory(after, MAX_ON_A_PAGE):
        yield codes
        after = codes[-1]


def _taken(wanted: Wanted, codes: list[str]) -> Iterator[str]:
    return (institution.code for institution in store.records(codes) if wanted.takes(institution))
