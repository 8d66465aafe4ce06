"""Education is changed in its window, and the page asks it only then."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Answer, Apis, calendar_at, hear_the_clock, problem

EDIT = "PATCH registration/me/biodata"
KNOWN = {"hp": "+6281234567890", "email": "siti@contoh.id", "pendidikan": "S1", "sekolah": None}
CLOSED = calendar_at(datetime(2022, 10, 22, 10, 0, 1, tzinfo=UTC))


@pytest.fixture
def biodata(page: Page, apis: Apis) -> Page:
    """The page of somebody whose education is incomplete; not opened yet."""
    apis.answers["GET registration/me"] = (200, ME)
    apis.answers["GET registration/me/biodata"] = (200, {"v": 3, "editable": KNOWN, "nomor_kk": None, "registered": {}})
    apis.answers[EDIT] = (200, {"v": 3})
    return page


def _fill(page: Page) -> None:
    page.fill("#sekolah", "Universitas Contoh")
    page.fill("#nomor_ijazah", "DN-1")
    for part, digits in (("hari", "1"), ("bulan", "8"), ("tahun", "2012")):
        page.fill(f"#tanggal_lulus-{part}", digits)


def test_after_the_close_nothing_is_asked_and_contact_is_changed_elsewhere(biodata: Page, apis: Apis) -> None:
    apis.answers["GET finalization/calendar"] = lambda _: CLOSED
    biodata.goto("/pendataan/biodata/")
    expect(biodata.locator("#closed")).to_contain_text("Pendidikan sedang tidak dapat diubah")
    for field in ("#pendidikan", "#sekolah", "#nomor_ijazah", "#tanggal_lulus-hari"):
        expect(biodata.locator(field)).to_be_disabled()
    expect(biodata.get_by_role("button", name="Selanjutnya")).to_be_hidden()
    expect(biodata.get_by_role("link", name="Akun saya")).to_have_attribute("href", "/pendataan/akun/")


def test_in_time_education_is_asked(biodata: Page, apis: Apis) -> None:
    biodata.goto("/pendataan/biodata/")
    hear_the_clock(biodata)
    biodata.get_by_role("button", name="Selanjutnya").click()
    expect(biodata.locator("#errors")).to_contain_text("Isi sekolah atau universitas.")
    expect(biodata.locator("#closed")).to_be_hidden()
    assert apis.bodies(EDIT) == []
    _fill(biodata)
    biodata.get_by_role("button", name="Selanjutnya").click()
    biodata.wait_for_url("**/pendataan/riwayat/")
    assert apis.sent(EDIT)[-1].keys() == {
        "v", "pendidikan", "sekolah", "nomor_ijazah", "tanggal_lulus", "captcha"
    }  # fmt: skip


@pytest.mark.parametrize("schedule", [CLOSED, (503, problem("try-again", 503))], ids=["mended", "unknown"])
def test_who_is_refused_is_not_asked_again(biodata: Page, apis: Apis, schedule: Answer) -> None:
    apis.answers[EDIT] = (410, problem("window-closed", 410, detail="Pengisian data sudah ditutup."))
    biodata.goto("/pendataan/biodata/")
    hear_the_clock(biodata)
    apis.answers["GET finalization/calendar"] = schedule
    _fill(biodata)
    biodata.get_by_role("button", name="Selanjutnya").click()
    expect(biodata.locator("#errors")).to_contain_text("Pengisian data sudah ditutup.")
    expect(biodata.locator("#sekolah")).to_be_disabled()
    expect(biodata.get_by_role("button", name="Selanjutnya")).to_be_hidden()
