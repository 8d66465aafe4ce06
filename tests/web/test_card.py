"""The check of a card tells three cases apart: it stands, it was given back, nobody gave it out."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import Answer, Apis, problem

CARD: dict[str, Any] = {
    "valid": True, "kind": "pendataan", "nama": "Rina Contoh", "institution": {"code": "9901", "name": "Dinas Contoh"},
    "nomor_registrasi": "ABCDE12345", "kategori": "NON-ASN", "issued_at": "2022-10-01T09:00:00+07:00",
}  # fmt: skip
STANDS, GIVEN_BACK, NOBODY_S = (200, CARD), (200, {**CARD, "valid": False}), (404, problem("not-found", 404))


@pytest.mark.parametrize(
    ("answer", "panel", "heading"),
    [
        (STANDS, "valid", "Kartu ini asli"),
        (GIVEN_BACK, "lapsed", "Kartu ini asli, tetapi sedang tidak berlaku"),
        (NOBODY_S, "unknown", "Kartu tidak dikenal"),
    ],
)
def test_a_card_is_genuine_given_back_or_unknown(
    page: Page, apis: Apis, answer: Answer, panel: str, heading: str
) -> None:
    apis.answers["GET registration/cards/K-1"] = answer
    page.goto("/kartu/?kode=K-1")
    shown = page.locator(".panel:visible")
    expect(shown).to_have_id(panel)
    expect(shown.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    known = answer is not NOBODY_S
    assert all((words in shown.inner_text()) == known for words in ("Rina Contoh", "Kartu Pendataan Non-ASN"))
    assert ("Periksa lagi penulisannya" in shown.inner_text()) != known
    assert "diganti" not in shown.inner_text()
