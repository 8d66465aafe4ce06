"""Routes of the institution's roster."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.security.sessions import Actor
from services.kernel.states import Category, PersonState
from services.kernel.web.request import Request
from services.registration.access.staff_roles import (
    ENTERERS,
    LIST_READERS,
    NIK_READERS,
    NIK_SEEKERS,
    RECORD_READERS,
    RESTORERS,
    RISK_READERS,
)
from services.registration.api import api
from services.registration.eligibility.advice import Advice
from services.registration.model.search_row import Flag
from services.registration.people.complete_draft import complete_draft
from services.registration.people.count_roster import Progress, count_roster
from services.registration.people.delete_person import delete_person
from services.registration.people.entered_view import EnteredView
from services.registration.people.register_person import register_person
from services.registration.people.restore_person import restore_person
from services.registration.people.reveal_nik import ShownNik, reveal_nik
from services.registration.rows.row_body import DraftBody, RowBody
from services.registration.search.count_people import FamilyCounts, RiskCounts, count_families, count_risks
from services.registration.search.find_by_nik import SoughtNik, find_by_nik
from services.registration.search.find_people import Page, RosterPage, find_people
from services.registration.search.wanted import AccountIs, FamilyIs, Papers, RiskIs, Wanted
from services.registration.shared.views import Moved, WithReason
from services.registration.verification.get_person import PersonDetail, get_person


class PeopleQuery(BaseModel):
    """Which people, and where to go on: all of what is given has to fit.

    `q` is words of the name or a registration number, `unit` words of the unit; of three letters or more, beginnings.
    """

    state: PersonState | None = None
    q: Annotated[str, Field(max_length=100)] = ""
    unit: Annotated[str, Field(max_length=100)] = ""
    kategori: Category | None = None
    advice: Advice | None = None
    papers: Papers | None = None
    account: AccountIs | None = None
    flag: Flag | None = None
    risk: RiskIs | None = None
    family: FamilyIs | None = None
    cursor: Annotated[str, Field(max_length=9)] | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 50


class ProgressQuery(BaseModel):
    """Where to go on with a count."""

    cursor: Annotated[str, Field(max_length=100)] | None = None


@api.route("GET", "/institutions/{code}/people", roles=LIST_READERS)
def people(code: str, query: PeopleQuery, actor: Actor, received: datetime) -> RosterPage:
    """The list, page by page, of whom is looked for."""
    wanted = Wanted(
        q=query.q.strip(),
        unit=query.unit.strip(),
        state=query.state,
        category=query.kategori,
        advice=query.advice,
        papers=query.papers,
        account=query.account,
        flag=query.flag,
        risk=query.risk,
        family=query.family,
    )
    return find_people(Page(wanted, query.cursor, query.limit), institution=code, actor=actor, received=received)


@api.route("POST", "/institutions/{code}/nik-lookups", roles=NIK_SEEKERS)
def nik_lookup(code: str, body: SoughtNik, actor: Actor, received: datetime) -> RosterPage:
    """Find a person by his NIK; it changes nothing, and is no GET because a NIK stands in no address."""
    return find_by_nik(body.nik, institution=code, actor=actor, received=received)


@api.route("POST", "/institutions/{code}/people", roles=ENTERERS, status=201)
def person_new(code: str, body: RowBody, request: Request) -> EnteredView:
    """Enter one person by hand."""
    return register_person(body, institution=code, request=request)


@api.route("GET", "/institutions/{code}/people/{person}", roles=RECORD_READERS)
def person_detail(code: str, person: str, actor: Actor, received: datetime) -> PersonDetail:
    """One person's record, the NIK masked."""
    return get_person(person, institution=code, actor=actor, received=received)


@api.route("PATCH", "/institutions/{code}/people/{person}", roles=ENTERERS)
def person_edit(code: str, person: str, body: DraftBody, request: Request) -> EnteredView:
    """Complete or correct a draft."""
    return complete_draft(person, body, institution=code, request=request)


@api.route("DELETE", "/institutions/{code}/people/{person}", roles=ENTERERS)
def person_delete(code: str, person: str, body: WithReason, request: Request) -> Moved:
    """Take a person off the roster."""
    return delete_person(person, body, institution=code, request=request)


@api.route("POST", "/institutions/{code}/people/{person}/restoration", roles=RESTORERS)
def person_restore(code: str, person: str, body: WithReason, request: Request) -> Moved:
    """Bring a deleted person back."""
    return restore_person(person, body, institution=code, request=request)


@api.route("POST", "/institutions/{code}/people/{person}/nik", roles=NIK_READERS)
def person_nik(code: str, person: str, actor: Actor, received: datetime) -> ShownNik:
    """A person's NIK in full; who looks is written down."""
    return reveal_nik(person, institution=code, actor=actor, received=received)


@api.route("GET", "/institutions/{code}/risks", roles=RISK_READERS)
def risks(code: str, actor: Actor) -> RiskCounts:
    """How many people have which risk flag."""
    return count_risks(institution=code, actor=actor)


@api.route("GET", "/institutions/{code}/families", roles=LIST_READERS)
def families(code: str, actor: Actor) -> FamilyCounts:
    """How many people are of which job family."""
    return count_families(institution=code, actor=actor)


@api.route("GET", "/institutions/{code}/progress", roles=LIST_READERS)
def progress(code: str, query: ProgressQuery, actor: Actor) -> Progress:
    """How many people are in which state; of whoever works for some units his people alone."""
    return count_roster(institution=code, actor=actor, cursor=query.cursor)
