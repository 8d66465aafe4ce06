"""Contact can always be changed; education in its window, and the page asks it only then."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, Request, expect

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


def _change_phone(page: Page, button: str = "Selanjutnya") -> None:
    page.fill("#hp", "081300000001")
    page.get_by_role("button", name=button).click()


def test_after_the_close_contact_is_sent_alone(biodata: Page, apis: Apis) -> None:
    apis.answers["GET finalization/calendar"] = lambda _: CLOSED
    biodata.goto("/pendataan/biodata/")
    expect(biodata.locator("#contact-alone")).to_contain_text("Nomor HP dan email tetap dapat diubah")
    for field in ("#pendidikan", "#sekolah", "#nomor_ijazah", "#tanggal_lulus-hari"):
        expect(biodata.locator(field)).to_be_disabled()
    _change_phone(biodata, "Simpan kontak")
    biodata.wait_for_url("**/pendataan/")
    (body,) = apis.bodies(EDIT)
    assert body.keys() == {"v", "hp", "email", "captcha"}
    assert body["hp"] == "081300000001"


def test_in_time_education_is_asked(biodata: Page, apis: Apis) -> None:
    biodata.goto("/pendataan/biodata/")
    hear_the_clock(biodata)
    _change_phone(biodata)
    expect(biodata.locator("#errors")).to_contain_text("Isi sekolah atau universitas.")
    expect(biodata.locator("#contact-alone")).to_be_hidden()
    assert apis.bodies(EDIT) == []


@pytest.mark.parametrize("schedule", [CLOSED, (503, problem("try-again", 503))], ids=["mended", "unknown"])
def test_who_is_refused_can_still_send_his_contact(biodata: Page, apis: Apis, schedule: Answer) -> None:
    late = problem("window-closed", 410, detail="Yang masih dapat diubah hanya nomor HP dan email.")

    def answer(request: Request) -> Answer:
        return (410, late) if "pendidikan" in (request.post_data or "") else (200, {"v": 3})

    apis.answers[EDIT] = answer
    biodata.goto("/pendataan/biodata/")
    hear_the_clock(biodata)
    apis.answers["GET finalization/calendar"] = schedule
    biodata.fill("#sekolah", "Universitas Contoh")
    biodata.fill("#nomor_ijazah", "DN-1")
    for part, digits in (("hari", "1"), ("bulan", "8"), ("tahun", "2012")):
        biodata.fill(f"#tanggal_lulus-{part}", digits)
    _change_phone(biodata)
    expect(biodata.locator("#errors")).to_contain_text("hanya nomor HP dan email")
    expect(biodata.locator("#sekolah")).to_be_disabled()
    biodata.get_by_role("button", name="Simpan kontak").click()
    biodata.wait_for_url("**/pendataan/")
    assert apis.bodies(EDIT)[-1]["hp"] == "081300000001"
