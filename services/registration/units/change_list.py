"""Store a changed list of units, with what follows for whoever is limited to some of them, in one transaction.

Rows keep the name they were entered with: a unit is known by its former names too. So a new name cuts nobody off, and
the admin is told of no more than he decides. A user who loses a unit is signed out: his token would still name it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from pydantic import BaseModel

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, FieldProblem, Problem, invalid_problem
from services.kernel.values.units import unit_key
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.registration.access.unit_scope import fits_token
from services.registration.adapters import access_log, account_store, unit_store
from services.registration.model.account import Account
from services.registration.model.unit import MAX_OTHER_NAMES, MAX_UNITS, Unit, Units

MOST_USERS: Final = 90
"""Users who may be moved by one change: a transaction has 100 operations."""
_TOO_MANY_UNITS = "Daftar unit terlalu panjang. Paling banyak 3.000 unit; hapus yang tidak dipakai."
_TOO_MANY_USERS = (
    "Perubahan ini menyangkut terlalu banyak pengguna sekaligus. Ubah unitnya sedikit demi sedikit, atau kurangi "
    "dahulu unit para pengguna itu."
)
_OVERFULL = (
    "Dengan perubahan ini ada pengguna yang unitnya, bersama semua unit di bawahnya, terlalu banyak untuk satu "
    "pengguna. Kurangi dahulu unit pengguna itu."
)
_TOO_MANY_NAMES = f"Sebuah unit paling banyak mempunyai {MAX_OTHER_NAMES} nama lain."
_CIRCLE = "Sebuah unit tidak dapat berada di bawah dirinya sendiri. Pilih induk yang lain."


class UnitsChanged(BaseModel):
    """The list was changed: its version now, how many units it has, how many users were signed out by it."""

    v: int
    units: int
    signed_out: int = 0


def change_list(
    institution: str, v: int, change: Callable[[Units], Sequence[Unit]], action: str, request: Request
) -> UnitsChanged:
    """Let the institution's admin replace the list of version `v` by what `change` makes of it.

    Raises:
        Problem: `not-found` for another institution or none, `version-moved`, `conflict` for what users stand against,
            `invalid-fields`, `unauthenticated`; and whatever `change` raises.
    """
    request.actor.require_institution(institution)
    gate.read_round(institution)
    return request.once.answer(UnitsChanged, lambda: _change(institution, v, change, action, request))


def _change(
    institution: str, v: int, change: Callable[[Units], Sequence[Unit]], action: str, request: Request
) -> UnitsChanged:
    before = unit_store.load(institution)
    if before.v != v:
        raise Problem(Code.VERSION_MOVED)
    after = Units(v + 1, tuple(change(before)))
    require_sound(after)
    moved = list(_moved(institution, before, after))
    answer = UnitsChanged(v=after.v, units=len(after.items), signed_out=sum(ended for _, ended in moved))
    _commit(institution, after, [operation for operation, _ in moved], answer, action, request)
    return answer


def require_sound(units: Units) -> None:
    """Refuse a list that is too long, names something twice or runs in a circle.

    Raises:
        Problem: `invalid-fields`.
    """
    if len(units.items) > MAX_UNITS or len(unit_store.pack(units)) > unit_store.MAX_PACKED:
        raise invalid_problem("units", "too-many", _TOO_MANY_UNITS)
    twice = list(_twice(units))
    if twice:
        raise Problem(Code.INVALID_FIELDS, fields=[double_problem(name, other) for name, other in twice])
    if any(_in_circle(unit, units) for unit in units.items):
        raise invalid_problem("parent", "circle", _CIRCLE)
    if any(len(unit.also) > MAX_OTHER_NAMES for unit in units.items):
        raise invalid_problem("also", "too-many", _TOO_MANY_NAMES)


def double_problem(name: str, other: str) -> FieldProblem:
    """Two names that are one unit to whoever reads them."""
    return FieldProblem("name", "unit-twice", f"“{name}” sama dengan “{other}” yang sudah ada. Beri nama yang berbeda.")


def _twice(units: Units) -> Iterator[tuple[str, str]]:
    seen = dict[str, str]()
    for unit in units.items:
        for name in unit.names:
            first = seen.setdefault(unit_key(name), name)
            if first is not name:
                yield name, first


def _in_circle(unit: Unit, units: Units) -> bool:
    highest = [unit, *units.above(unit)][-1]
    return highest.parent is not None


def _moved(institution: str, before: Units, after: Units) -> Iterator[tuple[Operation, bool]]:
    """For each user who is limited to units the change concerns: what to write, and whether he is signed out.

    Raises:
        Problem: `conflict` for too many of them, or one who would have more than his token carries.
    """
    concerned = [(account, *_followed(account, before, after)) for account in account_store.staff_of(institution)]
    moving = [(account, units, ended) for account, units, ended in concerned if ended or units != account.units]
    if len(moving) > MOST_USERS:
        raise Problem(Code.CONFLICT, _TOO_MANY_USERS)
    for account, units, ended in moving:
        yield account_store.limit(account, units, ended=ended), ended


def _followed(account: Account, before: Units, after: Units) -> tuple[tuple[str, ...], bool]:
    """The account's units as they are called afterwards, and whether he loses one that he had."""
    units = tuple(dict.fromkeys(_called(name, before, after) for name in account.units))
    had, has = before.spelled_out(account.units), after.spelled_out(units)
    if has != had and not fits_token(has):
        raise Problem(Code.CONFLICT, _OVERFULL)
    return units, not {unit_key(name) for name in had} <= {unit_key(name) for name in has}


def _called(name: str, before: Units, after: Units) -> str:
    was = before.named(name)
    now = after.find(was.id) if was else None
    now = now or after.named(name)
    return now.name if now else name


def _commit(
    institution: str, after: Units, moved: Sequence[Operation], answer: UnitsChanged, action: str, request: Request
) -> None:
    told = {"v": after.v, "units": answer.units, "signed_out": answer.signed_out}
    written = access_log.link_of_lists(institution, request.actor, action, request.received, told)
    stored = [unit_store.put(institution, after), *moved, *written, *request.once.remember(answer)]
    if not ungated.commit(stored):
        raise Problem(Code.VERSION_MOVED)


def renewed(unit: Unit, name: str) -> Unit:
    """The unit under another name; by the one it had it is known as well, unless both are spelled alike."""
    others = [other for other in unit.names if unit_key(other) != unit_key(name)]
    return replace(unit, name=name, also=tuple(others))
