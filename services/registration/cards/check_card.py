"""The public check of a card by the code in its QR: is it ours, whose is it, does it still stand?"""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.problems import Code, Problem
from services.kernel.security.findings import PublishedField
from services.kernel.states import Category, PersonState
from services.kernel.web.languages import Sentence
from services.registration.adapters import card_store, person_store
from services.registration.cards.card_code import read_card_code
from services.registration.cards.standing import stands
from services.registration.model.card import CardKind
from services.registration.people.published_findings import published_findings
from services.registration.shared.institution_view import InstitutionView, view_institution

NO_APPOINTMENT = "Kartu ini hanya bukti pendataan, bukan surat keputusan pengangkatan dan bukan jaminan diangkat."


WITHHELD = "(disunting)"
"""Stands for a name that holds a personal number (domain.md, section 8)."""


class CardCheck(BaseModel):
    """What anybody may know of a card: public fields only, no state and no verdict."""

    valid: bool
    kind: CardKind
    nama: str
    institution: InstitutionView
    nomor_registrasi: str
    kategori: Category
    issued_at: datetime
    notice: Sentence = NO_APPOINTMENT


class CardQuery(BaseModel):
    """A card's code, as the QR holds it or as somebody has typed it."""

    kode: Annotated[str, Field(max_length=128)]


def check_card(typed: str) -> CardCheck:
    """Look a card up by its code, as the QR holds it or as somebody has typed it.

    Raises:
        Problem: `not-found` for a code we never gave out, and for the card of a deleted record.
    """
    code = read_card_code(typed)
    card = card_store.find(code) if code else None
    person = person_store.standing(card.pid) if card else None
    if card is None or person is None or person.state is PersonState.DIHAPUS:
        raise Problem(Code.NOT_FOUND, "Kode kartu ini tidak dikenal. Periksa kembali kode pada kartu.")
    institution = view_institution(person.institution)
    withheld = {finding.field for finding in published_findings(person, institution.name)}
    if PublishedField.INSTANSI in withheld:
        institution = InstitutionView(code=institution.code, name=institution.code)
    return CardCheck(
        valid=stands(card, person),
        kind=card.kind,
        nama=WITHHELD if PublishedField.NAMA in withheld else person.nama,
        institution=institution,
        nomor_registrasi=person.registration_number,
        kategori=person.kategori,
        issued_at=card.issued_at,
    )
