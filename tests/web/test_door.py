"""The door of staff: two steps, what is said when one fails, and that staff are led there and nobody else."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import ME, Answer, Apis, Request, challenge, problem

PASSWORD, CODE = "registration/staff-sessions", "registration/staff-sessions/second-factor"
NIP = "190001011920011007"


@pytest.fixture
def door(page: Page, apis: Apis) -> Page:
    """The first step filled in, with a password that is right."""
    apis.answers[f"POST {PASSWORD}"] = (202, None)
    page.goto("/instansi/masuk/")
    page.fill("#login", NIP)
    page.fill("#password", "sandi")
    return page


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.locator("#code-title")).to_be_focused()


def enter(page: Page, code: str = "123456") -> None:
    page.fill("#code", code)
    page.get_by_role("button", name="Masuk", exact=True).click()


@pytest.mark.parametrize(
    ("role", "wanted", "place"),
    [
        ("operator", "", "/instansi/"),
        ("ppk", "/instansi/sptjm/", "/instansi/sptjm/"),
        ("operator", "/bkn/", "/instansi/"),
        ("bkn", "", "/bkn/"),
        ("auditor", "/instansi/orang/?kode=9901", "/instansi/orang/?kode=9901"),
        ("bkn", "//example.com/bkn/", "/bkn/"),
        ("admin", "/en/instansi/pengguna/", "/en/instansi/pengguna/"),
    ],
)
def test_staff_go_where_their_role_works(page: Page, apis: Apis, role: str, wanted: str, place: str) -> None:
    apis.answers |= {f"POST {PASSWORD}": (202, None), f"POST {CODE}": (200, {"role": role})}
    page.goto(f"/instansi/masuk/?lanjut={wanted}")
    page.fill("#login", NIP)
    page.fill("#password", "sandi")
    go_on(page)
    assert find_violations(page) == []
    enter(page)
    page.wait_for_url(lambda url: url.endswith(place) and "/masuk/" not in url)
    assert apis.sent(f"POST {PASSWORD}") == [{"login": NIP, "password": "sandi"}]
    assert apis.sent(f"POST {CODE}") == [{"code": "123456"}]


def test_a_wrong_code_is_said_and_another_is_heard(door: Page, apis: Apis) -> None:
    apis.answers[f"POST {CODE}"] = (401, problem("wrong-code", 401))
    go_on(door)
    enter(door)
    expect(door.locator("#errors")).to_contain_text("Rincian wrong-code.")
    apis.answers[f"POST {CODE}"] = (200, {"role": "operator"})
    enter(door, "ABCDE-12345")
    door.wait_for_url("**/instansi/")


def test_who_is_not_confirmed_is_told(door: Page, apis: Apis) -> None:
    apis.answers[f"POST {CODE}"] = (403, problem("not-confirmed", 403))
    go_on(door)
    enter(door)
    expect(door.locator("#errors")).to_contain_text("Rincian not-confirmed.")


def test_after_five_minutes_it_begins_anew_with_the_number_kept(door: Page, apis: Apis) -> None:
    apis.answers[f"POST {CODE}"] = (401, problem("unauthenticated", 401))
    go_on(door)
    enter(door)
    expect(door.locator("#errors")).to_contain_text("Waktu 5 menit untuk mengisi kode sudah habis")
    expect(door.locator("#login")).to_have_value(NIP)
    expect(door.locator("#password")).to_have_value("")
    expect(door.locator("#second")).to_be_hidden()
    expect(door.locator("#code")).to_have_value("")


def test_another_number_may_be_taken_in_the_second_step(door: Page) -> None:
    go_on(door)
    door.get_by_role("button", name="Ganti nomor atau kata sandi").click()
    expect(door.locator("#login")).to_be_focused()


def test_both_steps_solve_what_the_service_asks_for(page: Page, apis: Apis) -> None:
    def dear(answer: Answer, effort: int) -> object:
        def asked(request: Request) -> Answer:
            proven = json.loads(request.post_data or "").get("captcha")
            return answer if proven else (403, problem("captcha-required", 403, effort=effort))

        return asked

    apis.answers |= {f"POST {PASSWORD}": dear((202, None), 1), f"POST {CODE}": dear((200, {"role": "bkn"}), 4)}  # type: ignore[dict-item]
    apis.answers["GET registration/captcha"] = challenge
    page.goto("/instansi/masuk/")
    expect(page.locator("[data-captcha]")).to_be_hidden()
    page.fill("#login", NIP)
    page.fill("#password", "sandi")
    go_on(page)
    expect(page.locator("[data-captcha]")).to_be_hidden()
    enter(page)
    page.wait_for_url("**/bkn/")
    assert [set(body) for body in apis.sent(f"POST {CODE}", 2)] == [{"code"}, {"code", "captcha"}]


def test_the_two_doors_lead_to_each_other(page: Page, apis: Apis) -> None:
    page.goto("/masuk/")
    page.get_by_role("main").get_by_role("link", name="masuk di sini").click()
    page.wait_for_url("**/instansi/masuk/")
    page.get_by_role("main").get_by_role("link", name="masuk di sini").click()
    page.wait_for_url(lambda url: url.endswith("/masuk/") and "/instansi/" not in url)
    assert apis.bodies(f"POST {PASSWORD}") == []


@pytest.mark.parametrize("path", ["/instansi/orang/?state=DRAF", "/bkn/", "/instansi/akun/"])
def test_staff_without_a_session_come_to_their_own_door(page: Page, apis: Apis, path: str) -> None:
    apis.answers["GET registration/me"] = (401, problem("unauthenticated", 401))
    apis.answers["POST registration/sessions/refresh"] = (401, problem("unauthenticated", 401))
    page.goto(path)
    page.wait_for_url("**/instansi/masuk/?lanjut=*")
    expect(page.locator("#begin")).to_be_visible()


def test_staff_sign_out_at_their_own_door(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "ppk", "name": "Petugas"})
    apis.answers["DELETE registration/sessions"] = (204, None)
    page.goto("/instansi/")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/instansi/masuk/")


def test_a_forgotten_password_is_answered_alike_for_everybody(page: Page, apis: Apis) -> None:
    apis.answers["POST registration/staff-password-resets"] = (202, None)
    page.goto("/instansi/lupa-sandi/")
    page.fill("#login", NIP)
    page.get_by_role("button", name="Kirim tautan").click()
    expect(page.locator("#sent")).to_be_focused()
    expect(page.locator("#sent")).to_contain_text("Bila nomor itu memiliki akun petugas yang aktif")
    (sent,) = apis.sent("POST registration/staff-password-resets")
    assert sent.pop("captcha")
    assert sent == {"login": NIP}


def test_the_mail_leads_to_a_new_password(page: Page, apis: Apis) -> None:
    path = "registration/staff-password-resets/completions"
    faults = [{"field": "code", "code": "wrong-code", "message": "Kode salah."}]
    answers = iter([(422, problem("invalid-fields", 422, fields=faults)), (204, None)])
    apis.answers[f"POST {path}"] = lambda _: next(answers)
    page.goto("/instansi/sandi-baru/#u1.rahasia")
    expect(page.locator("#open")).to_be_visible()
    assert "#" not in page.url
    page.fill("#password", "burung camar di dermaga")
    page.fill("#password_again", "burung camar di darmaga")
    page.fill("#code", "123456")
    save = page.get_by_role("button", name="Simpan kata sandi")
    save.click()
    expect(page.locator("#errors")).to_contain_text("Kedua kata sandi berbeda")
    page.fill("#password_again", "burung camar di dermaga")
    save.click()
    expect(page.locator("#code-error")).to_contain_text("Kode salah.")
    save.click()
    expect(page.locator("#done")).to_be_focused()
    body = {"token": "u1.rahasia", "password": "burung camar di dermaga", "code": "123456"}
    assert apis.sent(f"POST {path}", 2) == [body, body]


def test_a_mail_that_is_over_leads_to_another(page: Page, apis: Apis) -> None:
    apis.answers["POST registration/staff-password-resets/completions"] = (410, problem("invitation-over", 410))
    page.goto("/instansi/sandi-baru/#u1.rahasia")
    for name in ("password", "password_again"):
        page.fill(f"#{name}", "burung camar di dermaga")
    page.fill("#code", "123456")
    page.get_by_role("button", name="Simpan kata sandi").click()
    expect(page.locator("[data-problem=invitation-over]")).to_be_focused()
    page.reload()
    expect(page.locator("#missing")).to_be_visible()
