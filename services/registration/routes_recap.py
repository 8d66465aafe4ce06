"""Routes of what a PPK answers for, and of what an admin sees run out of time."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.security.sessions import Actor
from services.kernel.states import VerdictMark
from services.kernel.web.replies import Redirect, see_other
from services.registration.access.staff_roles import ANSWER_READERS, DEADLINE_READERS, STATEMENT_PRINTERS
from services.registration.api import api
from services.registration.recap.count_left import Left, count_left
from services.registration.recap.count_units import UnitRecap, count_units
from services.registration.recap.hand_out_statement import hand_out_statement
from services.registration.recap.list_changed import ChangedPage, list_changed
from services.registration.recap.list_marked import MarkedPage, MarkQuery, list_marked


class MarkedQuery(BaseModel):
    """Which verdicts, and where to go on."""

    mark: VerdictMark
    cursor: Annotated[str, Field(max_length=9)] | None = None


class ChangedQuery(BaseModel):
    """How many changes were shown already."""

    cursor: Annotated[int, Field(ge=0, le=999_999)] = 0


@api.route("GET", "/institutions/{code}/recap", roles=ANSWER_READERS)
def recap(code: str, actor: Actor) -> UnitRecap:
    """How many people stand in which unit, by category and state."""
    return count_units(institution=code, actor=actor)


@api.route("GET", "/institutions/{code}/recap/verdicts", roles=ANSWER_READERS)
def recap_verdicts(code: str, query: MarkedQuery, actor: Actor, received: datetime) -> MarkedPage:
    """Verdicts that stand and that a PPK is told something of, with their reasons."""
    return list_marked(MarkQuery(query.mark, query.cursor), institution=code, actor=actor, received=received)


@api.route("GET", "/institutions/{code}/recap/changes", roles=ANSWER_READERS)
def recap_changes(code: str, query: ChangedQuery, actor: Actor, received: datetime) -> ChangedPage:
    """What of the numbered pre-final list is otherwise now, with both values."""
    return list_changed(cursor=query.cursor, institution=code, actor=actor, received=received)


@api.route("GET", "/institutions/{code}/recap/units/{unit}/statement", roles=STATEMENT_PRINTERS)
def recap_statement(code: str, unit: str, actor: Actor, received: datetime) -> Redirect:
    """The statement of a unit's head, PDF, with the list of its people; who prints it is written down."""
    return see_other(hand_out_statement(unit, institution=code, actor=actor, received=received))


@api.route("GET", "/institutions/{code}/deadline", roles=DEADLINE_READERS)
def deadline(code: str, actor: Actor, received: datetime) -> Left:
    """What is undecided, by unit and verifikator, and how much that is a day until verification closes."""
    return count_left(institution=code, actor=actor, received=received)
