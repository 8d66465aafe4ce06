"""What is answered to whoever moved a record to another state."""

from pydantic import BaseModel

from services.kernel.states import PersonState
from services.registration.people.record import Person


class Moved(BaseModel):
    """The record's new version and state."""

    v: int
    state: PersonState


def view_moved(person: Person) -> Moved:
    """The answer for a person as stored."""
    return Moved(v=person.v, state=person.state)
