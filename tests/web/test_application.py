"""Following an application for an institution's first admin: its letter, BKN's answer, and taking it back."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import Apis, problem

LOOK, ASK = "POST registration/applications/lookups", "POST documents/uploads/by-ticket"
AT = "2022-10-10T00:00:00+07:00"
STATUS: dict[str, Any] = {
    "number": "P-2345-6789", "institution": {"code": "9901", "name": "C"}, "state": "DIAJUKAN", "stands": "Diterima.",
    "next": "Kirim surat penunjukan.", "reason": None, "letter": None, "at": AT, "due_at": AT, "decided_at": None,
    "ticket": "karcis",
}  # fmt: skip
LETTER: Any = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 surat"}


def look(page: Page) -> None:
    page.goto("/instansi/daftar/status/")
    page.locator("#number").fill("P-2345-6789")
    page.locator("#code").fill("AAAA-BBBB-CCCC")
    page.locator("#form [data-submit]").click()


def test_a_letter_is_sent_until_one_is_accepted(page: Page, apis: Apis) -> None:
    page.route("**/bucket/**", lambda route: route.fulfill(status=204))
    page.set_viewport_size({"width": 360, "height": 800})
    apis.answers[LOOK] = (200, STATUS)
    look(page)
    expect(page.locator("#keep-title")).to_be_focused()
    expect(page.locator("#sheet")).to_contain_text("AAAA-BBBB-CCCC")
    expect(page.locator("[data-show=decided_at]")).to_be_hidden()
    place = {"id": "letter-1", "url": "/bucket/1", "fields": {}, "expires_in": 900, "receipt": "r"}
    apis.answers[ASK] = (201, place)
    control = page.locator("[data-upload=SURAT] input")
    expect(control).to_be_enabled()
    apis.answers[LOOK] = (200, {**STATUS, "letter": {"file": "letter-1", "state": "DITOLAK", "message": "Kosong."}})
    control.set_input_files(LETTER)
    expect(page.locator("[data-upload=SURAT] .upload__status")).to_contain_text("Ditolak: Kosong.", timeout=15_000)
    assert apis.sent(ASK) == [{"jenis": "SURAT", "ukuran": len(LETTER["buffer"]), "ticket": "karcis"}]
    accepted = {"file": "letter-1", "state": "DITERIMA", "message": None}
    apis.answers[LOOK] = (200, {**STATUS, "letter": accepted, "ticket": None})
    page.reload()
    expect(page.locator("#letter-accepted")).to_be_visible()
    expect(page.locator("#upload")).to_be_hidden()
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_bkn_answered_stands_on_the_sheet(page: Page, apis: Apis) -> None:
    decided = {**STATUS, "state": "DITOLAK", "reason": "Surat bukan dari PPK.", "decided_at": AT, "ticket": None}
    apis.answers[LOOK] = (200, decided)
    look(page)
    expect(page.locator("[data-show=reason]")).to_contain_text("Alasan BKN")
    expect(page.locator("[data-show=reason]")).to_contain_text("Surat bukan dari PPK.")
    expect(page.locator("#withdraw")).to_be_hidden()


def test_one_that_is_not_there_any_more_is_not_asked_for_again(page: Page, apis: Apis) -> None:
    apis.answers[LOOK] = (200, STATUS)
    look(page)
    expect(page.locator("#sheet")).to_be_visible()
    apis.answers[LOOK] = (404, problem("not-found", 404))
    page.reload()
    expect(page.locator("#errors")).to_be_visible()
    expect(page.locator("#look")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('application')") is None


def test_what_the_tab_keeps_and_nobody_can_read_opens_nothing(page: Page, apis: Apis) -> None:
    page.goto("/instansi/daftar/status/")
    page.evaluate("sessionStorage.setItem('application', '{')")
    page.reload()
    expect(page.locator("#form [data-submit]")).to_be_enabled()
    assert apis.sent(LOOK) == []
