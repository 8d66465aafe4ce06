"""Who works with the portal in an institution."""

from services.kernel.security.sessions import Actor
from services.kernel.writes import gate
from services.registration.accounts.staff_accounts import StaffAccountView, view_staff
from services.registration.adapters import account_store


def list_staff_accounts(institution: str, by: Actor) -> list[StaffAccountView]:
    """The institution's staff accounts, by role and name; one just made may take a moment to show.

    Raises:
        Problem: `not-found` for another institution or none.
    """
    by.require_institution(institution)
    if institution != account_store.NATIONAL:
        gate.read_round(institution)
    found = list(account_store.staff_of(institution))
    views = {account.id: view_staff(account) for account in found}
    for account in found:
        views[account.id].invited_by = [views[one].name for one in account.sponsors if one in views]
    shown = views.values()
    return sorted(shown, key=lambda view: (view.role.value, view.name.casefold()))
