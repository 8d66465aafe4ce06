"""Without a mouse: skip link, visible focus, everything reachable, no trap. And one form without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import looking
from tests.browser.looking import PHONE, Eyes
from tests.support.office import Office
from tests.support.portal import Portal

_REACHABLE = """() => {
    const wanted = 'a[href], button, input, select, textarea, summary';
    const radios = new Set();
    const list = [...document.querySelectorAll(wanted)].filter(each => {
        if (each.disabled || each.type === 'hidden' || !each.checkVisibility({visibilityProperty: true})) return false;
        if (each.type !== 'radio') return true;
        return !radios.has(each.name) && radios.add(each.name);
    });
    list.forEach((each, i) => {
        const group = each.type === 'radio' ? document.getElementsByName(each.name) : [each];
        for (const one of group) one.dataset.stop = i;
    });
    window.looksOf = (each) => JSON.stringify([each, each.nextElementSibling].filter(Boolean).flatMap(
        one => ['', '::before', '::after'].map(part => {
            const look = getComputedStyle(one, part);
            return [look.outline, look.boxShadow, look.backgroundColor, look.border];
        })));
    window.atRest = list.map(looksOf);
    return list.map(each => each.outerHTML.slice(0, 120));
}"""
"""Numbers what a keyboard must reach, in the order of the page; a group of radio buttons is one stop."""

_FOCUSED = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    const stop = here.dataset.stop === undefined ? null : Number(here.dataset.stop);
    const box = here.getBoundingClientRect();
    return {stop, marked: stop !== null && looksOf(here) !== atRest[stop], html: here.outerHTML.slice(0, 120),
            inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth};
}"""

_HELD = "() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
"""Whether the focus is in the question, or in the browser's own bars."""


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("", "/"),
        ("", "/akun/"),
        ("", "/masuk/"),
        ("", "/instansi/masuk/"),
        ("", "/usulan/"),
        ("operator", "/instansi/impor/"),
        ("operator", "/instansi/orang/tambah/"),
        ("admin", "/instansi/finalisasi/"),
        ("admin", "/instansi/pengguna/"),
        ("admin", "/instansi/akun/"),
        ("bkn", "/bkn/kalender/"),
    ],
)
def test_tab_reaches_everything_in_order_and_shows_where_it_is(
    phone: Eyes, office: Office, role: str, path: str
) -> None:
    if role:
        phone.enter(office.login(role))
    phone.open(path)
    phone.settled()
    wanted: list[str] = phone.page.evaluate(_REACHABLE)
    assert len(wanted) > 10
    reached: list[int] = []
    for _ in range(len(wanted) + 5):
        phone.page.keyboard.press("Tab")
        here: dict[str, Any] | None = phone.page.evaluate(_FOCUSED)
        if here is None or (here["stop"] == 0 and reached):
            break
        assert here["stop"] is not None, f"a stop for no reason: {here['html']}"
        assert here["marked"], f"no visible focus: {here['html']}"
        assert here["inView"], f"the focus is out of sight: {here['html']}"
        reached.append(here["stop"])
    once = list(dict.fromkeys(reached))
    missed = [wanted[number] for number in set(range(len(wanted))) - set(once)]
    assert not missed
    assert once == sorted(once)


def test_the_skip_link_leads_past_the_menu(phone: Eyes) -> None:
    phone.open("/akun/")
    phone.page.keyboard.press("Tab")
    skip = phone.page.get_by_role("link", name="Lewati ke isi utama")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("#main-content")).to_be_focused()
    phone.page.keyboard.press("Tab")
    assert phone.page.evaluate("() => document.querySelector('main, .page').contains(document.activeElement)")


def test_signing_in_needs_no_mouse(desk: Eyes, office: Office) -> None:
    desk.open("/instansi/masuk/")
    desk.settled()
    desk.page.get_by_label("NIP atau NIK").focus()
    desk.page.keyboard.type(office.login("operator"))
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.type("contoh-sandi-demo-2022")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#code-title")).to_be_focused()
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.type(desk.code(office.login("operator")))
    desk.page.keyboard.press("Enter")
    desk.at("/instansi/")
    expect(desk.page.locator("#who")).to_contain_text("Operator")


def test_a_question_takes_the_focus_and_gives_it_back(desk: Eyes, office: Office) -> None:
    desk.enter(office.login("operator"))
    desk.open("/instansi/orang/")
    office.enlist([office.person(1)])
    desk.enter(office.login("admin"))
    desk.open("/instansi/finalisasi/")
    ask = desk.page.get_by_role("button", name="Lakukan prafinalisasi")
    ask.focus()
    desk.page.keyboard.press("Enter")
    question = desk.page.locator("dialog[open]")
    expect(question).to_be_visible()
    for _ in range(4):
        assert desk.page.evaluate(
            "() => document.activeElement.closest('dialog') !== null || document.body === document.activeElement"
        )
        desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(ask).to_be_focused()
    expect(desk.page.locator("#round")).to_contain_text("Penginputan")


def test_an_usulan_needs_no_script(browser: Browser, portal: Portal, office: Office) -> None:
    with looking(browser, portal, PHONE, script=False) as phone:
        phone.open("/usulan/")
        person = office.person(91)
        year, month, day = person["tanggal_lahir"].split("-")
        fields = {
            "institution": office.code,
            "nik": person["nik"],
            "tanggal_lahir-hari": day,
            "tanggal_lahir-bulan": month,
            "tanggal_lahir-tahun": year,
            "sejak-hari": "4",
            "sejak-bulan": "3",
            "sejak-tahun": "2019",
            "nama": "Contoh Tanpa Skrip",
            "unit_kerja": "Dinas Contoh",
            "jabatan": "Tenaga Administrasi",
            "alasan": "Bekerja sejak 2019, ada SK.",
            "email": "contoh@contoh.example",
        }
        phone.press("Kirim usulan")
        phone.page.wait_for_url("**/laporan/gagal/#invalid-fields")
        phone.sees("Ada isian yang kosong atau keliru")
        phone.page.go_back()
        for name, value in fields.items():
            phone.page.locator(f"[name={name}]").fill(value)
        phone.press("Kirim usulan")
        phone.sees("Laporan Anda sudah diterima")
        phone.sees("kodenya hanya ditampilkan satu kali")
    path = f"/api/announcements/institutions/{office.code}/cases"
    (listed,) = office.stage.staff("operator").get(path)["items"]
    case = office.stage.staff("operator").get(f"{path}/{listed['number']}")
    assert case["said"]["nama"] == "Contoh Tanpa Skrip"
