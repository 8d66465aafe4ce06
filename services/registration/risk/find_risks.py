"""What is odd about one record (model/risk.py)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from services.registration.adapters import account_store, contact_counter
from services.registration.eligibility.criteria import completed_years
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.model.risk import FLAGGED_FROM, Risk, TraitKind
from services.registration.risk.traits import contact_of

YOUNGEST: Final = 17
"""Completed years at which somebody may have begun to work without being looked at."""


def find_risks(dossier: Dossier) -> Iterator[Risk]:
    """What the record tells alone."""
    person = dossier.person
    yield from risks_of_row(person)
    if any(_is_dated_late(row.fields) for row in dossier.histories) and not _is_dated_late(person.row):
        yield Risk.SK_SESUDAH_TMT
    contact = contact_of(person)
    if contact is not None and contact_counter.accounts_with(contact) >= FLAGGED_FROM[TraitKind.CONTACT]:
        yield Risk.KONTAK_BERSAMA
    if was_decided_by_his_guest(dossier):
        yield Risk.DIUNDANG_PENGISI


def risks_of_row(person: Person) -> Iterator[Risk]:
    """What the registered fields tell alone."""
    born, began = person.row.get("tanggal_lahir"), person.row.get("tanggal_mulai")
    if _is_dated_late(person.row):
        yield Risk.SK_SESUDAH_TMT
    if born and began and completed_years(date.fromisoformat(born), date.fromisoformat(began)) < YOUNGEST:
        yield Risk.USIA_MULAI


def was_decided_by_his_guest(dossier: Dossier) -> bool:
    """Whether whoever gave the verdict that stands was invited by somebody who entered, changed or uploaded for it."""
    decisions = dossier.person.private.decisions
    account = account_store.load(decisions[-1].by) if dossier.person.is_decided and decisions else None
    return account is not None and any(map(dossier.binds_guests_of, account.sponsors))


def _is_dated_late(fields: Mapping[str, Any]) -> bool:
    """ISO dates of four-digit years sort as text."""
    signed, began = fields.get("tanggal_sk"), fields.get("tanggal_mulai")
    return bool(signed and began and signed > began)
