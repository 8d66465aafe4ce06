"""Whom a sheet is printed for: a listed person who has no account and no sheet that is good (domain.md, section 3).

For who has an account it is printed where two members of staff want it (decide_sheet.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.kernel.problems import Code, Problem
from services.registration.adapters import person_items, printing_store, row_store, sheet_store
from services.registration.model.person import Person
from services.registration.model.printing import Printing
from services.registration.model.sheet import Sheet
from services.registration.people.find_listed import LISTED

_HAS_ACCOUNT = (
    "Orang ini sudah punya akun. Bila ia tidak dapat masuk, arahkan ke Lupa kata sandi. Lembar bagi pemilik akun "
    "memerlukan dua petugas: minta di halaman Akun dan lembar aktivasi orang ini."
)
_NOT_LISTED = "Lembar hanya untuk orang yang terdaftar: lengkapi drafnya, atau selesaikan sengketanya, lebih dahulu."


@dataclass(frozen=True)
class Needing:
    """A person a sheet is printed for, with the one he had."""

    person: Person
    before: Sheet | None


def require_printable(person: Person) -> None:
    """Refuse to print for somebody who has an account, or who can make none.

    Raises:
        Problem: `account-exists`, `illegal-transition`.
    """
    if person.has_account:
        raise Problem(Code.ACCOUNT_EXISTS, _HAS_ACCOUNT)
    require_listed(person)


def require_listed(person: Person) -> None:
    """Refuse to print for somebody who is a draft, disputed, moved or deleted.

    Raises:
        Problem: `illegal-transition`.
    """
    if person.state not in LISTED:
        raise Problem(Code.ILLEGAL_TRANSITION, _NOT_LISTED)


def find_needing(printing: Printing, pids: Sequence[str], at: datetime) -> list[Needing]:
    """Who of these people gets a sheet by this printing, in their order.

    One that this printing itself has made before, and did not hand over, is made anew: its code stood nowhere else.

    Raises:
        Busy: when DynamoDB leaves some out three times.
    """
    roots, sheets = row_store.roots(pids), sheet_store.load_many(pids)
    people = [person_items.to_person(root) for root in roots.values() if root is not None]
    lost = _Lost(at)
    return [
        Needing(person, sheets.get(person.pid))
        for person in people
        if _is_for(printing, person) and (printing.pid or _has_none(sheets, person, printing, lost, at))
    ]


def _is_for(printing: Printing, person: Person) -> bool:
    mine = person.institution == printing.institution and person.pid != printing.own
    as_ordered = person.has_account is (printing.agreed_by is not None)
    return mine and as_ordered and person.state in LISTED and printing.covers(person.unit_kerja)


def _has_none(sheets: Mapping[str, Sheet], person: Person, printing: Printing, lost: "_Lost", at: datetime) -> bool:
    sheet = sheets.get(person.pid)
    return sheet is None or not sheet.is_good(at) or sheet.job == printing.id or lost.has(sheet)


class _Lost:
    """Which sheets nobody ever fetched while their PDF was there: they were printed, and handed to nobody."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._known: dict[str, Printing | None] = {}

    def has(self, sheet: Sheet) -> bool:
        if sheet.job is None:
            return False
        if sheet.job not in self._known:
            self._known[sheet.job] = printing_store.find(sheet.job)
        printing = self._known[sheet.job]
        return printing is not None and printing.is_over(self._at) and sheet.part not in printing.handed
