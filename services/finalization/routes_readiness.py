"""Routes of how ready institutions are."""

from pydantic import BaseModel, Field

from services.finalization.api import api
from services.finalization.readiness.list_readiness import MAX_ON_A_PAGE, ReadinessList, list_readiness
from services.kernel import clock
from services.kernel.security.sessions import NATIONAL


class ReadinessQuery(BaseModel):
    """Which page."""

    cursor: str | None = Field(default=None, pattern=r"^[0-9]{4}$")
    limit: int = Field(default=MAX_ON_A_PAGE, ge=1, le=MAX_ON_A_PAGE)


@api.route("GET", "/readiness", roles=NATIONAL)
def readiness(query: ReadinessQuery) -> ReadinessList:
    """How far every institution is: people, verdicts, what is left at this pace, what is open."""
    return list_readiness(query.cursor, query.limit, clock.now())
