"""Which records can be corrected (domain.md, section 3, *Putting right*: any registered row)."""

from typing import Final

from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.registration.model.person import Person

_REGISTERED: Final = frozenset(
    {PersonState.TERDAFTAR, PersonState.AKUN_DIBUAT, PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN}
)
_DRAFT = "Data ini masih draf. Lengkapi drafnya; perbaikan berlaku untuk data yang sudah terdaftar."
_DISPUTED = "NIK ini terdaftar di dua instansi. Selesaikan sengketanya dahulu; sesudah itu data dapat diperbaiki."
_GONE = "Orang ini tidak ada dalam daftar lagi, jadi datanya tidak dapat diperbaiki."


def is_correctable(person: Person) -> bool:
    """Whether the row is registered; in dispute as well, unless a draft or a verdict lies beneath the dispute."""
    disputed = person.state is PersonState.KONFLIK and person.before in _REGISTERED
    return person.state in _REGISTERED or person.is_decided or disputed


def require_correctable(person: Person) -> None:
    """Refuse a record that is not registered yet, not any more, or in dispute over more than a registered row.

    Raises:
        Problem: `illegal-transition`.
    """
    if not is_correctable(person):
        raise Problem(Code.ILLEGAL_TRANSITION, _why_not(person))


def _why_not(person: Person) -> str:
    match person.state:
        case PersonState.DRAF:
            return _DRAFT
        case PersonState.KONFLIK:
            return _DISPUTED
        case _:
            return _GONE
