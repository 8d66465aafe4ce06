"""Nobody decides on what he, or whoever invited him, entered, changed or uploaded for (domain.md, section 2)."""

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.registration.adapters import account_store
from services.registration.model.dossier import Dossier


def hindrance(dossier: Dossier, actor: Actor) -> Code | None:
    """Why a member of staff may not decide on this record: `entered-by-you`, `entered-by-sponsor`; None if he may."""
    if dossier.is_work_of(actor.id):
        return Code.ENTERED_BY_YOU
    account = account_store.load(actor.id)
    if account is not None and any(dossier.is_work_of(sponsor) for sponsor in account.sponsors):
        return Code.ENTERED_BY_SPONSOR
    return None


def require_other_eyes(dossier: Dossier, actor: Actor) -> None:
    """Refuse whoever may not decide on this record.

    Raises:
        Problem: `entered-by-you`, `entered-by-sponsor`.
    """
    found = hindrance(dossier, actor)
    if found is not None:
        raise Problem(found)
