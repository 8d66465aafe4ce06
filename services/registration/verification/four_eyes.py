"""Nobody decides on what he, or whoever invited him, entered, changed or uploaded for (domain.md, section 2).

But under bkn's waiver for an office of one. Who helped a person to his account decides nothing on him either: at the
counter, and of a sheet for somebody who has one both who asked for it and who agreed, for without either it would not
have been printed. That binds these two alone, not whom they invited. bkn remains who may decide: a tanggapan from the
first day, a keberatan once its time is over or the two differ.
"""

from datetime import datetime
from typing import Final

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.writes import gate
from services.registration.adapters import account_store
from services.registration.model.dossier import Dossier

_DECIDED_BY_YOU: Final = "Putusan ini Anda berikan sendiri, sehingga harus diperiksa petugas lain di instansi Anda."
_DECIDED_BY_SPONSOR: Final = (
    "Putusan ini diberikan petugas yang mengundang Anda, sehingga harus diperiksa petugas yang diundang orang lain."
)


def hindrance(dossier: Dossier, actor: Actor) -> Code | None:
    """Why a member of staff may not decide on this record: `entered-by-you`, `entered-by-sponsor`; None if he may."""
    if dossier.is_work_of(actor.id):
        return Code.ENTERED_BY_YOU
    return Code.ENTERED_BY_SPONSOR if invited_by_workers(dossier, actor) else None


def invited_by_workers(dossier: Dossier, actor: Actor) -> bool:
    """Whether whoever invited him worked on the record: then PPK and bkn are told, though a waiver let him."""
    account = account_store.load(actor.id)
    return account is not None and any(map(dossier.binds_guests_of, account.sponsors))


def second_hindrance(dossier: Dossier, actor: Actor) -> Problem | None:
    """Why he may not check the verdict that stands; None if he may.

    `entered-by-you`, `entered-by-sponsor`, `forbidden` where he or whoever invited him gave it: as a decision, and no
    waiver reaches here, for a check by whoever decided is none.
    """
    found = hindrance(dossier, actor)
    if found is not None:
        return Problem(found)
    by, account = dossier.person.private.decisions[-1].by, account_store.load(actor.id)
    if by == actor.id:
        return Problem(Code.FORBIDDEN, _DECIDED_BY_YOU)
    return Problem(Code.FORBIDDEN, _DECIDED_BY_SPONSOR) if account and by in account.sponsors else None


def decides_under_waiver(dossier: Dossier, actor: Actor, received: datetime) -> bool:
    """Whether only bkn's waiver, which held at the instant of receipt, lets him decide; False where four eyes look.

    Raises:
        Problem: `entered-by-you`, `entered-by-sponsor`, while no waiver for an office of one holds.
    """
    found = hindrance(dossier, actor)
    if found is None:
        return False
    if not gate.read_round(dossier.person.institution).is_waived(received):
        raise Problem(found)
    return True
