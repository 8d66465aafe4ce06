"""Who of an institution says that he works there no more and waits for an answer."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.security.sessions import NATIONAL, Actor
from services.kernel.states import PersonState
from services.registration.access.scope import in_scope
from services.registration.adapters import access_log, person_store, request_store
from services.registration.correction_requests.list_requests import WaitingQuery
from services.registration.model.assurance import is_assured


class ListedStatement(BaseModel):
    """One person who stated it, at `at`; `assured` says whether his word alone takes him off the list."""

    person: str
    v: int
    nama: str
    nomor_registrasi: str
    unit_kerja: str
    state: PersonState
    at: datetime
    assured: bool
    own_record: bool


class ListedStatements(BaseModel):
    """The oldest first; of whoever works for some units theirs alone."""

    items: list[ListedStatement]
    cursor: str | None


def list_statements(query: WaitingQuery, *, institution: str, actor: Actor, received: datetime) -> ListedStatements:
    """A page of them.

    Raises:
        Problem: `not-found` for another institution's staff, `try-again` when a reading could not be written down.
    """
    actor.require_institution(institution)
    if actor.role in NATIONAL:
        access_log.record_reading(institution, actor, "read-requests", received, {})
    found, cursor = request_store.statements(institution, query.limit, query.cursor)
    people = person_store.load_many([one.pid for one in found])
    listed = [(one, people[one.pid]) for one in found if one.pid in people]
    items = [
        ListedStatement(
            person=person.pid,
            v=person.v,
            nama=person.nama,
            nomor_registrasi=person.registration_number,
            unit_kerja=person.unit_kerja,
            state=person.state,
            at=clock.from_millis(one.at).astimezone(clock.WIB),
            assured=is_assured(person),
            own_record=person.pid == actor.own,
        )
        for one, person in listed
        if person.states_inactive and in_scope(actor, person.unit_kerja)
    ]
    return ListedStatements(items=items, cursor=cursor)
