"""The page of a wrong NIK: who is offered what, and what he is told to look at."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Apis

PATH = "registration/institutions/9901/people/p1/nik-correction"
VIEW: dict[str, Any] = {
    "v": 3, "nama": "Rina Contoh", "nomor_registrasi": "ABCDE12345", "state": "TERDAFTAR",
    "nik_masked": "9901**********02", "own_record": False, "ktp": "p1.KTP.1", "asked": None, "came_from": None,
    "went_to": None,
}  # fmt: skip
OTHER = {"id": "p2", "nama": "Budi Contoh", "nik_masked": "9901**********04"}
ASKED: dict[str, Any] = {
    "nik_masked": "9901**********04", "reason": "Salah ketik.", "by": "Petugas", "at": "2022-09-01T09:00:00+07:00",
    "mine": False, "warnings": [], "held_by": None, "swapped": False, "elsewhere": False,
}  # fmt: skip


def opened(page: Page, apis: Apis, role: str, **changes: object) -> set[str]:
    """Open the page; which of its forms are there."""
    apis.answers["GET registration/me"] = (200, {**ME, "role": role, "name": "Petugas"})
    apis.answers[f"GET {PATH}"] = (200, {**VIEW, **changes})
    page.goto("/instansi/orang/nik/?id=p1")
    expect(page.locator("#correction")).to_be_visible()
    return {name for name in ("ask-form", "accept-form", "drop") if page.locator(f"#{name}").is_visible()}


@pytest.mark.parametrize(
    ("role", "changes", "forms"),
    [
        ("operator", {}, {"ask-form"}),
        ("operator", {"asked": {**ASKED, "mine": True}}, {"drop"}),
        ("operator", {"asked": ASKED}, set()),
        ("admin", {"asked": ASKED}, {"accept-form", "drop"}),
        ("admin", {"asked": {**ASKED, "mine": True}}, {"drop"}),
        ("admin", {"ktp": None}, set()),
        ("admin", {"state": "DIHAPUS", "went_to": OTHER}, set()),
        ("admin", {"own_record": True, "asked": ASKED}, set()),
        ("verifikator", {"asked": ASKED}, set()),
    ],
)
def test_who_is_offered_what(page: Page, apis: Apis, role: str, changes: dict[str, Any], forms: set[str]) -> None:
    assert opened(page, apis, role, **changes) == forms


def test_two_who_have_each_others_nik_are_told_of_and_both_papers_asked_for(page: Page, apis: Apis) -> None:
    opened(page, apis, "admin", asked={**ASKED, "held_by": OTHER, "swapped": True})
    expect(page.locator("#asked")).to_contain_text("keduanya diperbaiki bersama")
    expect(page.locator("#held-by")).to_have_attribute("href", "/instansi/orang/nik/?id=p2")
    apis.answers[f"POST {PATH}/acceptance"] = (200, {"id": "p3", "v": 1, "state": "TERDAFTAR"})
    page.fill("[name=on_ktp]", "9901014107900004")
    page.fill("[name=on_other_ktp]", "9901014107900002")
    page.get_by_role("button", name="Perbaiki NIK").click()
    page.wait_for_url("**/instansi/orang/nik/?id=p3&done=1")
    (body,) = apis.sent(f"POST {PATH}/acceptance")
    assert body == {"v": 3, "on_ktp": "9901014107900004", "on_other_ktp": "9901014107900002"}


def test_a_nik_that_is_held_or_claimed_elsewhere_is_told_with_what_to_do(page: Page, apis: Apis) -> None:
    opened(page, apis, "admin", asked={**ASKED, "held_by": OTHER, "elsewhere": True})
    expect(page.locator("#asked")).to_contain_text("Perbaiki dahulu NIK orang itu.")
    expect(page.locator("#asked")).to_contain_text("sengketa")
    expect(page.locator("#other")).to_be_hidden()
