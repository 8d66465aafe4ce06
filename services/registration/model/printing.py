"""A printing of activation sheets: one order of a member of staff, made into PDFs by a queue (domain.md, section 3)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from pydantic import BaseModel

from services.kernel.security.sessions import Role
from services.kernel.values.units import is_among

KEPT: Final = timedelta(days=1)
"""How long the PDFs can be fetched; the exports bucket drops them then (infra/shared.yaml)."""
LOGIN_ONLY: Final = timedelta(days=14)
"""How long a sheet that was printed after the lock opens the login (domain.md, section 3)."""


@dataclass(frozen=True)
class PartMade:
    """One PDF of a printing: which, and how many sheets are in it; none where nobody of the part needed one."""

    number: int
    sheets: int


@dataclass(frozen=True)
class Printing:
    """What was ordered by whom, and how far it is.

    `agreed_by` is the second member of staff, of a sheet for somebody who has an account; `login_only`: printed after
    the lock.
    `unit` is the unit as it was asked for, "" for everybody in his scope, `names` every spelling of it and of those
    below; `pid` is there where a sheet for one person was ordered. `units` and `own` are those of who ordered it: whom
    he may print for. `parts` is None until the people are listed. `handed` are the parts somebody has fetched.
    """

    id: str
    institution: str
    by: str
    role: Role
    at: datetime
    unit: str = ""
    names: tuple[str, ...] = ()
    pid: str | None = None
    units: tuple[str, ...] = ()
    own: str | None = None
    agreed_by: str | None = None
    login_only: bool = False
    parts: int | None = None
    made: frozenset[PartMade] = field(default=frozenset())
    handed: frozenset[int] = field(default=frozenset())

    def is_made(self, part: int) -> bool:
        """Whether this PDF is there."""
        return any(one.number == part for one in self.made)

    def is_over(self, at: datetime) -> bool:
        """Whether its PDFs are gone at this instant."""
        return at >= self.at + KEPT

    def covers(self, unit: str) -> bool:
        """Whether people of this unit are printed for."""
        within = not self.names or is_among(unit, self.names)
        return within and (not self.units or is_among(unit, self.units))


class PrintMessage(BaseModel):
    """The message that carries a printing on: without `part` its people are to be listed."""

    printing: str
    part: int | None = None
