"""Sessions go on silently, end at the sign-in page, and never lead to another site."""

import json
import re

from playwright.sync_api import Page, expect

from tests.web.browser import ME, Answer, Apis, Request, challenge, problem


def test_a_session_that_ran_out_is_renewed_once_and_silently(page: Page, apis: Apis) -> None:
    renewed: list[bool] = []

    def me(_: Request) -> Answer:
        return (200, ME) if renewed else (401, problem("unauthenticated", 401))

    def refresh(_: Request) -> Answer:
        renewed.append(True)
        return 200, {"role": "honorer"}

    apis.answers.update({"GET registration/me": me, "POST registration/sessions/refresh": refresh})
    page.goto("/pendataan/")
    expect(page.locator("#status")).to_contain_text("Akun dibuat")
    assert renewed == [True]


def test_a_link_to_a_card_renews_an_old_session_first(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "state": "DIAJUKAN", "outcome": "SUBMITTED"})
    apis.answers["POST registration/sessions/refresh"] = (200, {"role": "honorer"})
    page.goto("/pendataan/selesai/")
    expect(page.locator("[data-text=nomor_registrasi]")).to_have_text("ABCDE12345")
    page.evaluate("() => localStorage.setItem('refreshed', String(Date.now() - 14 * 60000))")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Cetak Kartu Pendataan").click()
    assert opened.value.url.endswith("/api/registration/me/cards/pendataan")
    assert apis.asked[-1][0] == "POST registration/sessions/refresh"


def test_without_a_session_one_is_sent_to_sign_in_and_back(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (401, problem("unauthenticated", 401))
    apis.answers["POST registration/sessions/refresh"] = (401, problem("unauthenticated", 401))
    apis.answers["POST registration/sessions"] = (200, {"role": "honorer"})
    page.goto("/pendataan/riwayat/isi/?id=pertama")
    page.wait_for_url("**/masuk/?lanjut=*")
    expect(page.locator("#begin")).to_be_visible()
    expect(page.locator("#ended")).to_be_hidden()
    page.fill("#login", "9901014107900002")
    page.fill("#password", "sandi")
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/pendataan/riwayat/isi/?id=pertama")


def test_only_who_was_signed_in_is_told_that_it_ended(page: Page, apis: Apis) -> None:
    apis.answers["POST registration/sessions"] = (200, {"role": "honorer"})
    apis.answers["GET registration/me"] = (200, ME)
    apis.answers["DELETE registration/sessions"] = (204, None)
    page.goto("/masuk/")
    page.fill("#login", "9901014107900002")
    page.fill("#password", "sandi")
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/pendataan/")
    page.goto("/masuk/?lanjut=%2Fpendataan%2F")
    expect(page.locator("#ended")).to_be_visible()
    page.evaluate("() => localStorage.setItem('refreshed', String(Date.now() - 25 * 3600000))")
    page.reload()
    expect(page.locator("#begin")).to_be_visible()
    page.goto("/pendataan/")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/masuk/")
    page.goto("/masuk/?lanjut=%2Fpendataan%2F")
    expect(page.locator("#begin")).to_be_visible()


def test_signing_in_solves_what_the_service_asks_for_and_sends_again(page: Page, apis: Apis) -> None:
    fetched: list[str] = []

    def sessions(request: Request) -> Answer:
        proven = json.loads(request.post_data or "").get("captcha")
        return (200, {"role": "honorer"}) if proven else (403, problem("captcha-required", 403, effort=4))

    def dear_challenge(request: Request) -> Answer:
        fetched.append(request.url.partition("/api/")[2])
        return challenge(request)

    apis.answers |= {"POST registration/sessions": sessions, "GET registration/captcha": dear_challenge}
    page.goto("/masuk/")
    expect(page.locator("[data-captcha]")).to_be_hidden()
    page.fill("#login", "9901014107900002")
    page.fill("#password", "sandi")
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/pendataan/")
    first, second = apis.sent("POST registration/sessions", 2)
    assert second.pop("captcha")
    assert first == second == {"login": "9901014107900002", "password": "sandi"}
    assert fetched == ["registration/captcha?effort=4"]


def test_a_wrong_password_after_that_is_said_beside_the_check(page: Page, apis: Apis) -> None:
    answers = iter([(403, problem("captcha-required", 403, effort=1)), (401, problem("wrong-credentials", 401))])
    apis.answers["POST registration/sessions"] = lambda _: next(answers)
    page.goto("/masuk/")
    page.fill("#login", "9901014107900002")
    page.fill("#password", "sandi")
    page.get_by_role("button", name="Masuk").click()
    expect(page.locator("#errors")).to_contain_text("Rincian wrong-credentials.")
    expect(page.locator("[data-captcha-status]")).to_have_text("Pemeriksaan keamanan selesai.")
    expect(page.get_by_role("button", name="Masuk")).to_be_enabled()


def test_signing_in_goes_to_no_other_site(page: Page, apis: Apis) -> None:
    apis.answers["POST registration/sessions"] = (200, {"role": "honorer"})
    page.goto("/masuk/?lanjut=//example.com/pendataan/")
    page.fill("#login", "9901014107900002")
    page.fill("#password", "sandi")
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(re.compile(r"^http://127\.0\.0\.1:\d+/pendataan/$"))
