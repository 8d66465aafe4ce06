"""Whose records a member of staff may touch: his institution's, and of these his units' (domain.md, section 2)."""

from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.sessions import Actor
from services.registration.adapters import person_store
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person


def in_scope(actor: Actor, unit: str) -> bool:
    """Whether a unit is the actor's; an actor without units has all."""
    return actor.works_for(unit)


def require_institution_and_unit(actor: Actor, institution: str, person: Person) -> None:
    """Refuse a person of another institution or unit, without telling that he exists.

    Raises:
        Problem: `not-found`.
    """
    actor.require_institution(institution)
    if person.institution != institution or not in_scope(actor, person.unit_kerja):
        raise Problem(Code.NOT_FOUND)


def load_to_work_on(actor: Actor, institution: str, pid: str) -> Person:
    """A person whose record the actor may work on: somebody of his scope, and not he himself.

    Raises:
        Problem: `not-found`, `own-record`.
    """
    person = person_store.load(pid)
    require_institution_and_unit(actor, institution, person)
    actor.require_another(pid)
    return person


def load_dossier_to_work_on(actor: Actor, institution: str, pid: str) -> Dossier:
    """As `load_to_work_on`, with everything that hangs on the person.

    Raises:
        Problem: `not-found`, `own-record`.
    """
    dossier = person_store.load_dossier(pid)
    require_institution_and_unit(actor, institution, dossier.person)
    actor.require_another(pid)
    return dossier


def require_unit(actor: Actor, unit: str) -> None:
    """Refuse a row for a unit that is not the actor's; he could not even see it afterwards.

    Raises:
        Problem: `invalid-fields`.
    """
    if not in_scope(actor, unit):
        raise invalid_problem("unit_kerja", OUTSIDE_SCOPE, OUTSIDE_SCOPE_TEXT)


OUTSIDE_SCOPE = "unit-outside-scope"
OUTSIDE_SCOPE_TEXT = (
    "Unit kerja ini di luar wewenang Anda. Periksa nama unit kerjanya, atau serahkan kepada operator unit tersebut."
)
