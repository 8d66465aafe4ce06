"""Which of the registered fields staff are shown (domain.md, section 8); the person himself: own_view.py."""

from typing import Any

from services.kernel.security.sessions import Role
from services.registration.access.staff_roles import HONOR_READERS
from services.registration.model.assurance import CLOSED_FIELDS
from services.registration.model.person import Person


def row_for_staff(person: Person, role: Role) -> dict[str, Any]:
    """The fields for a member of staff: the NIK stands apart, masked; section 8 says who sees honor and contact."""
    hidden = {"nik"} if role in HONOR_READERS else {"nik", *CLOSED_FIELDS}
    return {name: value for name, value in person.row.items() if name not in hidden}
