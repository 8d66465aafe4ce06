"""Making an account: an enrolment that ends on the way takes nothing of what was typed and chosen with it."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.web.browser import Apis, problem

OVER = (401, problem("unauthenticated", 401, detail="Ulangi Pengecekan Identitas."))
PASSWORD = "kata-sandi-yang-panjang"
ENROLMENT: dict[str, Any] = {
    "id": "p1", "has_account": False, "institution": {"code": "9901", "name": "Contoh"}, "nama": "Rina Contoh",
    "nomor_registrasi": "ABCDE12345", "unit_kerja": "Unit", "jabatan": "Guru", "kategori": "NON-ASN",
    "files": [
        {"id": f"p1.{jenis}.1", "jenis": jenis, "state": "DITERIMA", "openable": True} for jenis in ("KTP", "FOTO")
    ],
    "contact": {"hp": "+6281234567890", "email": "rina@contoh.example"}, "sms": False,
    "backing": {"verified": ["email"], "sheet": False, "staff": False, "enough": True},
    "now": "2022-10-22T15:30:00+07:00", "expires_at": "2022-10-22T16:15:00+07:00",
}  # fmt: skip
KEEPS = {"PATCH registration/enrolment": (200, ENROLMENT["contact"])}


@pytest.fixture
def started(page: Page, apis: Apis) -> Page:
    """Step 2 with a password typed."""
    apis.answers |= {"GET registration/enrolment": (200, ENROLMENT), **KEEPS}
    page.goto("/akun/lengkapi/")
    page.fill("#password", PASSWORD)
    return page


def _send_to_the_check(page: Page, apis: Apis) -> None:
    """The enrolment is over, and then there is a new one."""
    panel = page.locator("#expired")
    expect(panel.get_by_role("heading")).to_be_focused()
    expect(panel).to_contain_text("Kata sandi yang sudah Anda ketik tetap ada di halaman ini")
    expect(panel.get_by_role("link", name="Mulai Pengecekan Identitas")).to_have_attribute("target", "_blank")
    expect(page.locator("#complete, #review").filter(visible=True)).to_have_count(0)
    apis.answers["GET registration/enrolment"] = OVER
    page.get_by_role("button", name="Lanjutkan di sini").click()
    expect(page.locator("#errors")).to_contain_text("Ulangi Pengecekan Identitas.")
    apis.answers["GET registration/enrolment"] = (200, ENROLMENT)
    page.get_by_role("button", name="Lanjutkan di sini").click()
    expect(panel).to_be_hidden()


def test_making_the_account_too_late_keeps_the_password(started: Page, apis: Apis) -> None:
    apis.answers["POST registration/accounts"] = OVER
    started.get_by_role("button", name="Lanjutkan").click()
    _confirm(started)
    _send_to_the_check(started, apis)
    apis.answers["POST registration/accounts"] = (201, {"nomor_registrasi": "ABCDE12345"})
    _confirm(started)
    started.wait_for_url("**/akun/selesai/")
    assert [body["password"] for body in apis.sent("POST registration/accounts", 2)] == [PASSWORD] * 2


def _confirm(page: Page) -> None:
    page.get_by_role("button", name="Proses Pembuatan Akun").click()
    page.locator("dialog[open]").get_by_role("button", name="Ya", exact=True).click()


def test_uploading_too_late_keeps_the_file(started: Page, apis: Apis) -> None:
    apis.answers["POST documents/uploads"] = OVER
    photo = started.locator("[data-upload=FOTO]")
    photo.locator("input").set_input_files({"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": _photo()})
    _send_to_the_check(started, apis)
    assert started.input_value("#password") == PASSWORD
    place = {"id": "FOTO.1", "url": "/bucket/", "fields": {}, "expires_in": 900}
    apis.answers["POST documents/uploads"] = (201, place)
    apis.answers["GET documents/uploads/FOTO.1"] = (200, {"id": "FOTO.1", "state": "DITERIMA"})
    started.route("**/bucket/", lambda route: route.fulfill(status=204))
    with started.expect_request("**/bucket/"):
        photo.get_by_role("button", name="Coba lagi").click()
    expect(photo.get_by_role("status")).to_contain_text("Diterima.")


def _photo() -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((480, 640), 60).convert("RGB").save(stream, "JPEG", quality=90)
    return stream.getvalue()


def test_without_an_identity_check_there_is_nothing_to_come_back_to(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/enrolment"] = OVER
    page.goto("/akun/lengkapi/")
    expect(page.locator("#expired")).to_contain_text("Mulai Pengecekan Identitas")
    expect(page.locator("#kept")).to_be_hidden()
