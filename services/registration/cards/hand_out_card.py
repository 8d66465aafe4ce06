"""Print a card, "Cetak Kartu Informasi Akun" or "Cetak Kartu Pendataan", and answer where to fetch it."""

from collections.abc import Callable
from datetime import datetime

from services.kernel import clock
from services.kernel.aws import exports
from services.kernel.documents import PDF, DocumentType
from services.kernel.problems import Code, Problem
from services.kernel.security.findings import require_clean
from services.kernel.states import PersonState
from services.kernel.values.identity import mask_nik
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.access.own_view import own_view
from services.registration.adapters import card_store, person_store, photos
from services.registration.cards.render_account_card import render_account_card
from services.registration.cards.render_census_card import render_census_card
from services.registration.cards.render_model import AccountCard, CensusCard, Holder, Issue
from services.registration.cards.standing import stands
from services.registration.model.card import Card, CardKind
from services.registration.model.dossier import Dossier
from services.registration.people.published_findings import published_findings
from services.registration.settings import settings
from services.registration.shared.institution_view import view_institution
from services.registration.shared.papers import accepted

PUBLISHER = "Badan Kepegawaian Negara"
_TELL_ADMIN = "Kartu dilihat orang lain, jadi tidak memuat nomor pribadi. Sampaikan ini kepada admin instansi Anda."
_NOT_YET = {
    CardKind.AKUN: "Kartu Informasi Akun ada setelah akun dibuat.",
    CardKind.PENDATAAN: "Kartu Pendataan ada setelah Anda memilih Akhiri Proses Pendaftaran. Bila data Anda sudah "
    "diputuskan menurut data instansi, kartu ini tidak dibuat dan tidak diperlukan.",
}


def hand_out_card(pid: str, kind: str, *, received: datetime) -> str:
    """The link under which the person downloads his card, PDF, as it stands at the instant of his request.

    Raises:
        Problem: `not-found` for a kind that is none, and for a card not earned yet or given back; `personal-number`
            where something printed on it holds one.
    """
    if kind not in set(CardKind):
        raise Problem(Code.NOT_FOUND)
    wanted = CardKind(kind)
    dossier = own_view(person_store.load_dossier(pid))
    card = card_store.load(pid, wanted)
    if card is None or not stands(card, dossier.person):
        raise Problem(Code.NOT_FOUND, _NOT_YET[wanted])
    content = _RENDER[wanted](dossier, card, received)
    filename = f"kartu-{wanted.value}.pdf"
    return exports.hand_out(settings().exports_bucket, content, filename=filename, content_type=PDF)


def _account_card(dossier: Dossier, card: Card, _: datetime) -> bytes:
    closes = gate.read_round(dossier.person.institution).windows[Window.DOSSIER].closes
    return render_account_card(
        AccountCard(holder=_holder(dossier), issue=_issue(card), account_made_at=card.issued_at, closes=closes)
    )


def _census_card(dossier: Dossier, card: Card, printed_at: datetime) -> bytes:
    return render_census_card(
        CensusCard(
            holder=_holder(dossier),
            issue=_issue(card),
            state=dossier.person.state,
            printed_at=printed_at,
            submitted_at=_submitted_at(dossier),
        )
    )


_RENDER: dict[CardKind, Callable[[Dossier, Card, datetime], bytes]] = {
    CardKind.AKUN: _account_card,
    CardKind.PENDATAAN: _census_card,
}


def _holder(dossier: Dossier) -> Holder:
    """What is supplied is searched, his name too: a card is shown to others. Number, NIK and category are of ours."""
    person, institution = dossier.person, view_institution(dossier.person.institution).name
    require_clean(published_findings(person, institution), paper="Kartu", what_to_do=_TELL_ADMIN)
    return Holder(
        nomor_registrasi=person.registration_number,
        nama=person.nama,
        nik_masked=mask_nik(person.row["nik"]),
        instansi=institution,
        unit_kerja=person.unit_kerja,
        jabatan=person.jabatan,
        kategori=person.kategori,
        foto=photos.read(accepted(dossier.files, DocumentType.FOTO)),
    )


def _issue(card: Card) -> Issue:
    return Issue(penerbit=PUBLISHER, site=settings().site_origin, code=card.code, issued_at=card.issued_at)


def _submitted_at(dossier: Dossier) -> datetime | None:
    stamps = [step.at for step in dossier.person.private.progress if step.state is PersonState.DIAJUKAN]
    return clock.from_millis(stamps[-1]) if stamps else None
