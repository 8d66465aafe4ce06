"""Routes of the institution itself: its lists of units and jobs, and how people reach its office."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.security.sessions import Actor, Role
from services.kernel.web.request import Request
from services.registration.access.staff_roles import LIST_READERS, UNIT_KEEPERS
from services.registration.api import api
from services.registration.contact.get_contact import get_contact
from services.registration.contact.set_contact import ContactForm, ContactWritten, OfficeView, set_contact
from services.registration.jobs.change_job import JobMapped, JobMapping, change_job
from services.registration.jobs.list_jobs import JobListView, TitleCount, count_unlisted, list_jobs
from services.registration.units.add_units import NewUnits, add_units
from services.registration.units.change_list import UnitsChanged
from services.registration.units.change_unit import UnitEdit, change_unit
from services.registration.units.list_units import UnitCount, UnitList, count_people, list_units
from services.registration.units.remove_unit import UnitRemoval, remove_unit


class CountQuery(BaseModel):
    """Where to go on with a count."""

    cursor: Annotated[str, Field(max_length=100)] | None = None


@api.route("GET", "/institutions/{code}/units", roles=LIST_READERS)
def units(code: str, actor: Actor) -> UnitList:
    """The institution's list of units; of whoever works for some units only these."""
    return list_units(institution=code, actor=actor, with_users=actor.role is Role.ADMIN)


@api.route("GET", "/institutions/{code}/units/people", roles=UNIT_KEEPERS)
def units_people(code: str, query: CountQuery, actor: Actor) -> UnitCount:
    """In which units people stand, as their rows spell it, on the list or not."""
    return count_people(institution=code, actor=actor, cursor=query.cursor)


@api.route("POST", "/institutions/{code}/units", roles=UNIT_KEEPERS)
def units_new(code: str, body: NewUnits, request: Request) -> UnitsChanged:
    """Add units to the list, one or many."""
    return add_units(body, institution=code, request=request)


@api.route("PATCH", "/institutions/{code}/units/{unit}", roles=UNIT_KEEPERS)
def unit_edit(code: str, unit: str, body: UnitEdit, request: Request) -> UnitsChanged:
    """Rename a unit, move it, or say by which other names rows know it."""
    return change_unit(unit, body, institution=code, request=request)


@api.route("DELETE", "/institutions/{code}/units/{unit}", roles=UNIT_KEEPERS)
def unit_removal(code: str, unit: str, body: UnitRemoval, request: Request) -> UnitsChanged:
    """Take a unit off the list, saying what becomes of its people and users."""
    return remove_unit(unit, body, institution=code, request=request)


@api.route("GET", "/institutions/{code}/jobs", roles=UNIT_KEEPERS)
def jobs(code: str, actor: Actor) -> JobListView:
    """The titles the institution added to the national list, and that list."""
    return list_jobs(institution=code, actor=actor)


@api.route("GET", "/institutions/{code}/jobs/people", roles=UNIT_KEEPERS)
def jobs_people(code: str, actor: Actor) -> TitleCount:
    """Which titles of its people are on no list."""
    return count_unlisted(institution=code, actor=actor)


@api.route("PUT", "/institutions/{code}/jobs", roles=UNIT_KEEPERS)
def jobs_edit(code: str, body: JobMapping, request: Request) -> JobMapped:
    """Say what a title is, or take that back."""
    return change_job(body, institution=code, request=request)


@api.route("GET", "/institutions/{code}/contact", roles=LIST_READERS)
def contact(code: str, actor: Actor) -> OfficeView:
    """How people reach the institution's office, as its admin wrote it."""
    return get_contact(institution=code, actor=actor)


@api.route("PUT", "/institutions/{code}/contact", roles=UNIT_KEEPERS)
def contact_edit(code: str, body: ContactForm, request: Request) -> ContactWritten:
    """Write how people reach the institution's office; it is published."""
    return set_contact(body, institution=code, request=request)
