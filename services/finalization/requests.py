"""What the bodies of this service's routes are made of; each body stands beside its route (routes_*.py)."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, Field, StringConstraints

from services.kernel import clock
from services.kernel.security.personal_number_texts import refuse_personal_number
from services.kernel.values.texts import clean_paragraph, clean_text

_YEARS = (2000, 2199)


def _storable(instant: datetime) -> datetime:
    """In whole milliseconds, as it is stored and compared; a year that nobody can mean is refused."""
    if not _YEARS[0] <= instant.year <= _YEARS[1]:
        raise ValueError(f"year|Tahun harus antara {_YEARS[0]} dan {_YEARS[1]}.")
    return clock.from_millis(clock.millis(instant))


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


Instant = Annotated[AwareDatetime, AfterValidator(_storable)]
EmptyIsNone = BeforeValidator(_empty_is_none)
"""A form's empty field is one that was not filled in."""
_Given = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[_Given, Field(max_length=200), AfterValidator(clean_text)]
Name = Annotated[Line, AfterValidator(refuse_personal_number)]
"""A name or title that others read: on the public pages, on the SPTJM."""
Paragraph = Annotated[_Given, Field(max_length=2000), AfterValidator(clean_paragraph)]
SHORTEST_EXPLANATION = 30
Explained = Annotated[Paragraph, Field(min_length=SHORTEST_EXPLANATION)]
"""Why four eyes are waived, in a sentence: who reads it later was not there."""


class Versioned(BaseModel):
    """A request about an institution; `v` is the version its sender saw, if he says."""

    v: int | None = None
