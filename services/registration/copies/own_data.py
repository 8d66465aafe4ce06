"""Everything the portal keeps of a person that is his to see, in one document (docs/copies.md)."""

from datetime import datetime
from typing import Any, Final, Literal

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.states import Category, PersonState
from services.kernel.web.languages import Sentence
from services.registration.adapters import card_store, person_store
from services.registration.cards.standing import stands
from services.registration.dossiers.biodata import EditableView
from services.registration.dossiers.get_me import view_person
from services.registration.dossiers.get_resume import view_resume
from services.registration.dossiers.histories import HistoryView
from services.registration.dossiers.outcome import Outcome
from services.registration.model.card import CardKind
from services.registration.model.person import Person
from services.registration.seals.hand_out_proof import find_proof
from services.registration.shared.institution_view import InstitutionView
from services.registration.shared.papers import FileView
from services.registration.shared.progress_views import DecisionView, ProgressView
from services.registration.shared.views import AdviceView, ChangeView

FORMAT: Final = "pendataan-copy-1"
_NOT_SEALED: Final = "Daftar instansi Anda belum disegel, sehingga belum ada bukti segel."


class CardPart(BaseModel):
    """A card that was given out and stands; `code` leads to its public check."""

    kind: CardKind
    code: str
    issued_at: datetime


class DataCopy(BaseModel):
    """A person's data as his pages show them: what his pages hide is not in it (domain.md, sections 3 and 8).

    `registered` is the institution's row under the template's names. `editable` is what he keeps himself: contact and
    education. `typed_otherwise` is what he wrote otherwise than registered at the identity check. `proof` is the one
    of docs/seal.md, whose `roster.private` is what was sealed; where there is none, `proof_missing` says why.
    """

    format: Literal["pendataan-copy-1"] = FORMAT
    made_at: datetime
    nomor_registrasi: str
    nama: str
    kategori: Category
    institution: InstitutionView
    unit_kerja: str
    jabatan: str
    state: PersonState
    outcome: Outcome
    deletion_reason: str | None
    registered: dict[str, Any]
    editable: EditableView
    nomor_kk: str | None
    active: bool | None
    active_at: datetime | None
    typed_otherwise: dict[str, str]
    histories: list[HistoryView]
    progress: list[ProgressView]
    decisions: list[DecisionView]
    changes: list[ChangeView]
    advice: AdviceView | None
    files: list[FileView]
    cards: list[CardPart]
    proof: dict[str, Any] | None
    proof_missing: Sentence | None


def own_data(pid: str, at: datetime) -> DataCopy:
    """A person's data at an instant, by the functions his pages are made with.

    Raises:
        Problem: `not-found`; `unauthenticated` when his account is gone.
    """
    me, resume, person = view_person(pid, at), view_resume(pid), person_store.load(pid)
    proof, proof_missing = _proof(pid)
    shared = {name: getattr(me, name) for name in DataCopy.model_fields if name in type(me).model_fields}
    return DataCopy(
        **shared,
        made_at=at.astimezone(clock.WIB),
        registered=resume.biodata.registered,
        editable=resume.biodata.editable,
        nomor_kk=resume.biodata.nomor_kk,
        typed_otherwise=dict(person.private.typed or {}),
        histories=resume.histories,
        cards=_cards(person),
        proof=proof,
        proof_missing=proof_missing,
    )


def _cards(person: Person) -> list[CardPart]:
    found = (card_store.load(person.pid, kind) for kind in CardKind)
    standing = [card for card in found if card is not None and stands(card, person)]
    return [CardPart(kind=one.kind, code=one.code, issued_at=one.issued_at.astimezone(clock.WIB)) for one in standing]


def _proof(pid: str) -> tuple[dict[str, Any] | None, str | None]:
    try:
        found = find_proof(pid)
    except Problem as problem:
        if problem.code not in {Code.CONFLICT, Code.FORBIDDEN}:
            raise
        return None, problem.detail
    return found, None if found else _NOT_SEALED
