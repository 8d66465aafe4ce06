"""What a card's code says, for those without JavaScript; others read it on the page (web/src/pages/public/card.js)."""

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.web.plain_page import PlainPage
from services.kernel.web.site_pages import CARD
from services.registration.cards.check_card import check_card
from services.registration.model.card import CardKind

_KINDS = {CardKind.AKUN: "Kartu Informasi Akun", CardKind.PENDATAAN: "Kartu Pendataan Non-ASN"}


def card_page(typed: str) -> PlainPage:
    """Whether a printed card is genuine and still stands, in words.

    Raises:
        Problem: whatever hinders the look; that no such card was given out is an answer.
    """
    try:
        card = check_card(typed)
    except Problem as problem:
        if problem.code is not Code.NOT_FOUND:
            raise
        return PlainPage("Kartu tidak dikenal", [problem.detail or ""], back=CARD)
    facts = [("Jenis kartu", _KINDS[card.kind]), ("Nama", card.nama), ("Instansi", card.institution.name)]
    if not card.valid:
        return PlainPage("Kartu ini asli, tetapi sedang tidak berlaku", [card.notice], facts, CARD)
    known = [
        *facts,
        ("Nomor registrasi", card.nomor_registrasi),
        ("Kategori", card.kategori.value),
        ("Diterbitkan", clock.wib(card.issued_at)),
    ]
    return PlainPage("Kartu ini asli", [card.notice], known, CARD)
