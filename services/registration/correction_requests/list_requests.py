"""What waits for the institution's decision: requests by when they are due, and one person's with their evidence."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field

from services.kernel import clock
from services.kernel.security.sessions import NATIONAL, Actor
from services.registration.access.scope import in_scope, require_institution_and_unit
from services.registration.access.staff_roles import Limit
from services.registration.adapters import access_log, person_store, request_store
from services.registration.adapters.request_store import Waiting
from services.registration.correction_requests.views import RequestView, view_request
from services.registration.model.correction_request import CorrectionRequest, RequestState
from services.registration.model.person import Person
from services.registration.shared.institution_view import InstitutionView, view_institution

_MOST_OF_BKN = 100


class WaitingQuery(BaseModel):
    """Where to go on, and how many at once."""

    limit: Limit = 50
    cursor: Annotated[str, Field(max_length=200)] | None = None


class ListedRequest(BaseModel):
    """One open request: whose, which fields, since and until when; `second`: a second look is asked for."""

    person: str
    request: str
    institution: InstitutionView
    nama: str
    nomor_registrasi: str
    unit_kerja: str
    fields: list[str]
    asked_at: datetime
    due_at: datetime
    overdue: bool
    second: bool

    @classmethod
    def of(cls, person: Person, request: CorrectionRequest, due: int, at: datetime) -> Self:
        """A request of a person, due at `due` (ms)."""
        return cls(
            person=person.pid,
            request=request.id,
            institution=view_institution(person.institution),
            nama=person.nama,
            nomor_registrasi=person.registration_number,
            unit_kerja=person.unit_kerja,
            fields=[field.name for field in request.undecided],
            asked_at=clock.from_millis(request.asked_at).astimezone(clock.WIB),
            due_at=clock.from_millis(due).astimezone(clock.WIB),
            overdue=due <= clock.millis(at),
            second=request.state is RequestState.TINJAU_ULANG,
        )


class ListedRequests(BaseModel):
    """The soonest due first; of whoever works for some units theirs alone. `cursor` goes on where there are more."""

    items: list[ListedRequest]
    cursor: str | None


class PersonsRequests(BaseModel):
    """All requests of one person, the newest first, on the version of his record."""

    v: int
    nama: str
    nomor_registrasi: str
    own_record: bool
    items: list[RequestView]


def list_requests(query: WaitingQuery, *, institution: str, actor: Actor, received: datetime) -> ListedRequests:
    """A page of an institution's open requests.

    Raises:
        Problem: `not-found` for another institution's staff.
    """
    actor.require_institution(institution)
    if actor.role in NATIONAL:
        access_log.record_reading(institution, actor, "read-requests", received, {})
    found, cursor = request_store.open_requests(institution, query.limit, query.cursor)
    people = [(one, person) for one, person in _people(found) if in_scope(actor, person.unit_kerja)]
    return ListedRequests(items=_listed(people, received), cursor=cursor)


def list_overdue(actor: Actor, received: datetime) -> ListedRequests:
    """The requests of all institutions that bkn may decide by now; a hundred at a time, the longest waiting first."""
    found = request_store.open_anywhere(clock.millis(received), _MOST_OF_BKN)
    for institution in sorted({one.institution for one in found}):
        access_log.record_reading(institution, actor, "read-requests", received, {})
    return ListedRequests(items=_listed(_people(found), received), cursor=None)


def get_requests(pid: str, *, institution: str, actor: Actor, received: datetime) -> PersonsRequests:
    """One person's requests; that somebody of BKN or an auditor read them is written down first.

    Raises:
        Problem: `not-found`, or `try-again` when the reading could not be written down.
    """
    dossier = person_store.load_dossier(pid)
    person = dossier.person
    require_institution_and_unit(actor, institution, person)
    if actor.role in NATIONAL:
        access_log.record_access(person, actor, "read-record", received)
    return PersonsRequests(
        v=person.v,
        nama=person.nama,
        nomor_registrasi=person.registration_number,
        own_record=person.pid == actor.own,
        items=[view_request(each, dossier) for each in reversed(person.private.requests)],
    )


def _people(found: Iterable[Waiting]) -> list[tuple[Waiting, Person]]:
    waiting = list(found)
    people = person_store.load_many([one.pid for one in waiting])
    return [(one, people[one.pid]) for one in waiting if one.pid in people]


def _listed(people: Iterable[tuple[Waiting, Person]], at: datetime) -> list[ListedRequest]:
    return [
        ListedRequest.of(person, request, request.due_at, at)
        for one, person in people
        for request in person.open_requests
        if request.id == one.request
    ]
