"""The page of users: what each role may do with whom, one deed under one key, and what stands on paper once."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.axe import find_violations
from tests.web.browser import Apis, problem

OFFICE, NATIONAL = "registration/institutions/9901", "registration/institutions/nasional"
AT = "2022-10-22T15:30:00+07:00"
SVG = '<svg width="29" height="29"><path stroke="#000" d="M4 4.5h7"/></svg>'


def user(role: str, state: str = "AKTIF", **changes: Any) -> dict[str, Any]:
    return {
        "id": role, "login_masked": "1900************05", "name": f"Si {role}", "role": role, "units": [],
        "state": state, "position": "", "until": None, "invited_by": [], "v": 4, **changes,
    }  # fmt: skip


def invitation(state: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": "i1", "institution": "9901", "kind": "UNDANGAN", "state": state, "expired": False, "role": "operator",
        "name": "Sari", "login_masked": "1900************05", "email": "sari@contoh.id", "units": [], "position": "",
        "until": None, "reason": None, "by": "Si admin", "approved_by": None, "at": AT, "expires_at": AT,
        "may_handle": True, "may_decide": False, "v": 7, **changes,
    }  # fmt: skip


ROLES = ("admin", "operator", "verifikator", "helpdesk", "ppk")


def open_users(page: Page, apis: Apis, role: str, *invitations: dict[str, Any], code: str = "9901") -> None:
    """The page as somebody of this role sees it, with one user of each role."""
    institution = None if role == "bkn" else {"code": "9901", "name": "Contoh"}
    apis.answers["GET registration/me"] = (
        200, {"role": role, "id": role, "name": "Saya", "institution": institution, "units": []}
    )  # fmt: skip
    roles = ("bkn", "auditor") if code == "nasional" else ROLES
    apis.answers[f"GET registration/institutions/{code}/users"] = (200, {"items": [user(each) for each in roles]})
    apis.answers[f"GET registration/institutions/{code}/invitations"] = (200, {"items": list(invitations)})
    apis.answers["GET finalization/institutions/9901"] = (200, {"code": "9901", "name": "Kabupaten Contoh"})
    page.goto("/instansi/pengguna/" + ("" if institution else f"?kode={code}"))
    expect(page.locator("[data-rows=items] tr")).to_have_count(len(roles))


def parts(page: Page, role: str) -> set[str]:
    """What may be done with the account of somebody of this role."""
    button = page.get_by_role("button", name=f"Kelola Si {role}")
    if not button.is_visible():
        return set()
    button.click()
    expect(page.locator("#manage-title")).to_be_focused()
    return {each.get_attribute("data-part") or "" for each in page.locator("[data-part]:visible").all()}


def card(page: Page) -> Locator:
    return page.locator("[data-rows=open] li")


def acts(page: Page) -> set[str]:
    return {each.get_attribute("data-act") or "" for each in card(page).locator("button:visible").all()}


ALL = {"change", "nik", "recovery", "disable"}


@pytest.mark.parametrize(
    ("reader", "code", "may"),
    [
        ("admin", "9901", {"operator": ALL, "helpdesk": ALL, "ppk": {"recovery"}, "admin": set()}),
        ("helpdesk", "9901", {"operator": {"recovery"}, "admin": {"recovery"}, "helpdesk": set()}),
        ("bkn", "9901", {"operator": ALL, "admin": ALL, "ppk": ALL}),
        ("bkn", "nasional", {"auditor": {"recovery", "disable"}, "bkn": set()}),
    ],
)
def test_who_may_do_what_with_whom(page: Page, apis: Apis, reader: str, code: str, may: dict[str, set[str]]) -> None:
    open_users(page, apis, reader, code=code)
    assert {role: parts(page, role) for role in may} == may
    assert find_violations(page) == []


@pytest.mark.parametrize(
    ("reader", "code", "roles"),
    [
        ("admin", "9901", ["Operator", "Verifikator", "Helpdesk", "PPK"]),
        ("bkn", "9901", ["Operator", "Verifikator", "Helpdesk", "Admin instansi", "PPK"]),
        ("bkn", "nasional", ["BKN", "Auditor"]),
        ("helpdesk", "9901", []),
    ],
)
def test_who_may_invite_whom(page: Page, apis: Apis, reader: str, code: str, roles: list[str]) -> None:
    open_users(page, apis, reader, code=code)
    assert page.locator("#form [data-field=role] label:visible").all_inner_texts() == roles


def test_the_form_asks_for_what_the_role_needs(page: Page, apis: Apis) -> None:
    apis.answers[f"POST {OFFICE}/invitations"] = (201, {**invitation("MENUNGGU_PERSETUJUAN"), "address": None})
    open_users(page, apis, "admin")
    page.check("[name=role][value=operator]")
    expect(page.locator("#units")).to_be_visible()
    expect(page.locator("#position")).to_be_hidden()
    page.fill("#units", " Dinas A \n\nDinas B")
    page.check("[name=role][value=ppk]")
    expect(page.locator("#units")).to_be_hidden()
    expect(page.locator("[name=delivery]").first).to_be_hidden()
    for name, words in {"login": "190001011920011007", "name": "Sari", "email": "sari@contoh.id"}.items():
        page.fill(f"#form [name={name}]", words)
    page.get_by_role("button", name="Undang", exact=True).click()
    expect(page.locator("#position-error")).to_be_visible()
    page.fill("#position", "Pj. Bupati")
    page.get_by_role("button", name="Undang", exact=True).click()
    expect(page.locator("#saved")).to_contain_text("keluar sesudah disetujui petugas BKN")
    (sent,) = apis.sent(f"POST {OFFICE}/invitations")
    assert sent == {
        "role": "ppk", "login": "190001011920011007", "name": "Sari", "email": "sari@contoh.id",
        "position": "Pj. Bupati", "units": [],
    }  # fmt: skip


def test_an_invitation_stands_on_paper_once(page: Page, apis: Apis) -> None:
    path = f"{OFFICE}/invitations/i1/sending"
    sent = {**invitation("TERKIRIM"), "address": "/instansi/undangan/#i1.rahasia", "qr": SVG}
    apis.answers[f"POST {path}"] = (200, sent)
    open_users(page, apis, "admin", invitation("TERKIRIM"))
    assert acts(page) == {"again", "print", "withdraw"}
    card(page).get_by_role("button", name="Cetak lagi untuk Sari").click()
    expect(page.locator("#printed-title")).to_be_focused()
    expect(page.locator("#printed")).to_contain_text("/instansi/undangan/#i1.rahasia")
    page.emulate_media(media="print")
    expect(page.locator("#items")).to_be_hidden()
    expect(page.locator("#printed")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Tutup").first.click()
    apis.answers[f"POST {path}"] = (200, {**sent, "address": None, "qr": None})
    card(page).get_by_role("button", name="Cetak lagi untuk Sari").click()
    expect(page.locator("#saved")).to_contain_text("alamatnya tidak sampai ke layar ini")
    expect(page.locator("#printed")).to_be_hidden()
    assert apis.sent(f"POST {path}", 2) == [{"v": 7, "delivery": "CETAK"}] * 2
    assert len(set(apis.keys)) == 2


@pytest.mark.parametrize(
    ("act", "call", "told"),
    [
        ("Konfirmasi", f"POST {OFFICE}/invitations/i1/confirmation", "Akun Sari sudah dapat dipakai."),
        ("Tarik", f"DELETE {OFFICE}/invitations/i1", "Undangan untuk Sari sudah ditarik."),
    ],
)
def test_what_cannot_be_undone_is_asked_first(page: Page, apis: Apis, act: str, call: str, told: str) -> None:
    apis.answers[call] = (200, invitation("SELESAI"))
    open_users(page, apis, "admin", invitation("DITERIMA"))
    button = card(page).get_by_role("button", name=f"{act} untuk Sari")
    button.click()
    page.keyboard.press("Escape")
    assert apis.bodies(call) == []
    page.wait_for_timeout(600)
    button.click()
    page.locator("dialog[open]").get_by_role("button", name="Ya").click()
    expect(page.locator("#saved")).to_be_focused()
    expect(page.locator("#saved")).to_have_text(told)
    assert apis.sent(call) == [{"v": 7}]


def test_a_lost_answer_is_asked_for_again_under_its_key(page: Page, apis: Apis) -> None:
    call = f"POST {OFFICE}/invitations/i1/sending"
    apis.answers[call] = (0, None)
    open_users(page, apis, "admin", invitation("TERKIRIM"))
    again = card(page).get_by_role("button", name="Kirim lagi lewat email")
    again.click()
    expect(page.locator("#errors")).to_contain_text("Sambungan terputus")
    apis.answers[call] = (200, {**invitation("TERKIRIM"), "address": None})
    again.click()
    expect(page.locator("#saved")).to_contain_text("dikirim ke emailnya")
    assert apis.keys[0] == apis.keys[1]


def test_who_was_slower_decides_on_what_stands_now(page: Page, apis: Apis) -> None:
    call = f"POST {OFFICE}/users/operator/disablement"
    apis.answers[call] = (409, problem("version-moved", 409))
    open_users(page, apis, "admin")
    parts(page, "operator")
    page.locator("[data-part=disable] summary").click()
    page.fill("#disable_reason", "Pindah.")
    apis.answers[f"GET {OFFICE}/users"] = (200, {"items": [user("operator", v=5)]})
    _disable(page)
    expect(page.locator("#errors")).to_contain_text("Rincian version-moved.")
    apis.answers[call] = (200, user("operator", "NONAKTIF", v=6))
    page.wait_for_timeout(600)  # the question is deaf to the second half of a double tap
    _disable(page)
    expect(page.locator("#saved")).to_contain_text("Akun Si operator dinonaktifkan.")
    bodies = apis.sent(call)
    assert [body["v"] for body in bodies] == [4, 5]
    assert {body["reason"] for body in bodies} == {"Pindah."}


def _disable(page: Page) -> None:
    page.get_by_role("button", name="Nonaktifkan", exact=True).click()
    page.locator("dialog[open]").get_by_role("button", name="Ya").click()


@pytest.mark.parametrize(
    ("state", "role", "kind", "may"),
    [
        ("TERKIRIM", "helpdesk", "PEMULIHAN", {"again", "withdraw"}),
        ("DITERIMA", "helpdesk", "UNDANGAN", {"withdraw"}),
        ("MENUNGGU_PERSETUJUAN", "admin", "PEMULIHAN", {"withdraw"}),
    ],
)
def test_what_may_be_done_with_an_invitation(
    page: Page, apis: Apis, state: str, role: str, kind: str, may: set[str]
) -> None:
    open_users(page, apis, role, invitation(state, kind=kind))
    assert acts(page) == may


def test_bkn_finds_what_waits_in_every_institution(page: Page, apis: Apis) -> None:
    open_users(page, apis, "bkn")
    waits = invitation("MENUNGGU_PERSETUJUAN", role="ppk", may_decide=True, may_handle=False)
    own = invitation("MENUNGGU_PERSETUJUAN", id="i2", name="Budi", role="auditor", institution="nasional")
    apis.answers["GET registration/invitations"] = (200, {"items": [waits, own]})
    call = f"POST {OFFICE}/invitations/i1/decision"
    apis.answers[call] = (200, {**waits, "state": "DITOLAK", "address": None})
    page.goto("/bkn/persetujuan/")
    expect(card(page).first).to_contain_text("9901 Kabupaten Contoh")
    expect(card(page).last).to_contain_text("Menunggu petugas kedua")
    card(page).first.get_by_role("button", name=re.compile("^Setujui atau tolak")).click()
    expect(page.locator("#decide-title")).to_be_focused()
    assert find_violations(page) == []
    page.check("[name=approved][value=false]")
    save = page.get_by_role("button", name="Simpan keputusan")
    save.click()
    expect(page.locator("#decide_reason-error")).to_be_visible()
    page.fill("#decide_reason", "Bukan pejabatnya.")
    save.click()
    page.locator("dialog[open]").get_by_role("button", name="Ya").click()
    expect(page.locator("#saved")).to_contain_text("Ditolak.")
    assert apis.sent(call) == [{"v": 7, "approved": False, "reason": "Bukan pejabatnya."}]
