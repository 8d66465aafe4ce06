"""Routes of the institution: its roster, verification and users."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from services.kernel.caller import Caller
from services.kernel.idempotency import Once
from services.kernel.sessions import Actor
from services.kernel.states import Category, PersonState
from services.kernel.texts import clean_text
from services.registration.accounts.create_staff_account import NewStaffAccount, create_staff_account
from services.registration.accounts.list_staff_accounts import list_staff_accounts
from services.registration.accounts.require_current import require_current
from services.registration.accounts.staff_accounts import StaffAccountView
from services.registration.api import api
from services.registration.dossiers.views import Moved
from services.registration.people.complete_draft import complete_draft
from services.registration.people.count_roster import Progress, count_roster
from services.registration.people.delete_person import Deletion, delete_person
from services.registration.people.entered_view import EnteredView
from services.registration.people.find_by_nik import SoughtNik, find_by_nik
from services.registration.people.list_roster import RosterPage, RosterQuery, list_roster
from services.registration.people.looked_for import LookedFor
from services.registration.people.register_person import register_person
from services.registration.people.restore_person import Restoration, restore_person
from services.registration.people.row_body import DraftBody, RowBody
from services.registration.people.show_nik import ShownNik, show_nik
from services.registration.people.show_person import PersonDetail, show_person
from services.registration.staff_roles import (
    DECIDERS,
    ENTERERS,
    LIST_READERS,
    NIK_READERS,
    NIK_SEEKERS,
    RECORD_READERS,
    RESTORERS,
    USER_MANAGERS,
    Limit,
)
from services.registration.verification.decide_person import Decision, decide_person

Reason = Annotated[str, Field(max_length=1000), AfterValidator(clean_text)]
OptionalReason = Annotated[Reason | None, BeforeValidator(lambda text: text or None)]
"""A form sends an empty text where nothing was typed."""
Verdict = Literal[PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT, PersonState.DIKEMBALIKAN]


class PeopleQuery(BaseModel):
    """Which people, and where to go on.

    `q` is words of the name or a registration number, `unit` words of the unit, `inactive` those who say that they work
    there no more.
    """

    state: PersonState | None = None
    q: Annotated[str, Field(max_length=100)] = ""
    unit: Annotated[str, Field(max_length=100)] = ""
    kategori: Category | None = None
    inactive: bool = False
    cursor: Annotated[str, Field(max_length=100)] | None = None
    limit: Limit = 50


class WithReason(BaseModel):
    """A change that needs a reason, on the version of the record its writer saw."""

    v: int
    reason: Reason


class VerdictBody(BaseModel):
    """A verifikator's decision; a reason is needed unless the person qualifies."""

    v: int
    decision: Verdict
    reason: OptionalReason = None


class StaffAccounts(BaseModel):
    """An institution's staff."""

    items: list[StaffAccountView]


@api.route("GET", "/institutions/{code}/people", roles=LIST_READERS)
def people(code: str, query: PeopleQuery, actor: Actor, received: datetime) -> RosterPage:
    """The roster, page by page."""
    who = LookedFor(query.q.strip(), query.unit.strip(), query.kategori, query.inactive)
    wanted = RosterQuery(query.state, who, query.cursor, query.limit)
    return list_roster(wanted, institution=code, actor=actor, received=received)


@api.route("POST", "/institutions/{code}/nik-lookups", roles=NIK_SEEKERS)
def nik_lookup(code: str, body: SoughtNik, actor: Actor, received: datetime) -> RosterPage:
    """Find a person by his NIK; it changes nothing, and is no GET because a NIK stands in no address."""
    return find_by_nik(body.nik, institution=code, actor=actor, received=received)


@api.route("POST", "/institutions/{code}/people", roles=ENTERERS, status=201)
def person_new(code: str, body: RowBody, actor: Actor, caller: Caller, received: datetime) -> EnteredView:
    """Enter one person by hand."""
    once = _once(actor, caller, f"register-person {code}", body)
    return register_person(body.given(), institution=code, actor=actor, received=received, once=once)


@api.route("GET", "/institutions/{code}/people/{person}", roles=RECORD_READERS)
def person_detail(code: str, person: str, actor: Actor, received: datetime) -> PersonDetail:
    """One person's record, the NIK masked."""
    return show_person(person, institution=code, actor=actor, received=received)


@api.route("PATCH", "/institutions/{code}/people/{person}", roles=ENTERERS)
def person_edit(
    code: str, person: str, body: DraftBody, actor: Actor, caller: Caller, received: datetime
) -> EnteredView:
    """Complete or correct a draft."""
    once = _once(actor, caller, f"complete {person}", body)
    return complete_draft(person, body.given(), v=body.v, institution=code, actor=actor, received=received, once=once)


@api.route("DELETE", "/institutions/{code}/people/{person}", roles=ENTERERS)
def person_delete(code: str, person: str, body: WithReason, actor: Actor, caller: Caller, received: datetime) -> Moved:
    """Take a person off the roster."""
    once = _once(actor, caller, f"delete {person}", body)
    asked = Deletion(body.v, body.reason)
    return delete_person(person, asked, institution=code, actor=actor, received=received, once=once)


@api.route("POST", "/institutions/{code}/people/{person}/restoration", roles=RESTORERS)
def person_restore(code: str, person: str, body: WithReason, actor: Actor, caller: Caller, received: datetime) -> Moved:
    """Bring a deleted person back."""
    once = _once(actor, caller, f"restore {person}", body)
    asked = Restoration(body.v, body.reason)
    return restore_person(person, asked, institution=code, actor=actor, received=received, once=once)


@api.route("POST", "/institutions/{code}/people/{person}/nik", roles=NIK_READERS)
def person_nik(code: str, person: str, actor: Actor, received: datetime) -> ShownNik:
    """A person's NIK in full; who looks is written down."""
    return show_nik(person, institution=code, actor=actor, received=received)


@api.route("POST", "/institutions/{code}/people/{person}/verdicts", roles=DECIDERS)
def person_verdict(
    code: str, person: str, body: VerdictBody, actor: Actor, caller: Caller, received: datetime
) -> Moved:
    """Decide on a person."""
    once = _once(actor, caller, f"decide {person}", body)
    asked = Decision(body.v, body.decision, body.reason)
    return decide_person(person, asked, institution=code, actor=actor, received=received, once=once)


@api.route("GET", "/institutions/{code}/progress", roles=LIST_READERS)
def progress(code: str, actor: Actor) -> Progress:
    """How many people are in which state."""
    return count_roster(institution=code, actor=actor)


@api.route("GET", "/institutions/{code}/users", roles=USER_MANAGERS)
def users(code: str, actor: Actor) -> StaffAccounts:
    """Who works with the portal in this institution."""
    return StaffAccounts(items=list_staff_accounts(code, actor))


@api.route("POST", "/institutions/{code}/users", roles=USER_MANAGERS, status=201)
def user_new(code: str, body: NewStaffAccount, actor: Actor) -> StaffAccountView:
    """Make an account for a member of staff."""
    require_current(actor)
    return create_staff_account(body, institution=code, by=actor)


def _once(actor: Actor, caller: Caller, action: str, body: BaseModel) -> Once:
    return Once(actor.id, action, caller.idempotency_key, body)
