"""Routes of the audit trail in words: what became of a record, and what a member of staff did."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.security.sessions import Actor
from services.registration.access.staff_roles import STAFF, TRAIL_READERS
from services.registration.api import api
from services.registration.trails.list_deeds import DeedsPage, list_deeds
from services.registration.trails.list_history import HistoryPage, list_history


class TrailQuery(BaseModel):
    """How much of a history, and where to go on."""

    cursor: Annotated[str, Field(max_length=300)] | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 50


@api.route("GET", "/institutions/{code}/people/{person}/history", roles=TRAIL_READERS)
def person_history(code: str, person: str, query: TrailQuery, actor: Actor, received: datetime) -> HistoryPage:
    """A record's audit trail in words; who reads it is written down."""
    return list_history(person, query.cursor, query.limit, institution=code, actor=actor, received=received)


@api.route("GET", "/institutions/{code}/users/{user}/deeds", roles=STAFF)
def user_deeds(code: str, user: str, query: TrailQuery, actor: Actor, received: datetime) -> DeedsPage:
    """What a member of staff did, in words; that another one reads it is written down."""
    return list_deeds(user, query.cursor, query.limit, institution=code, actor=actor, received=received)
