"""For which units a member of staff works, by the names his session token carries (domain.md, section 2).

He is given units; he is responsible for all below them too. The other services know units by the names that rows carry
and have no list, so the token has every name: those that fit are what he may be given.
"""

import json
from collections.abc import Sequence
from typing import Final

from services.kernel.problems import invalid_problem
from services.kernel.security.sessions import Role
from services.registration.adapters import unit_store
from services.registration.model.account import Account

MAX_BYTES: Final = 2000
"""Of the names in a token: browsers drop a cookie of more than 4,096 bytes (RFC 6265, section 6.1)."""
LIMITED: Final = frozenset({Role.OPERATOR, Role.VERIFIKATOR})
"""Who may be limited to some units."""
_WHOLE = "Hanya operator dan verifikator dapat dibatasi pada unit tertentu. Kosongkan unitnya."
_TOO_MANY = (
    "Unit yang dipilih, bersama semua unit di bawahnya, terlalu banyak untuk satu pengguna. Pilih unit yang lebih "
    "kecil, bagi tugas ini kepada beberapa pengguna, atau kosongkan agar berlaku untuk semua unit."
)


def units_of(account: Account) -> tuple[str, ...]:
    """Every name of the units of a member of staff and of those below them, as the list stands now; none for all."""
    if not account.units or account.institution is None:
        return account.units
    return unit_store.load(account.institution).spelled_out(account.units)


def fits_token(names: Sequence[str]) -> bool:
    """Whether a token can carry these names."""
    return len(json.dumps(names, ensure_ascii=False).encode()) <= MAX_BYTES


def require_assignable(role: Role, units: Sequence[str], institution: str | None) -> None:
    """Refuse to limit whoever works for the whole institution (domain.md, section 2), or to more than a token carries.

    Raises:
        Problem: `invalid-fields`.
    """
    if units and role not in LIMITED:
        raise invalid_problem("units", "whole-institution", _WHOLE)
    if units and not fits_token(unit_store.load(institution or "").spelled_out(units)):
        raise invalid_problem("units", "units", _TOO_MANY)
