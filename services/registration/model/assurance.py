"""Whether it is sure that whoever signs in as a person is that person (domain.md, section 3, *assurance*)."""

from typing import Final

from services.kernel.states import Assurance
from services.registration.model.contact import EMAIL, PHONE
from services.registration.model.person import HONOR, Person

CLOSED_FIELDS: Final = frozenset({HONOR, PHONE, EMAIL})
"""Registered fields that a person is not shown before his account has an assurance: honor, and how the institution
reaches him. The record under the seal's commitment leaves them out, because its person takes that home."""


def is_assured(person: Person) -> bool:
    """Whether the person's account has an assurance. What follows from it stands in access/own_view.py alone."""
    return person.assurance is not Assurance.BELUM_DIPASTIKAN
