"""Somebody who is missing tells it, follows it by number and code, and takes it back; and asks without scripts."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.conftest import looking
from tests.browser.looking import PATIENCE, PHONE, Eyes
from tests.support.office import Office
from tests.support.portal import Portal


def test_a_missing_person_is_proposed_and_followed(phone: Eyes, office: Office) -> None:
    missing = office.person(20)
    page = phone.page
    phone.open(f"/usulan/?instansi={office.code}")
    phone.fill(nik=missing["nik"], nama=missing["nama"], unit_kerja="SDN 1", jabatan="Guru")
    phone.fill(alasan="Bekerja sejak 2015 dengan <b>SK</b> kepala sekolah.", email="pengusul@contoh.example")
    for name, parts in (("tanggal_lahir", ("1", "1", "1990")), ("sejak", ("1", "7", "2015"))):
        for part, value in zip(("hari", "bulan", "tahun"), parts, strict=True):
            page.fill(f"#{name}-{part}", value)
    phone.check_sizes("usulan")
    phone.press("Kirim usulan")
    phone.at("/laporan/")
    expect(page.locator("#keep-title")).to_be_focused(timeout=PATIENCE)
    number, code = page.locator("[data-text=number]").inner_text(), page.locator("[data-text=code]").inner_text()
    assert re.fullmatch(r"L-\w{4}-\w{4}", number)
    assert code not in page.url
    phone.fill(text="SK saya kirim besok.")
    phone.press("Kirim pesan")
    expect(page.locator("[data-rows=messages] li")).to_contain_text("SK saya kirim besok.", timeout=PATIENCE)
    phone.check_sizes("laporan")
    phone.press("Lihat laporan lain")
    phone.fill(number=number.lower(), code=code.lower().replace("-", " "))
    phone.press("Lihat laporan")
    expect(page.locator("#sheet")).to_contain_text(number, timeout=PATIENCE)
    phone.press("Cabut laporan")
    phone.answer("Ya")
    expect(page.locator("#sheet")).to_contain_text("Laporan ini sudah Anda cabut.", timeout=PATIENCE)


def test_help_is_asked_without_scripts(browser: Browser, portal: Portal, office: Office) -> None:
    """A name instead of the code is told; with the code, number and code of the case are shown once."""
    with looking(browser, portal, PHONE, script=False) as eyes:
        page = eyes.page
        for institution in (office.name, office.code):
            page.goto("/bantuan/tanya/")
            page.locator("input[value=PUNGLI]").check()
            page.fill("[name=institution]", institution)
            page.fill("[name=alasan]", "Diminta seratus ribu untuk mencetak kartu.")
            page.locator("[type=submit]").click()
            if institution == office.name:
                page.wait_for_url("**/laporan/gagal/#invalid-fields")
                expect(page.locator("#invalid-fields")).to_contain_text("4 angka, bukan namanya")
        number, code = (page.locator("dd").nth(at).inner_text() for at in (0, 1))
        assert re.fullmatch(r"L-\w{4}-\w{4}", number)
        for press, said, told in (
            ("Lihat laporan", "", "Laporan Anda sudah diterima dan menunggu ditangani."),
            ("Kirim pesan", "Orang itu menunggu di loket dua.", "Orang itu menunggu di loket dua."),
            ("Cabut laporan", "", "Laporan ini sudah Anda cabut."),
        ):
            page.goto("/laporan/")
            page.fill("[name=number]", number)
            page.fill("[name=code]", code)
            page.fill("#plain-text", said)
            if press == "Cabut laporan":
                page.locator("summary", has_text=press).click()
            page.locator("#look").get_by_role("button", name=press).click()
            expect(page.locator("main")).to_contain_text(told)


def test_number_and_code_are_shown_though_the_case_cannot_be_read(phone: Eyes, office: Office) -> None:
    """They are shown once, when a case is filed: that the next call is refused must not lose them."""
    phone.open("/bantuan/tanya/?jenis=LUPA_SANDI")
    phone.fill(nama="Orang Lupa", email="lupa@contoh.example")
    phone.page.route("**/cases/lookups", lambda route: route.fulfill(status=429, json={"type": "throttled"}))
    phone.press("Kirim permintaan")
    phone.at("/laporan/")
    phone.sees("Catat nomor dan kode di bawah ini sekarang")
    number, code = (phone.page.input_value(f"#{name}") for name in ("number", "code"))
    assert re.fullmatch(r"L-\w{4}-\w{4}", number)
    phone.check_sizes("laporan-tidak-terbaca")
    phone.page.unroute("**/cases/lookups")
    phone.press("Lihat laporan")
    expect(phone.page.locator("#sheet")).to_contain_text(number, timeout=PATIENCE)
    expect(phone.page.locator("#sheet")).to_contain_text(code)
