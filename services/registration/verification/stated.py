"""What a person changed of the fields that his institution entered, or states instead, for whoever decides on him.

It stands at the field: he who decides sees whose word a value is (domain.md, section 3, *Putting right*).
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from services.registration.dossiers.biodata import education_of
from services.registration.enrolments.typed_otherwise import still_otherwise
from services.registration.model.person import Person
from services.registration.model.person_row import texts_of
from services.registration.rows.fields import EDUCATION


class StatedKind(StrEnum):
    """Whose word the value of a field is."""

    DIUBAH = "DIUBAH"
    """The person changed it himself."""
    DIMOHON = "DIMOHON"
    """The institution corrected it because he asked for it."""
    PERNYATAAN = "PERNYATAAN"
    """What stands there is the institution's; he typed or asked for something else."""


class StatedField(BaseModel):
    """A field of which the person said something, by its name in the template.

    `other` is what is not the field's value now: what the institution had entered, or what he states; empty for
    nothing. Null of a PERNYATAAN that is the value itself, as the institution entered none.
    """

    field: str
    kind: StatedKind
    other: str | int | None


def view_stated(person: Person, shown: dict[str, Any]) -> list[StatedField]:
    """What he said of the fields that the reader is shown, the latest word on each."""
    stated = {each.field: each for each in (*_typed(person), *_asked(person), *_changed(person))}
    return [each for name, each in stated.items() if name in shown or name in EDUCATION]


def _changed(person: Person) -> Iterator[StatedField]:
    entered, now = texts_of(person.row, EDUCATION), education_of(person)
    for name in EDUCATION:
        if now[name] != entered[name]:
            kind = StatedKind.DIUBAH if entered[name] else StatedKind.PERNYATAAN
            yield StatedField(field=name, kind=kind, other=entered[name])


def _typed(person: Person) -> Iterator[StatedField]:
    for name, text in still_otherwise(person).items():
        yield StatedField(field=name, kind=StatedKind.PERNYATAAN, other=text)


def _asked(person: Person) -> Iterator[StatedField]:
    """Of what he asked to have put right: what still waits for an answer, and what was accepted and still stands."""
    row = dict(person.row)
    for request in person.private.requests:
        for field in request.fields:
            stands = row.get(field.name) == field.wanted
            if field.accepted and stands:
                yield StatedField(field=field.name, kind=StatedKind.DIMOHON, other=_given(field.before))
            elif request.is_open and field in request.undecided and not stands:
                yield StatedField(field=field.name, kind=StatedKind.PERNYATAAN, other=_given(field.wanted))


def _given(stored: str | int | None) -> str | int:
    return "" if stored is None else stored
