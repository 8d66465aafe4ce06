"""Nobody decides on what he, or whoever invited him, entered, changed or uploaded for (domain.md, section 2).

But under bkn's waiver for an office of one.
"""

from datetime import datetime

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.writes import gate
from services.registration.adapters import account_store
from services.registration.model.dossier import Dossier


def hindrance(dossier: Dossier, actor: Actor) -> Code | None:
    """Why a member of staff may not decide on this record: `entered-by-you`, `entered-by-sponsor`; None if he may."""
    if dossier.is_work_of(actor.id):
        return Code.ENTERED_BY_YOU
    return Code.ENTERED_BY_SPONSOR if invited_by_workers(dossier, actor) else None


def invited_by_workers(dossier: Dossier, actor: Actor) -> bool:
    """Whether whoever invited him worked on the record: then PPK and bkn are told, though a waiver let him."""
    account = account_store.load(actor.id)
    return account is not None and any(dossier.is_work_of(sponsor) for sponsor in account.sponsors)


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
