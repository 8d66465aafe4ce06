"""Find one's own people by their NIK, exactly, through the claim on it (domain.md, section 2)."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel.security.sessions import Actor
from services.kernel.values.identity_fields import NikField
from services.registration.access.scope import in_scope
from services.registration.adapters import claim_store, job_store, person_store, search_store
from services.registration.model.counted import Beside
from services.registration.model.person import Person
from services.registration.search.find_people import RosterPage, RosterRow, record_shown
from services.registration.search.keep_counts import with_beside
from services.registration.search.summarise_person import summarise_person


class SoughtNik(BaseModel):
    """The sixteen digits; in a body, for a NIK stands in no address."""

    nik: NikField


def find_by_nik(nik: str, *, institution: str, actor: Actor, received: datetime) -> RosterPage:
    """The person of this institution who holds the NIK, if the actor may see him: a list of one or none.

    Somebody who was deleted has given his claim up and is not found.

    Raises:
        Problem: `not-found` for another institution, or `try-again` when the reading could not be written down.
    """
    actor.require_institution(institution)
    shown = [person for person in _holders(nik, institution) if in_scope(actor, person.unit_kerja)]
    record_shown([person.pid for person in shown], institution=institution, actor=actor, received=received)
    beside = Beside(search_store.read_counted(institution), job_store.load(institution)) if shown else Beside()
    lines = [with_beside(summarise_person(person_store.load_dossier(person.pid)), beside) for person in shown]
    return RosterPage(items=[RosterRow.of(line, actor) for line in lines], cursor=None, found=len(lines))


def _holders(nik: str, institution: str) -> list[Person]:
    claim = claim_store.load(nik)
    here = [claimant.pid for claimant in claim.claimants if claimant.institution == institution] if claim else []
    return [person for person in map(person_store.find, here) if person is not None]
