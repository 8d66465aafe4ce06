"""Whether somebody is listed, asked without an account: what the page says of each answer, and where it leads on."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import Apis, problem

STATUS: dict[str, Any] = {
    "institution": {"code": "9901", "name": "Dinas Contoh"}, "listing": "NO_LIST", "made_at": None, "stage": "OPEN",
    "dossier_opens": "2022-08-24T00:00:00+07:00", "dossier_closes": "2022-10-22T17:00:00+07:00",
}  # fmt: skip
LISTED, SEALED = "2022-10-01T00:02:00+07:00", "2022-10-31T17:05:00+07:00"
ROUTE = "POST registration/status-checks"
ANSWERS = [
    ({}, "belum membuat daftar", "Batas waktunya 22 Oktober 2022 pukul 17.00 WIB"),
    ({"stage": "EARLY"}, "belum membuat daftar", "Pembuatan akun dan pengisian data dibuka"),
    ({"listing": "ON_PREFINAL", "made_at": LISTED}, "ada pada daftar prafinalisasi", "Buat akun"),
    (
        {"listing": "NOT_ON_PREFINAL", "made_at": LISTED, "stage": "CLOSED"},
        "tidak ada pada daftar prafinalisasi instansi ini, yang dibuat 1 Oktober 2022",
        "berlaku apa adanya",
    ),
    ({"listing": "ON_FINAL", "made_at": SEALED, "stage": "LOCKED"}, "ada pada daftar final", "datanya dikunci"),
    ({"listing": "NOT_ON_FINAL", "made_at": SEALED, "stage": "LOCKING"}, "tidak ada pada", "datanya dikunci"),
]


def ask(page: Page) -> None:
    """Fill the form of the page and send it."""
    page.goto("/cek-status/")
    page.fill("#nik", "9901014101900001")
    page.fill("#nama", "Siti Contoh Lestari")
    page.get_by_role("button", name="Periksa", exact=True).click()


@pytest.mark.parametrize(("changed", "listing", "following"), ANSWERS)
def test_each_answer_in_words_and_what_to_do_next(
    page: Page, apis: Apis, changed: dict[str, Any], listing: str, following: str
) -> None:
    apis.answers[ROUTE] = (200, {**STATUS, **changed})
    ask(page)
    answer = page.locator("#answer")
    expect(answer).to_be_focused()
    expect(answer.get_by_role("heading", name="Anda terdaftar di Dinas Contoh")).to_be_visible()
    expect(answer).to_contain_text(listing)
    expect(answer).to_contain_text(following)
    assert answer.locator("[data-listing]:visible").count() == answer.locator("[data-stage]:visible").count() == 1
    over = changed.get("stage") in {"CLOSED", "LOCKED", "LOCKING"}
    assert (answer.locator("a[href$='/akun/']:visible").count() == 0) is (over or changed.get("stage") == "EARLY")
    expect(page.locator("#list a")).to_have_attribute("href", "/pengumuman/9901/")
    expect(page.locator("#kontak")).to_be_visible()


def test_who_is_not_found_is_led_on_by_one_press_and_may_ask_again(page: Page, apis: Apis) -> None:
    apis.answers[ROUTE] = (404, problem("not-registered", 404))
    ask(page)
    panel = page.locator("[data-problem=not-registered]")
    expect(panel).to_be_focused()
    for words in ("keduanya dijawab sama", "lembar kode aktivasi", "Halo Dukcapil 1500537"):
        expect(panel).to_contain_text(words)
    expect(panel.get_by_role("button", name="Hubungi bagian kepegawaian")).to_have_attribute(
        "href", "/pengumuman/kontak/"
    )
    apis.answers[ROUTE] = (200, STATUS)
    page.fill("#nama", "Siti Contoh Lestarini")
    page.get_by_role("button", name="Periksa", exact=True).click()
    expect(page.locator("#answer")).to_be_focused()
    expect(panel).to_be_hidden()
    assert len({body["captcha"] for body in apis.sent(ROUTE, 2)}) == 2
    page.reload()
    expect(page.locator("#nik")).to_have_value("")


@pytest.mark.parametrize("width", [360, 1280])
def test_both_answers_are_accessible_and_fit(page: Page, apis: Apis, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for answer in (
        (200, {**STATUS, "listing": "ON_PREFINAL", "made_at": LISTED}),
        (404, problem("not-registered", 404)),
    ):
        apis.answers[ROUTE] = answer
        ask(page)
        expect(page.locator(".panel:focus")).to_be_visible()
        assert find_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_home_leads_there(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("main").get_by_role("link", name="Cek status")).to_have_attribute("href", "/cek-status/")
