"""A member of staff's own account, as he is shown it."""

from datetime import date

from pydantic import BaseModel

from services.kernel.security.sessions import Actor, Role
from services.registration.accounts.staff_accounts import masked, own_record
from services.registration.model.account import NOT_LISTED
from services.registration.notices.bounced import is_bounced
from services.registration.shared.institution_view import InstitutionView, view_institution
from services.registration.staff.own_account import Own

_NIK_DIGITS = 16


class Profile(BaseModel):
    """His account. `signs_in_with_nik`: then his own row is known by it; else by `own_nik_declared`.

    `own_nik_declared` is None until he has said, True where he named a NIK, False where he is not listed.
    `recovery_codes_left`: how many of the ten were not used. `email_bounced`: mail does not reach him, so he is asked
    for another address (domain.md, section 11).
    """

    name: str
    login_masked: str
    email: str
    email_bounced: bool
    role: Role
    institution: InstitutionView | None
    units: list[str]
    position: str
    until: date | None
    recovery_codes_left: int
    signs_in_with_nik: bool
    own_nik_declared: bool | None


def get_profile(actor: Actor) -> Profile:
    """The account of whoever asks.

    Raises:
        Problem: `unauthenticated` where there is none any more.
    """
    own = Own.of(actor)
    account, private = own.account, own.private
    said = own_record(account) is not None
    return Profile(
        name=private.name,
        login_masked=masked(private.login),
        email=private.email,
        email_bounced=is_bounced(private.email),
        role=account.role,
        institution=view_institution(account.institution) if account.institution else None,
        units=list(account.units),
        position=private.position,
        until=private.until,
        recovery_codes_left=len(account.second.recovery) if account.second else 0,
        signs_in_with_nik=len(private.login) == _NIK_DIGITS,
        own_nik_declared=said if said or account.own == NOT_LISTED else None,
    )
