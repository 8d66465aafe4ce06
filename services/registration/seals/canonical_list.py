r"""The list that is sealed: the same people always give the same bytes.

One JSON object a line, in UTF-8, each line ended by `\n`; the keys in the order of `FIELDS`, no spaces; sorted by
registration number; only whoever the base data takes in.
"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Final

from services.kernel.states import BASE_DATA, PersonState
from services.registration.seals.sweep_roster import Listed

FIELDS: Final = ("nomor_registrasi", "nama", "unit_kerja", "jabatan", "kategori")
UNDECIDED: Final = "BELUM_DIVERIFIKASI"
"""Registered people whom nobody decided on before the lock are sealed as this (domain.md, section 4)."""
_UNDECIDED_STATES: Final = frozenset(
    {PersonState.TERDAFTAR, PersonState.AKUN_DIBUAT, PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN}
)


def canonical_list(people: Iterable[Listed]) -> bytes:
    """The bytes of the list, over which the SHA-256 is taken."""
    listed = sorted((person for person in people if person.state in BASE_DATA), key=_order)
    return "".join(f"{_line(person)}\n" for person in listed).encode()


def count_sealed(people: Iterable[Listed]) -> dict[str, int]:
    """How many were sealed in which state; whoever nobody decided on, as `BELUM_DIVERIFIKASI`."""
    return dict(Counter(UNDECIDED if person.state in _UNDECIDED_STATES else person.state.value for person in people))


def _order(person: Listed) -> tuple[str, ...]:
    return person.nomor_registrasi, person.nama, person.unit_kerja, person.jabatan


def _line(person: Listed) -> str:
    return json.dumps({field: getattr(person, field) for field in FIELDS}, ensure_ascii=False, separators=(",", ":"))
