"""What shows that it is he who makes an account; and how he changes what lets him in, or comes back without it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Apis, problem
from tests.web.test_account import ENROLMENT, KEEPS, PASSWORD

NOTHING = {"verified": [], "sheet": False, "staff": False, "enough": False}
CODES = "POST registration/enrolment/contact-codes"
WRONG = {"field": "code", "code": "wrong-code", "message": "Kode salah."}


def enrolment(**changed: Any) -> dict[str, Any]:
    return {**ENROLMENT, "backing": NOTHING, **changed}


def review(page: Page, apis: Apis, **changed: Any) -> Page:
    """The review of an enrolment that nothing backs."""
    known = enrolment(**changed)
    apis.answers |= {"GET registration/enrolment": (200, known), **KEEPS}
    apis.answers["PATCH registration/enrolment"] = (200, known["contact"])
    page.goto("/akun/lengkapi/")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.locator("#review")).to_be_visible()
    return page


def test_a_code_is_sent_typed_and_enough(page: Page, apis: Apis) -> None:
    review(page, apis)
    page.get_by_role("button", name="Proses Pembuatan Akun").click()
    expect(page.locator("#errors")).to_contain_text("Buktikan dahulu bahwa ini Anda")
    apis.answers[CODES] = (202, {"again_after": 60})
    page.get_by_role("button", name="Kirim kode ke email").click()
    expect(page.locator("#code-sent")).to_contain_text("sesudah 60 detik")
    expect(page.get_by_role("button", name="Kirim kode ke email")).to_be_disabled()
    expect(page.get_by_role("button", name="Kirim kode lewat SMS")).to_be_hidden()
    apis.answers[f"{CODES}/confirmation"] = (422, problem("invalid-fields", 422, fields=[WRONG]))
    page.fill("#contact_code", "111111")
    page.get_by_role("button", name="Periksa kode").click()
    expect(page.locator("#contact_code")).to_have_attribute("aria-invalid", "true")
    apis.answers[f"{CODES}/confirmation"] = (200, {**NOTHING, "verified": ["email"], "enough": True})
    page.fill("#contact_code", "222222")
    page.get_by_role("button", name="Periksa kode").click()
    expect(page.locator("#backed")).to_be_focused()
    assert apis.sent(CODES) == [{"channel": "email"}]
    assert apis.sent(f"{CODES}/confirmation", 2)[-1] == {"channel": "email", "code": "222222"}
    page.get_by_role("button", name="Proses Pembuatan Akun").click()
    expect(page.locator("dialog#ask")).to_be_visible()


def test_a_sheet_s_code_leaves_the_address_at_once_and_is_used(page: Page, apis: Apis) -> None:
    page.goto("/akun/#kode=ABCDE-12345")
    expect(page.locator("#has-sheet")).to_be_visible()
    assert page.url.endswith("/akun/")
    apis.answers["POST registration/enrolment/sheet"] = (200, {**NOTHING, "sheet": True, "enough": True})
    review(page, apis, contact={"hp": "", "email": ""})
    expect(page.locator("#backed")).to_be_visible()
    assert apis.sent("POST registration/enrolment/sheet") == [{"code": "ABCDE-12345"}]
    assert page.evaluate("sessionStorage.getItem('sheet')") is None


def test_without_anything_the_counter_helps(page: Page, apis: Apis) -> None:
    review(page, apis, contact={"hp": "", "email": ""})
    expect(page.get_by_text("Anda tidak mengisi email.")).to_be_visible()
    page.get_by_text("Dengan bantuan petugas instansi").click()
    apis.answers["POST registration/enrolment/counter-code"] = (200, {"digits": "123456", "until": ENROLMENT["now"]})
    page.get_by_role("button", name="Tampilkan 6 angka").click()
    expect(page.locator("#counter")).to_contain_text("123 456")
    page.get_by_role("button", name="Petugas sudah mengisinya").click()
    expect(page.locator("#not-seen")).to_contain_text("Belum.")
    vouched = {**NOTHING, "staff": True, "enough": True}
    apis.answers["GET registration/enrolment"] = (200, enrolment(backing=vouched))
    page.get_by_role("button", name="Petugas sudah mengisinya").click()
    expect(page.locator("#backed")).to_be_visible()


RESETS = "POST registration/password-resets"


def _who(page: Page) -> None:
    page.goto("/akun/lupa-sandi/")
    page.fill("#nik", "9901014101900001")
    for part, digits in (("hari", "1"), ("bulan", "1"), ("tahun", "1990")):
        page.fill(f"#tanggal_lahir-{part}", digits)


def test_a_forgotten_password_is_set_by_the_code(page: Page, apis: Apis) -> None:
    apis.answers[RESETS] = (202, None)
    _who(page)
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.locator("#new")).to_be_focused()
    for field, value in (("reset_code", "123456"), ("password", PASSWORD), ("password_again", PASSWORD)):
        page.fill(f"#{field}", value)
    apis.answers[f"{RESETS}/completions"] = (422, problem("invalid-fields", 422, fields=[WRONG]))
    page.get_by_role("button", name="Simpan kata sandi").click()
    expect(page.locator("#reset_code")).to_have_attribute("aria-invalid", "true")
    apis.answers[f"{RESETS}/completions"] = (204, None)
    page.get_by_role("button", name="Simpan kata sandi").click()
    expect(page.locator("#done")).to_be_focused()
    sent = {**apis.sent(f"{RESETS}/completions")[-1], "captcha": ""}
    who = {"nik": "9901014101900001", "tanggal_lahir": "1990-01-01"}
    assert sent == {**who, "password": PASSWORD, "code": "123456", "captcha": ""}


def test_or_by_a_sheet_and_no_code_is_sent(page: Page, apis: Apis) -> None:
    _who(page)
    page.get_by_label("Lembar kode aktivasi").check()
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_label("Kode lembar").fill("ABCDE-12345")
    page.fill("#password", PASSWORD)
    page.fill("#password_again", PASSWORD)
    apis.answers[f"{RESETS}/completions"] = (204, None)
    page.get_by_role("button", name="Simpan kata sandi").click()
    expect(page.locator("#done")).to_be_focused()
    assert apis.bodies(RESETS) == []
    assert apis.sent(f"{RESETS}/completions")[0]["sheet"] == "ABCDE-12345"


def test_an_account_of_somebody_else_is_taken_back_with_the_sheet(page: Page, apis: Apis) -> None:
    page.goto("/akun/nik-digunakan/#kode=ABCDE-12345")
    expect(page.locator("#sheet")).to_have_value("ABCDE-12345")
    who = {"nik": "9901014101900001", "nomor_kk": "9901010101150001", "nama": "Siti Contoh", "tempat_lahir": "Contoh"}
    typed = {**who, "email": "siti@contoh.id", "password": PASSWORD, "password_again": PASSWORD}
    for field, value in typed.items():
        page.fill(f"#{field}", value)
    for part, digits in (("hari", "1"), ("bulan", "1"), ("tahun", "1990")):
        page.fill(f"#tanggal_lahir-{part}", digits)
    wrong = {"field": "sheet", "code": "wrong-sheet", "message": "Kode lembar ini tidak dapat dipakai."}
    apis.answers["POST registration/reclaims"] = (422, problem("invalid-fields", 422, fields=[wrong]))
    page.get_by_role("button", name="Ambil kembali akun").click()
    expect(page.locator("#sheet")).to_have_attribute("aria-invalid", "true")
    apis.answers["POST registration/reclaims"] = (200, {"way": "AT_ONCE"})
    page.get_by_role("button", name="Ambil kembali akun").click()
    expect(page.locator("#done")).to_be_focused()
    expect(page.locator("[data-way=AT_ONCE]")).to_be_visible()
    expect(page.locator("[data-way=LOGIN_ONLY]")).to_be_hidden()
    sent = {**apis.sent("POST registration/reclaims")[-1], "captcha": ""}
    own = {"email": "siti@contoh.id", "password": PASSWORD, "sheet": "ABCDE-12345", "captcha": ""}
    assert sent == {**who, "tanggal_lahir": "1990-01-01", **own}


CONTACT = {"hp": None, "email": "rina@contoh.id", "verified": ["email"], "email_bounced": True, "sms": False}
SIGN_INS = [
    {"name": name, "began": "2022-09-01T09:00:00+07:00", "last_used": "2022-09-01T09:30:00+07:00",
     "browser": "Chrome · Android", "this": name == "f1"}
    for name in ("f1", "f2")
]  # fmt: skip


@pytest.fixture
def own(page: Page, apis: Apis) -> Page:
    """The page of one's own account."""
    apis.answers |= {
        "GET registration/me": (200, ME),
        "GET registration/me/contact": (200, CONTACT),
        "GET registration/me/sign-ins": (200, {"items": SIGN_INS}),
    }
    page.goto("/pendataan/akun/")
    expect(page.locator("#account")).to_be_visible()
    return page


