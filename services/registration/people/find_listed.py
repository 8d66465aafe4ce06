"""Find a listed person by his NIK, for whoever nobody knows yet: the identity check and the status check."""

from typing import Final

from services.kernel.states import PersonState
from services.registration.adapters import claim_store, person_store
from services.registration.model.person import Person

LISTED: Final = frozenset(
    {
        PersonState.TERDAFTAR,
        PersonState.AKUN_DIBUAT,
        PersonState.DIAJUKAN,
        PersonState.MEMENUHI_SYARAT,
        PersonState.TIDAK_MEMENUHI_SYARAT,
        PersonState.DIKEMBALIKAN,
    }
)
"""Whom the checks find: registered rows that nobody disputes, moved or deleted."""
_NOBODY: Final = "nobody"
"""A pid that cannot be: reading it costs what reading a person does."""


def find_listed(nik: str) -> Person | None:
    """The person who holds the NIK, if he is listed; the same reads are made whether it is or not."""
    owner = claim_store.load(nik)
    person = person_store.find(owner.owner.pid if owner else _NOBODY)
    return person if person is not None and person.state in LISTED else None
