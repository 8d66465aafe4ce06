"""Akun saya: each change asks again for what only its owner has, and says what has ended by it."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import Answer, Apis, Request, challenge, problem

AT = "2022-10-22T15:30:00+07:00"
PROFILE: dict[str, Any] = {
    "name": "Sari Contoh", "login_masked": "1900************05", "email": "sari@contoh.id", "role": "operator",
    "institution": {"code": "9901", "name": "Contoh"}, "units": [], "position": "", "until": None,
    "recovery_codes_left": 9, "signs_in_with_nik": False, "own_nik_declared": None,
}  # fmt: skip
SIGN_INS = [
    {"name": "f1", "began": AT, "last_used": AT, "browser": "Firefox, Windows", "this": True},
    {"name": "f2", "began": AT, "last_used": AT, "browser": "", "this": False},
]
PHONE = {
    "uri": "otpauth://totp/x?secret=ABCDEFGH", "key": "ABCDEFGH",
    "qr": '<svg width="29" height="29"><path stroke="#000" d="M4 4.5h7"/></svg>',
}  # fmt: skip
ME = "registration/me"
WORDS = "burung camar di dermaga"


def open_account(page: Page, apis: Apis, **changes: object) -> Page:
    me = {"role": "operator", "id": "u1", "name": "Sari Contoh", "institution": PROFILE["institution"], "units": []}
    apis.answers[f"GET {ME}"] = (200, me)
    apis.answers[f"GET {ME}/profile"] = (200, {**PROFILE, **changes})
    apis.answers[f"GET {ME}/sign-ins"] = (200, {"items": SIGN_INS})
    page.goto("/instansi/akun/")
    expect(page.locator("#account")).to_be_visible()
    return page


def unfold(page: Page, part: str) -> None:
    page.locator(f"#{part} summary").click()


@pytest.mark.parametrize("bounced", [False, True])
def test_whoever_mail_does_not_reach_is_asked_for_another_address(page: Page, apis: Apis, bounced: bool) -> None:
    open_account(page, apis, email_bounced=bounced)
    expect(page.get_by_text("Surat ke alamat email Anda dikembalikan.")).to_be_visible(visible=bounced)


def test_the_password_is_changed(page: Page, apis: Apis) -> None:
    faults = [{"field": "current", "code": "wrong-password", "message": "Salah."}]
    answers = iter([(422, problem("invalid-fields", 422, fields=faults)), (200, {"role": "operator"})])
    apis.answers[f"POST {ME}/password"] = lambda _: next(answers)
    open_account(page, apis)
    assert find_violations(page) == []
    unfold(page, "change-password")
    for name, words in {"password_current": "lama", "password": WORDS, "password_again": WORDS}.items():
        page.fill(f"#{name}", words)
    change = page.get_by_role("button", name="Ganti kata sandi")
    change.click()
    expect(page.locator("#password_current-error")).to_contain_text("Salah.")
    change.click()
    expect(page.locator("#saved")).to_be_focused()
    assert apis.sent(f"POST {ME}/password", 2) == [{"current": "lama", "password": WORDS}] * 2


def test_another_phone_takes_over_with_its_first_code(page: Page, apis: Apis) -> None:
    faults = [{"field": "code", "code": "wrong-code", "message": "Kode salah."}]
    answers = iter([(422, problem("invalid-fields", 422, fields=faults)), (200, {"role": "operator"})])
    apis.answers |= {f"POST {ME}/second-factor": (200, PHONE)}
    apis.answers[f"POST {ME}/second-factor/confirmation"] = lambda _: next(answers)
    open_account(page, apis)
    unfold(page, "change-phone")
    page.fill("#phone_current", "lama")
    page.fill("#phone_code", "123456")
    page.get_by_role("button", name="Mulai").click()
    expect(page.locator("#new-phone")).to_be_focused()
    expect(page.locator("[data-key]")).to_have_text("ABCD EFGH")
    assert find_violations(page) == []
    page.fill("#first_code", "654321")
    use = page.get_by_role("button", name="Pakai ponsel ini")
    use.click()
    expect(page.locator("#first_code-error")).to_contain_text("Kode salah.")
    use.click()
    expect(page.locator("#saved")).to_contain_text("Ponsel baru terdaftar.")
    assert apis.sent(f"POST {ME}/second-factor") == [{"current": "lama", "code": "123456"}]


def test_new_recovery_codes_are_shown_once(page: Page, apis: Apis) -> None:
    def codes(request: Request) -> Answer:
        proven = json.loads(request.post_data or "").get("captcha")
        made = {"recovery_codes": [f"ABCDE-{number:05d}" for number in range(10)]}
        return (200, made) if proven else (403, problem("captcha-required", 403, effort=1))

    apis.answers |= {f"POST {ME}/recovery-codes": codes, "GET registration/captcha": challenge}
    open_account(page, apis)
    expect(page.locator("[data-text=recovery_codes_left]")).to_have_text("9")
    unfold(page, "change-codes")
    page.fill("#recovery_code", "123456")
    page.get_by_role("button", name="Buat kode baru").click()
    expect(page.locator("#codes-title")).to_be_focused()
    expect(page.locator("[data-rows=codes] li")).to_have_count(10)
    page.get_by_label("sudah saya simpan").check()
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.locator("#saved")).to_contain_text("Kode pemulihan baru berlaku")
    expect(page.locator("[data-rows=codes] li")).to_have_count(0)


def test_another_address_is_shown_to_be_ones_own(page: Page, apis: Apis) -> None:
    apis.answers |= {f"POST {ME}/email": (202, None), f"POST {ME}/email/confirmation": (204, None)}
    open_account(page, apis)
    unfold(page, "change-email")
    page.fill("#new_email", "baru@contoh.id")
    page.fill("#email_code", "123456")
    page.get_by_role("button", name="Kirim kode").click()
    expect(page.locator("#mailed_code")).to_be_focused()
    expect(page.locator("#saved")).to_contain_text("dikirim ke baru@contoh.id")
    page.fill("#mailed_code", "654321")
    page.get_by_role("button", name="Simpan email baru").click()
    expect(page.locator("#saved")).to_have_text("Alamat email diganti.")
    assert apis.sent(f"POST {ME}/email") == [{"email": "baru@contoh.id", "code": "123456"}]
    assert apis.sent(f"POST {ME}/email/confirmation") == [{"code": "654321"}]


def test_another_sign_in_is_ended_and_this_one_is_marked(page: Page, apis: Apis) -> None:
    apis.answers[f"DELETE {ME}/sign-ins/f2"] = (204, None)
    open_account(page, apis)
    lines = page.locator("[data-rows=sign_ins] tr")
    expect(lines.first).to_contain_text("peramban ini")
    expect(lines.first.get_by_role("button")).to_be_hidden()
    lines.last.get_by_role("button", name="Akhiri sesi Peramban tidak dikenal").click()
    page.locator("dialog[open]").get_by_role("button", name="Ya").click()
    expect(page.locator("#saved")).to_have_text("Sesi itu diakhiri.")
    assert apis.sent(f"DELETE {ME}/sign-ins/f2") == [None]


@pytest.mark.parametrize(
    ("changes", "shown", "asks"),
    [
        ({}, None, True),
        ({"own_nik_declared": False}, "Anda menyatakan tidak didata", True),
        ({"own_nik_declared": True}, "Anda sudah menyebutkan NIK Anda", False),
        ({"signs_in_with_nik": True, "own_nik_declared": True}, "Anda masuk dengan NIK", False),
    ],
)
def test_what_is_known_of_ones_own_row(
    page: Page, apis: Apis, changes: dict[str, object], shown: str | None, asks: bool
) -> None:
    open_account(page, apis, **changes)
    said = page.locator("#own-nik > p:visible").all_inner_texts()
    assert [words for words in said if shown is None or shown not in words] == []
    assert len(said) == (shown is not None)
    assert page.locator("#nik-form").is_visible() == asks


@pytest.mark.parametrize("nik", ["9901014101900001", None])
def test_ones_own_nik_is_said_once(page: Page, apis: Apis, nik: str | None) -> None:
    apis.answers[f"PUT {ME}/own-nik"] = (200, {"role": "operator"})
    open_account(page, apis)
    page.check(f"[name=listed][value={'true' if nik else 'false'}]")
    if nik:
        page.fill("#nik", nik)
    page.get_by_role("button", name="Simpan pernyataan").click()
    if nik:
        page.locator("dialog[open]").get_by_role("button", name="Ya").click()
    expect(page.locator("#saved")).to_have_text("Pernyataan Anda dicatat.")
    assert apis.sent(f"PUT {ME}/own-nik") == [{"nik": nik}]


def test_nobody_of_bkn_is_asked(page: Page, apis: Apis) -> None:
    open_account(page, apis, role="bkn", institution=None)
    expect(page.locator("#own-nik")).to_be_hidden()
