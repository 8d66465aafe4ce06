"""The steps of making an account tell in time what is wrong, what was typed, and how long there still is."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.registration.accounts import passwords
from tests.web.browser import Apis, calendar_at, hear_the_clock, problem
from tests.web.test_account import ENROLMENT, KEEPS, PASSWORD

UNTIL = datetime.fromisoformat(ENROLMENT["expires_at"])


@pytest.fixture
def step(page: Page, apis: Apis) -> Page:
    """Step 2 with nothing typed."""
    apis.answers |= {"GET registration/enrolment": (200, ENROLMENT), **KEEPS}
    page.goto("/akun/lengkapi/")
    expect(page.locator("#complete [data-submit]")).to_be_enabled()
    return page


def test_what_was_typed_is_checked_and_changed_and_one_comes_forward_again(step: Page, apis: Apis) -> None:
    step.fill("#password", PASSWORD)
    expect(step.locator("#hp")).to_have_value("+6281234567890")
    step.get_by_role("button", name="Lanjutkan").click()
    review = step.locator("#review")
    expect(review).to_contain_text("rina@contoh.example")
    expect(review).to_contain_text("Sudah diisi")
    expect(review).not_to_contain_text("•")
    expect(review.get_by_role("link", name="Buka berkas KTP")).to_have_attribute(
        "href", "/api/documents/files/p1.KTP.1/link"
    )
    step.get_by_role("link", name="Ubah Alamat email").click()
    expect(step.locator("#email")).to_be_focused()
    changed = {"hp": "+6281234567890", "email": "baru@contoh.example"}
    apis.answers["PATCH registration/enrolment"] = (200, changed)
    step.fill("#email", changed["email"])
    step.get_by_role("button", name="Lanjutkan").click()
    expect(review).to_contain_text("baru@contoh.example")
    assert apis.sent("PATCH registration/enrolment")[-1] == {**changed, "password": PASSWORD}
    step.get_by_role("link", name="Ubah KTP").click()
    expect(step.locator("#berkas-KTP")).to_be_focused()
    expect(step.locator("#password")).to_have_value(PASSWORD)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc", "Kurang 9 karakter lagi"),
        ("a" * (passwords.MIN_LENGTH - 2) + "b", "Kurang 1 karakter lagi"),
        ("x" * (passwords.MAX_LENGTH - 1) + "yz", "Terlalu panjang"),
        ("Rina Contoh selalu", "tidak boleh memuat nama Anda"),
        ("abcabcabcabc", "terlalu mudah ditebak"),
    ],
)
def test_a_password_that_will_not_do_is_told_where_it_is_typed(step: Page, apis: Apis, typed: str, said: str) -> None:
    step.locator("#password").press_sequentially(typed, delay=0) if len(typed) < 30 else step.fill("#password", typed)
    expect(step.locator("#password-status")).to_contain_text(said)
    step.get_by_role("button", name="Lanjutkan").click()
    expect(step.locator(".govuk-error-summary")).to_contain_text(said)
    expect(step.locator("#password")).to_have_attribute("aria-invalid", "true")
    assert apis.bodies("PATCH registration/enrolment") == []


def test_what_only_the_service_knows_of_a_password_is_told_before_the_review(step: Page, apis: Apis) -> None:
    fault = {"field": "password", "code": "password-birth-date", "message": "Tidak boleh memuat tanggal lahir Anda."}
    apis.answers["PATCH registration/enrolment"] = (422, problem("invalid-fields", 422, fields=[fault]))
    step.fill("#password", "x" * passwords.MIN_LENGTH + "01011990")
    step.get_by_role("button", name="Lanjutkan").click()
    expect(step.locator("#complete .govuk-error-message")).to_contain_text("tanggal lahir")
    expect(step.locator("#review")).to_be_hidden()
    step.fill("#password", PASSWORD)
    expect(step.locator("#password-status")).to_have_text("Cukup panjang.")


def test_a_phone_shows_a_password_of_twelve(step: Page) -> None:
    box = step.locator("#password").bounding_box()
    assert box
    assert box["width"] > 280


def test_how_long_there_is_is_shown_and_said_when_it_is_short(page: Page, apis: Apis) -> None:
    page.clock.install(time=datetime.fromisoformat("2026-01-01T00:00:00+07:00"))  # a phone whose clock is wrong
    now = UNTIL - timedelta(minutes=11)

    def at(instant: datetime) -> dict[str, Any]:
        return {**ENROLMENT, "now": instant.isoformat()}

    apis.answers |= {
        "GET registration/enrolment": (200, at(now)),
        "GET finalization/calendar": calendar_at(now),
        **KEEPS,
    }
    page.goto("/akun/lengkapi/")
    left, alert = page.locator("#left [data-left]"), page.locator("#left [data-alert]")
    expect(left).to_have_text("Sisa waktu pembuatan akun: 11 menit, sampai 22 Oktober 2022 pukul 16.15 WIB.")
    expect(alert).to_be_empty()
    page.fill("#password", PASSWORD)
    hear_the_clock(page)
    apis.answers["GET finalization/calendar"] = (503, problem("try-again", 503))
    page.clock.run_for(60_000)
    expect(alert).to_have_text("Perhatian: sisa waktu pembuatan akun 10 menit.")
    page.clock.run_for(8 * 60_000)
    expect(alert).to_have_text("Perhatian: sisa waktu pembuatan akun 2 menit.")
    expect(page.locator("#complete")).to_be_visible()
    apis.answers["GET registration/enrolment"] = (200, at(UNTIL - timedelta(minutes=2)))
    page.get_by_role("button", name="Lanjutkan").click()
    page.get_by_role("button", name="Proses Pembuatan Akun").click()
    page.clock.run_for(2 * 60_000)
    expect(page.locator("#expired")).to_be_visible()
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(left).to_be_hidden()
    apis.answers["GET registration/enrolment"] = (
        200,
        {**at(UNTIL), "expires_at": (UNTIL + timedelta(hours=1)).isoformat()},
    )
    page.get_by_role("button", name="Lanjutkan di sini").click()
    expect(left).to_contain_text("60 menit")
    expect(page.locator("#review")).to_be_visible()
