"""What a link changed, field by field, as far as its reader may see it (domain.md, section 8).

Only fields that are named here are shown; whatever else a delta holds is not. NIK is masked, of KK, phone and e-mail
only that they changed; honor is for whom section 8 names. A text in which somebody wrote a personal number is hidden.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

from services.kernel.security.personal_numbers import PersonalNumber, find_personal_number
from services.kernel.security.sessions import Role
from services.kernel.values.identity import mask_nik
from services.registration.access.staff_roles import HONOR_READERS
from services.registration.model.person import HONOR
from services.registration.rows.columns import COLUMNS, Kind

HIDDEN: Final = "••••"
"""Stands for what is there but not for this reader."""
CONTACT: Final = frozenset({"nomor_kk", "hp", "email"})
_DATES: Final = frozenset(column.key for column in COLUMNS if column.kind is Kind.DATE)
_SHOWN: Final = frozenset({*(column.key for column in COLUMNS), "instansi", "active"})
_HARMLESS: Final = frozenset({PersonalNumber.DATE})
"""The date of an SK is no secret to whoever may read the record."""

Value = str | int | bool | None


class FieldChange(BaseModel):
    """A field and what stood in it before and after; null for nothing. `HIDDEN` is what its reader may not see."""

    field: str
    before: Value
    after: Value


def view_delta(delta: Mapping[str, Any], role: Role) -> list[FieldChange]:
    """The changed fields in the order of the import template, those of its own after them."""
    found = [FieldChange(field=name, before=_shown(name, before, role), after=_shown(name, after, role))
             for name, before, after in _pairs(delta)]  # fmt: skip
    return sorted(found, key=lambda change: _ORDER.get(change.field, len(_ORDER)))


def shown_reason(delta: Mapping[str, Any]) -> str | None:
    """Why it was done, as it was typed; `HIDDEN` where a personal number stands in it."""
    reason = delta.get("reason")
    return _screened(reason) if isinstance(reason, str) else None


_ORDER: Final = {column.key: place for place, column in enumerate(COLUMNS)}


def _pairs(delta: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Fields with both values: of `{field: [before, after]}`, of whole appointments, and of rows and contacts given."""
    for name, value in delta.items():
        match value:
            case [before, after] if name in _SHOWN | CONTACT:
                yield name, before, after
            case [before, after] if isinstance(before or after, Mapping):
                yield from _between(before or {}, after or {})
            case Mapping() if name in {"row", "contact"}:
                yield from _between({}, value)


def _between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in sorted({*before, *after} & (_SHOWN | CONTACT)):
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)


def _shown(name: str, value: object, role: Role) -> Value:
    if value is None:
        return None
    if name == "nik":
        return mask_nik(str(value))
    if name in CONTACT or (name == HONOR and role not in HONOR_READERS):
        return HIDDEN
    if isinstance(value, bool | int):
        return value
    return str(value) if name in _DATES else _screened(str(value))


def _screened(text: str) -> str:
    return text if find_personal_number(text) in {None, *_HARMLESS} else HIDDEN
