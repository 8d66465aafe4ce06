"""Which of the registered fields somebody is shown (domain.md, sections 3 and 8)."""

from collections.abc import Mapping
from typing import Any

from services.kernel.security.sessions import Role
from services.registration.access.staff_roles import HONOR_READERS
from services.registration.model.assurance import is_assured
from services.registration.model.person import HONOR, Person


def row_for_staff(person: Person, role: Role) -> dict[str, Any]:
    """The fields for a member of staff: the NIK stands apart, masked, and honor is for whom section 8 names."""
    hidden = {"nik"} if role in HONOR_READERS else {"nik", HONOR}
    return _without(person.row, hidden)


def row_for_person(person: Person) -> dict[str, Any]:
    """The fields for the person himself, his NIK in full; honor once it is sure that he is this person."""
    return _without(person.row, set() if is_assured(person) else {HONOR})


def _without(row: Mapping[str, Any], hidden: set[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in hidden}
