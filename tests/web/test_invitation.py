"""Accepting an invitation: the secret leaves the address, a lost answer loses nothing, every end says what next."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import Answer, Apis, Request, problem

OPENINGS, ACCEPTANCES = "registration/invitations/openings", "registration/invitations/acceptances"
NIP = "190001011920011007"
WORDS = "burung camar di dermaga"
OFFER: dict[str, Any] = {
    "kind": "UNDANGAN", "role": "verifikator", "name": "Sari Contoh", "units": ["Dinas Contoh"], "position": "",
    "institution": {"code": "9901", "name": "Kabupaten Contoh"}, "expires_at": "2022-10-22T16:15:00+07:00",
    "uri": "otpauth://totp/Pendataan?secret=ABCDEFGHIJKLMNOP&issuer=x", "key": "ABCDEFGHIJKLMNOP",
    "qr": '<svg width="29" height="29" class="segno"><path stroke="#000" d="M4 4.5h7"/></svg>',
}  # fmt: skip
CODES = [f"ABCDE-{number:05d}" for number in range(10)]


@pytest.fixture
def invited(page: Page, apis: Apis) -> Page:
    """The page behind the address of an invitation, in a browser in which nobody is signed in."""
    apis.answers["GET registration/me"] = (401, problem("unauthenticated", 401))
    apis.answers[f"POST {OPENINGS}"] = (200, OFFER)
    apis.answers[f"POST {ACCEPTANCES}"] = (201, {"confirmed": False, "recovery_codes": CODES})
    page.goto("/instansi/undangan/#i1.rahasia")
    return page


def opened(page: Page) -> Page:
    page.fill("#login", NIP)
    page.get_by_role("button", name="Buka undangan").click()
    return page


def accept(page: Page, code: str = "123456") -> None:
    for name in ("password", "password_again"):
        page.fill(f"#{name}", WORDS)
    page.fill("#code", code)
    page.get_by_role("button", name="Terima undangan").click()


def test_an_invitation_is_accepted(invited: Page, apis: Apis) -> None:
    expect(invited.locator("#login")).to_be_focused()
    assert "#" not in invited.url
    opened(invited)
    expect(invited.locator("#offer-title")).to_be_focused()
    for words in ("Sari Contoh", "Kabupaten Contoh", "Verifikator", "Dinas Contoh", "ABCD EFGH IJKL MNOP"):
        expect(invited.locator("#offer")).to_contain_text(words)
    expect(invited.locator("[data-uri]")).to_have_attribute("href", OFFER["uri"])
    assert invited.locator("[data-qr]").evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 29
    assert find_violations(invited) == []
    accept(invited)
    expect(invited.locator("#codes-title")).to_be_focused()
    expect(invited.locator("[data-rows=codes] li")).to_have_text(CODES)
    assert find_violations(invited) == []
    invited.get_by_label("sudah saya simpan").check()
    invited.get_by_role("button", name="Lanjutkan").click()
    expect(invited.locator("#done")).to_be_focused()
    expect(invited.locator("#done")).to_contain_text("yang mengundang Anda harus mengonfirmasi")
    expect(invited.locator("#no-codes")).to_be_hidden()
    expect(invited.locator("[data-rows=codes] li")).to_have_count(0)
    assert apis.sent(f"POST {OPENINGS}") == [{"token": "i1.rahasia", "login": NIP}]
    body = {"token": "i1.rahasia", "login": NIP, "password": WORDS, "code": "123456"}
    assert apis.sent(f"POST {ACCEPTANCES}") == [body]
    assert invited.evaluate("() => JSON.stringify([{...sessionStorage}, {...localStorage}])") == "[{},{}]"


def test_a_recovery_says_that_it_is_one(invited: Page, apis: Apis) -> None:
    apis.answers[f"POST {OPENINGS}"] = (200, {**OFFER, "kind": "PEMULIHAN", "role": "bkn", "institution": None})
    apis.answers[f"POST {ACCEPTANCES}"] = (201, {"confirmed": True, "recovery_codes": []})
    opened(invited)
    expect(invited.locator("#offer-title")).to_have_text("Pemulihan akun Anda")
    expect(invited.locator("#recover")).to_be_visible()
    for name in ("password", "password_again"):
        invited.fill(f"#{name}", WORDS)
    invited.fill("#code", "123456")
    invited.get_by_role("button", name="Pulihkan akun").click()
    expect(invited.locator("#done")).to_contain_text("Akun Anda sudah dapat dipakai.")
    expect(invited.locator("#no-codes")).to_be_visible()


def test_after_a_reload_the_address_is_opened_again(invited: Page) -> None:
    invited.reload()
    expect(invited.locator("#missing")).to_be_focused()
    expect(invited.locator("#open")).to_be_hidden()
    invited.goto("/instansi/undangan/#i1.rahasia")
    expect(invited.locator("#open")).to_be_visible()


def test_the_other_language_opens_the_same_invitation(invited: Page) -> None:
    expect(invited.locator("#open")).to_be_visible()
    invited.get_by_role("link", name="EN", exact=True).click()
    expect(invited.get_by_role("button", name="Open the invitation")).to_be_enabled()
    expect(invited.locator("#missing")).to_be_hidden()
    assert "#" not in invited.url


@pytest.mark.parametrize("where", [OPENINGS, ACCEPTANCES])
@pytest.mark.parametrize(("code", "status"), [("invitation-over", 410), ("account-exists", 409)])
def test_what_is_over_says_whom_to_ask(invited: Page, apis: Apis, where: str, code: str, status: int) -> None:
    """Used, withdrawn, older than 72 hours; also in a second tab, when the first one has accepted it."""
    apis.answers[f"POST {where}"] = (status, problem(code, status))
    opened(invited)
    if where == ACCEPTANCES:
        accept(invited)
    expect(invited.locator(f"[data-problem={code}]")).to_be_focused()
    expect(invited.locator("form:visible")).to_have_count(0)


@pytest.mark.parametrize("field", ["password", "code"])
def test_what_is_wrong_is_said_beside_it_and_may_be_put_right(invited: Page, apis: Apis, field: str) -> None:
    faults = [{"field": field, "code": "x", "message": "Belum benar."}]
    apis.answers[f"POST {ACCEPTANCES}"] = (422, problem("invalid-fields", 422, fields=faults))
    accept(opened(invited))
    expect(invited.locator(f"#{field}-error")).to_contain_text("Belum benar.")
    apis.answers[f"POST {ACCEPTANCES}"] = (201, {"confirmed": False, "recovery_codes": CODES})
    accept(invited, "654321")
    expect(invited.locator("#codes")).to_be_visible()
    assert len(set(apis.keys[1:])) == 2


def test_an_answer_that_was_lost_is_asked_for_again_as_it_was(invited: Page, apis: Apis) -> None:
    """It may have been accepted: another code under another key would find the invitation used."""
    apis.answers[f"POST {ACCEPTANCES}"] = (0, None)
    accept(opened(invited))
    expect(invited.locator("#errors")).to_contain_text("Sambungan terputus")
    apis.answers[f"POST {ACCEPTANCES}"] = (201, {"confirmed": False, "recovery_codes": []})
    accept(invited, "654321")
    expect(invited.locator("#no-codes")).to_be_visible()
    first, second = apis.sent(f"POST {ACCEPTANCES}", 2)
    assert first == second
    assert apis.keys[-1] == apis.keys[-2]


def test_an_attempt_that_never_arrived_gives_way_to_a_new_code(invited: Page, apis: Apis) -> None:
    apis.answers[f"POST {ACCEPTANCES}"] = (0, None)
    accept(opened(invited))
    expect(invited.locator("#errors")).to_contain_text("Sambungan terputus")

    def late(request: Request) -> Answer:
        fresh = json.loads(request.post_data or "")["code"] == "654321"
        faults = [{"field": "code", "code": "wrong-code", "message": "Kode salah."}]
        old = (422, problem("invalid-fields", 422, fields=faults))
        return (201, {"confirmed": False, "recovery_codes": CODES}) if fresh else old

    apis.answers[f"POST {ACCEPTANCES}"] = late
    accept(invited, "654321")
    expect(invited.locator("#codes")).to_be_visible()
    assert [body["code"] for body in apis.sent(f"POST {ACCEPTANCES}", 3)] == ["123456", "123456", "654321"]


def test_whoever_is_signed_in_here_signs_out_first(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {"role": "admin", "id": "u1", "name": "Admin Contoh"})

    def out(_: Request) -> Answer:
        apis.answers["GET registration/me"] = (401, problem("unauthenticated", 401))
        return 204, None

    apis.answers["DELETE registration/sessions"] = out
    page.goto("/instansi/undangan/#i1.rahasia")
    expect(page.locator("#other")).to_be_focused()
    expect(page.locator("#other")).to_contain_text("Admin Contoh")
    expect(page.locator("#open")).to_be_hidden()
    page.get_by_role("button", name="Keluar, lalu lanjutkan").click()
    expect(page.locator("#open")).to_be_visible()
    apis.answers[f"POST {OPENINGS}"] = (200, OFFER)
    opened(page)
    assert apis.sent(f"POST {OPENINGS}") == [{"token": "i1.rahasia", "login": NIP}]
