"""Whoever filed an accepted usulan hears how its record goes on: registered, or disputed; each once.

Two facts meet: that the usulan was accepted (`case.settled`), and how its record stands (`person.listed`). They come in
any order. Each is kept first and the other looked for afterwards, so whichever comes later tells.
"""

from collections.abc import Iterable
from typing import Final

from services.announcements.adapters import case_store, institution_store
from services.announcements.adapters.institution_store import Kept
from services.announcements.cases.tell import tell_stand
from services.announcements.model.case import Case
from services.announcements.model.institution import Stand
from services.kernel.cases import CaseKind, CaseState
from services.kernel.writes import ungated

_TOLD: Final = frozenset({Stand.TERDAFTAR, Stand.KONFLIK})


def follow_record(case: Case) -> None:
    """Have it told from now on of an accepted usulan; done again it is the same.

    Raises:
        Problem: `try-again`.
    """
    if case.kind is not CaseKind.USULAN or case.state is not CaseState.DIPUTUS or case.pid is None:
        return
    institution_store.note_usulan(case.institution, case.pid, case.number)
    _tell(case.number, institution_store.find_record(case.institution, case.pid).stand)


def tell_proposers(kept: Iterable[Kept]) -> None:
    """Tell whoever filed an accepted usulan how its record stands now, by these facts; of ordinary people nothing.

    Raises:
        Problem: `try-again`.
    """
    for one in kept:
        if one.usulan is not None:
            _tell(one.usulan, institution_store.stand_in(one.fact.state))


def _tell(number: str, stand: Stand | None) -> None:
    """Tell who filed it, and who follow it, what they have not been told yet."""
    case = case_store.load(number) if stand in _TOLD else None
    if case is None or stand is None or case.is_forgotten:
        return
    for notice in tell_stand(case, stand.value.lower()):
        ungated.commit([notice])  # refused where he was told
