"""What somebody who works through the queue may narrow it by: as the list of people is searched, without names."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from services.kernel.states import Category, PersonState
from services.registration.eligibility.advice import Advice
from services.registration.model.search_row import Flag
from services.registration.search.wanted import FamilyIs, Papers, RiskIs, Wanted

_EMPTY = BeforeValidator(lambda value: value or None)
"""A form sends empty texts where nothing was chosen."""
_UNCHECKED = BeforeValidator(lambda value: False if value == "" else value)


class QueueFilter(BaseModel):
    """All of what is given has to fit; `unit` is words of the unit, of three letters or more beginnings.

    With a `state`, who has not submitted is handed out before DOSSIER closes, too. `second`: instead of records that
    wait for a verdict, those with one of somebody else that was drawn for a second check.
    """

    unit: Annotated[str, Field(max_length=100)] = ""
    state: Annotated[PersonState | None, _EMPTY] = None
    advice: Annotated[Advice | None, _EMPTY] = None
    papers: Annotated[Papers | None, _EMPTY] = None
    flag: Annotated[Flag | None, _EMPTY] = None
    risk: Annotated[RiskIs | None, _EMPTY] = None
    family: Annotated[FamilyIs | None, _EMPTY] = None
    kategori: Annotated[Category | None, _EMPTY] = None
    second: Annotated[bool, _UNCHECKED] = False

    def wanted(self) -> Wanted:
        """Who is looked for."""
        return Wanted(
            unit=self.unit.strip(),
            state=self.state,
            category=self.kategori,
            advice=self.advice,
            papers=self.papers,
            flag=self.flag,
            risk=self.risk,
            family=self.family,
        )