def test_a_new_address_is_verified_and_kept(own: Page, apis: Apis) -> None:
    expect(own.get_by_text("Surat ke email ini dikembalikan")).to_be_visible()
    apis.answers["POST registration/me/contact"] = (202, {"again_after": 60})
    own.fill("#new_email", "baru@contoh.id")
    own.fill("#contact_current", PASSWORD)
    own.get_by_role("button", name="Kirim kode ke email baru").click()
    expect(own.locator("#contact_code")).to_be_focused()
    apis.answers["POST registration/me/contact/confirmation"] = (200, {"v": 2})
    own.fill("#contact_code", "123456")
    own.get_by_role("button", name="Simpan email baru").click()
    expect(own.locator("#saved")).to_contain_text("Email diganti.")
    assert apis.sent("POST registration/me/contact") == [{"email": "baru@contoh.id", "current": PASSWORD}]
    assert apis.sent("POST registration/me/contact/confirmation") == [{"email": "baru@contoh.id", "code": "123456"}]


def test_the_password_is_changed_and_another_sign_in_ended(own: Page, apis: Apis) -> None:
    refused = {"field": "current", "code": "wrong-password", "message": "Kata sandi yang sekarang salah."}
    apis.answers["POST registration/me/password"] = (422, problem("invalid-fields", 422, fields=[refused]))
    for field, value in (("password_current", "x"), ("password", PASSWORD), ("password_again", PASSWORD)):
        own.fill(f"#{field}", value)
    own.get_by_role("button", name="Ganti kata sandi").click()
    expect(own.locator("#password_current")).to_have_attribute("aria-invalid", "true")
    apis.answers["POST registration/me/password"] = (200, {"role": "honorer", "name": "R", "institution": None})
    own.get_by_role("button", name="Ganti kata sandi").click()
    expect(own.locator("#saved")).to_contain_text("Kata sandi diganti.")
    apis.answers["DELETE registration/me/sign-ins/f2"] = (204, None)
    own.locator("[data-end]:visible").click()
    own.locator("dialog[open]").get_by_role("button", name="Ya", exact=True).click()
    expect(own.locator("#saved")).to_contain_text("Sesi itu diakhiri.")


def test_who_wants_his_account_stands_on_his_page_and_he_refuses(page: Page, apis: Apis, own: Page) -> None:
    expect(page.locator("#refuse-reclaim")).to_be_hidden()
    claim = {"step": "OWNER", "until": "2022-09-04T09:00:00+07:00"}
    apis.answers["GET registration/me/contact"] = (200, {**CONTACT, "claim": claim})
    own.reload()
    expect(page.locator("#refuse-reclaim")).to_be_visible()
    apis.answers["POST registration/me/reclaim/refusal"] = (200, {"step": "STAFF", "until": None})
    apis.answers["GET registration/me/contact"] = (200, {**CONTACT, "claim": {"step": "STAFF", "until": None}})
    page.get_by_role("button", name="Ini akun saya").click()
    expect(page.locator("#saved")).to_contain_text("Dua petugas")
    expect(page.locator("#refuse-reclaim")).to_be_hidden()
    expect(page.get_by_text("Dua petugas instansi memutuskannya. Bila bukan Anda")).to_be_visible()
