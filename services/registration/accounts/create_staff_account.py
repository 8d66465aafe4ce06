"""Make an account for a member of an institution's staff (domain.md, section 2)."""

import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor, Role
from services.kernel.values.texts import clean_text
from services.kernel.writes import gate
from services.registration.access.require_current import require_current
from services.registration.accounts.staff_accounts import StaffAccountView, add_staff_account, read_login, view_staff

GIVES: Mapping[Role, frozenset[Role]] = {
    Role.ADMIN: frozenset({Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK}),
    Role.BKN: frozenset({Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK, Role.ADMIN, Role.PPK}),
}
"""Which roles somebody may give: admins and PPKs are approved by BKN."""


_MAX_UNIT_BYTES = 1500


def _fit_token(units: list[str]) -> list[str]:
    """The units stand in the session token, and browsers drop a cookie of more than 4,096 bytes (RFC 6265, 6.1).

    Raises:
        ValueError: "code|sentence" for the form.
    """
    if len(json.dumps(units)) > _MAX_UNIT_BYTES:
        raise ValueError("units|Daftar unit terlalu panjang. Kosongkan agar berlaku untuk semua unit, atau kurangi.")
    return units


_Unit = Annotated[str, Field(min_length=1, max_length=150), AfterValidator(clean_text)]


class NewStaffAccount(BaseModel):
    """The form for a member of staff; no `units` means all of the institution's."""

    login: Annotated[str, AfterValidator(read_login)]
    name: Annotated[str, Field(max_length=100), AfterValidator(clean_text)]
    role: Role
    units: Annotated[list[_Unit], AfterValidator(_fit_token)] = []
    password: str


def create_staff_account(new: NewStaffAccount, *, institution: str, by: Actor) -> StaffAccountView:
    """Make the account, in the institution of whoever makes it (bkn: in any whose round was opened).

    The gate is asked, which stands from the moment the round is opened; finalization's fact of it comes seconds later.

    Raises:
        Problem: `not-found` for another institution or none, `forbidden` for a role one may not give, `invalid-fields`
            for a bad password, `account-exists`, `unauthenticated` where the maker's own account is not
            what his token says.
    """
    require_current(by)
    by.require_institution(institution)
    gate.read_round(institution)
    if new.role not in GIVES.get(by.role, frozenset()):
        raise Problem(Code.FORBIDDEN)
    account = add_staff_account(
        login=new.login,
        name=new.name,
        password=new.password,
        role=new.role,
        institution=institution,
        units=tuple(new.units),
    )
    return view_staff(account)
