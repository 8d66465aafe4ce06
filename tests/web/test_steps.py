"""The help desk's way: from the list of people to somebody's steps, and a reset that another confirms; at 360 px."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Apis

SHEET = {
    "state": "BERAKUN",
    "printed_by": None,
    "printed_at": None,
    "used_at": None,
    "asked_by": None,
    "asked_at": None,
}
STEPS: dict[str, Any] = {
    "id": "p1", "nomor_registrasi": "ABCDE12345", "nama": "Rina Contoh", "unit_kerja": "SD Contoh", "jabatan": "Guru",
    "state": "AKUN_DIBUAT", "has_account": True, "assurance": "LEMBAR", "own_record": False, "cases": [],
    "annotations": [],
    "steps": {"account": True, "active": False, "biodata": False, "histories": False, "submitted": False},
    "missing": [{"code": "active", "text": "Nyatakan bahwa Anda masih aktif bekerja.", "riwayat": None}],
    "progress": [{"state": "TERDAFTAR", "at": "2022-09-01T09:00:00+07:00"}], "sheet": SHEET,
}  # fmt: skip
ROW: dict[str, Any] = {
    "id": "p1", "v": 2, "nomor_registrasi": "ABCDE12345", "nama": "Rina Contoh", "unit_kerja": "SD Contoh",
    "jabatan": "Guru", "kategori": "NON-ASN", "state": "AKUN_DIBUAT", "overall": "LOLOS", "active": None,
    "account": "LEMBAR", "lacking": [], "flags": [], "family": "PENDIDIKAN", "risks": None,
}  # fmt: skip
PATH = "registration/institutions/9901/people"


@pytest.fixture
def help_desk(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "helpdesk", "name": "Petugas"})
    apis.answers[f"GET {PATH}"] = (200, {"items": [ROW], "cursor": None, "found": 1})
    apis.answers[f"GET {PATH}/p1/steps"] = (200, STEPS)
    page.set_viewport_size({"width": 360, "height": 740})
    return page


def test_from_the_list_to_the_steps_and_a_reset(help_desk: Page, apis: Apis) -> None:
    help_desk.goto("/instansi/orang/")
    help_desk.get_by_role("link", name="Rina Contoh").click()
    help_desk.wait_for_url("**/instansi/orang/langkah/?id=p1")
    expect(help_desk.locator("#missing")).to_contain_text("masih aktif bekerja")
    assert help_desk.evaluate("document.documentElement.scrollWidth") <= 360
    waiting = {**SHEET, "asked_by": {"name": "Petugas"}, "asked_at": "2022-09-02T09:00:00+07:00"}
    apis.answers[f"POST {PATH}/p1/sheet-requests"] = (201, {"waiting": True})
    apis.answers[f"GET {PATH}/p1/steps"] = (200, {**STEPS, "sheet": waiting})
    help_desk.get_by_role("button", name="Minta lembar untuk masuk lagi").click()
    expect(help_desk.locator("#owner-sheet")).to_contain_text("Operator atau admin menyetujuinya dalam 7 hari")
    expect(help_desk.locator("#ask-sheet")).to_be_hidden()


def test_who_has_no_account_gets_a_sheet(help_desk: Page, apis: Apis) -> None:
    without = {
        **STEPS,
        "has_account": False,
        "assurance": None,
        "state": "TERDAFTAR",
        "sheet": {**SHEET, "state": "BELUM"},
    }
    apis.answers[f"GET {PATH}/p1/steps"] = (200, without)
    apis.answers["POST registration/institutions/9901/sheets"] = (201, {"id": "s1"})
    help_desk.goto("/instansi/orang/langkah/?id=p1")
    expect(help_desk.locator("#owner-sheet")).to_be_hidden()
    help_desk.get_by_role("button", name="Cetak lembar baru").click()
    expect(help_desk.locator("#sheet-ordered")).to_be_visible()
    assert apis.sent("POST registration/institutions/9901/sheets") == [{"person": "p1"}]
