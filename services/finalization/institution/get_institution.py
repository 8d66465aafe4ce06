"""One institution as the console shows it."""

from datetime import datetime

from pydantic import BaseModel

from services.finalization.adapters import store
from services.finalization.institution.letter_views import ExtensionView, HasteView, ReopeningView, WaiverView
from services.finalization.institution.reopen_for_usulan import usulan_to_open_for
from services.finalization.institution.reopen_verification import open_until
from services.finalization.shared.checklist import checklist
from services.finalization.shared.views import (
    CheckView,
    CountsView,
    PastSealView,
    PpkView,
    PrefinalView,
    SealView,
    WindowView,
    list_at,
    local,
    lock_at,
    maybe_local,
    windows_of,
)
from services.finalization.sptjm.view_sptjm import SptjmView
from services.kernel.security.sessions import NATIONAL, Actor, Role
from services.kernel.states import Phase
from services.kernel.web.watched import Watched, patience

SEES_PPK = frozenset({Role.ADMIN, Role.PPK, Role.BKN, Role.AUDITOR})
"""Who needs the PPK's name and NIP for his work (domain.md, section 8: as the role needs)."""


class InstitutionView(BaseModel):
    """Everything the console shows of one institution.

    `list_at`: from when on the portal pre-finalizes it or makes its next list, null when neither is to come; somebody
    must be on the roster by then. `lock_at`: from when on the locker may close it, null once it is locked. `seal` is
    the one that counts, `seals` are all on record. `counts` and `checklist` are of the whole institution: null and
    empty for whoever works for some of its units only (domain.md, section 2); his own people registration counts.
    `left_undecided` had submitted and have no verdict; until `recheck_until` bkn may open verification alone again for
    them, null when it may not. `hastes` are shown to whoever is shown the PPK. `usulan_waiting` were not
    decided when corrections closed, and bkn may open the round for them; null when it may not.
    """

    code: str
    name: str
    kind: str
    v: int
    phase: Phase
    epoch: int
    now: datetime
    windows: list[WindowView]
    counts: CountsView | None
    checklist: list[CheckView]
    prefinalized: PrefinalView | None
    finalized_at: datetime | None
    locked_at: datetime | None
    list_at: datetime | None
    lock_at: datetime | None
    seal: SealView | None
    seals: list[PastSealView]
    sptjm: SptjmView
    ppk: PpkView | None
    extensions: list[ExtensionView]
    reopenings: list[ReopeningView]
    left_undecided: int | None
    recheck_until: datetime | None
    waivers: list[WaiverView]
    hastes: list[HasteView]
    usulan_waiting: int | None


def get_institution(code: str, actor: Actor, now: datetime) -> InstitutionView:
    """One institution as this actor may see it.

    Raises:
        Problem: `not-found`, also for another institution than his own.
    """
    actor.require_institution(code)
    folder = store.load_folder(code)
    institution = folder.institution
    ppk = institution.ppk if actor.role in SEES_PPK else None
    return InstitutionView(
        code=institution.code,
        name=institution.title,
        kind=institution.kind.value,
        v=institution.v,
        phase=institution.phase,
        epoch=institution.epoch,
        now=local(now),
        windows=windows_of(institution, now),
        counts=None if actor.units else CountsView.of(folder.counts),
        checklist=[] if actor.units else [CheckView.of(check) for check in checklist(folder, now)],
        prefinalized=PrefinalView.of(institution.prefinal) if institution.prefinal else None,
        finalized_at=maybe_local(institution.finalized_at),
        locked_at=maybe_local(institution.locked_at),
        list_at=list_at(institution),
        lock_at=lock_at(institution),
        seal=SealView.of(institution.seal) if institution.seal else None,
        seals=[PastSealView.of(seal, institution) for seal in folder.seals],
        sptjm=SptjmView.of(institution, folder.uploads, with_signer=actor.role in SEES_PPK),
        ppk=PpkView.of(ppk) if ppk else None,
        extensions=[ExtensionView.of(extension, code) for extension in folder.extensions],
        reopenings=[ReopeningView.of(reopening) for reopening in folder.reopenings],
        left_undecided=None if actor.units else folder.counts.left_undecided,
        recheck_until=maybe_local(open_until(institution, folder.counts, now)) if actor.role in NATIONAL else None,
        waivers=[WaiverView.of(waiver, now) for waiver in folder.waivers],
        hastes=[HasteView.of(haste) for haste in folder.hastes if actor.role in SEES_PPK],
        usulan_waiting=usulan_to_open_for(institution, folder.counts, now) if actor.role in NATIONAL else None,
    )


def watch_institution(code: str, actor: Actor, now: datetime) -> Watched[InstitutionView]:
    """The same for who waits for the seal: between the last close and it there is work under way.

    Raises:
        Problem: `not-found`, also for another institution than his own.
    """
    shown = get_institution(code, actor, now)
    closed = max(window.closes for window in shown.windows)
    sealing = closed <= now and shown.seal is None and shown.phase is not Phase.TIDAK_MENDATA
    return Watched(shown, patience(closed, now) if sealing else None)
