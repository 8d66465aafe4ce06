"""Staff in real Chromium: invited on paper, accepted on a phone, confirmed, given another role, disabled, recovered."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from infra.local import seed
from infra.local.client import Visitor
from tests.browser.conftest import looking
from tests.browser.looking import PATIENCE, PHONE, Eyes
from tests.support.office import Office
from tests.support.portal import Portal

NAME = "Verifikator Undangan"
PASSWORD = "burung camar di dermaga"


@pytest.fixture
def guest(browser: Browser, portal: Portal) -> Iterator[Eyes]:
    """Whoever is invited, with a phone of his own."""
    with looking(browser, portal, PHONE) as eyes:
        yield eyes


def test_from_the_invitation_to_the_end_of_an_account(desk: Eyes, guest: Eyes, office: Office) -> None:
    login = f"190001011920011{600 + office.stage.number}"
    desk.enter(office.login("admin"))
    path = invite(desk, login)
    accept(guest, path, login)
    code = is_not_confirmed_yet(guest, login)
    confirm(desk)
    guest.fill(code=code)
    guest.press("Masuk")
    guest.at("/instansi/")
    says_that_he_is_not_listed(guest)
    change_role(desk)
    guest.open("/instansi/orang/")
    guest.at("/instansi/masuk/")
    disable(desk)
    guest.fill(login=login, password=PASSWORD)
    guest.press("Lanjutkan")
    guest.sees_fault("salah")
    guest.open("/instansi/lupa-sandi/")
    guest.check_sizes("lupa-sandi")
    guest.fill(login=login)
    guest.press("Kirim tautan")
    guest.sees("Periksa email Anda")


def invite(desk: Eyes, login: str) -> str:
    """By the admin, on paper; returns the address below the portal's own."""
    desk.open("/instansi/pengguna/")
    desk.settled()
    desk.fill(role="verifikator", login=login, name=NAME, email="baru@contoh.id", delivery="CETAK")
    desk.page.keyboard.press("Enter")
    paper = desk.page.locator("#printed")
    expect(paper.locator("#printed-title")).to_be_focused(timeout=PATIENCE)
    desk.check_sizes("undangan-cetak")
    address = paper.locator("[data-text=address]").inner_text()
    assert address.startswith(desk.origin)
    desk.page.reload()
    expect(desk.page.locator("#printed")).to_be_hidden()
    expect(card(desk)).to_contain_text("Dikirim, belum diterima")
    return address.removeprefix(desk.origin)


def accept(guest: Eyes, path: str, login: str) -> None:
    """On his own phone: the secret leaves the address, his number opens it, and recovery codes are shown once."""
    guest.open(path)
    guest.at("/instansi/undangan/")
    guest.check_sizes("undangan-nomor")
    guest.page.reload()
    guest.sees("Buka lagi tautan undangan")
    guest.check("undangan-dimuat-ulang")
    guest.open("about:blank")
    guest.open(path)
    guest.fill(login=seed.BKN_LOGIN)
    guest.press("Buka undangan")
    guest.sees_fault("bukan nomor yang diundang")
    guest.fill(login=login)
    guest.press("Buka undangan")
    expect(guest.page.locator("#offer-title")).to_be_focused(timeout=PATIENCE)
    guest.check_sizes("undangan")
    key = guest.page.locator("[data-key]").inner_text().replace(" ", "")
    assert re.search(rf"secret={key}&", guest.page.locator("[data-uri]").get_attribute("href") or "")
    Visitor(guest.origin).post("/_local/totp/phones", {"login": login, "secret": key})
    guest.fill(password=PASSWORD, password_again=PASSWORD, code="000000")
    guest.press("Terima undangan")
    guest.sees_fault("Kode salah")
    guest.fill(code=guest.code(login))
    guest.press("Terima undangan")
    expect(guest.page.locator("#codes-title")).to_be_focused(timeout=PATIENCE)
    expect(guest.page.locator("[data-rows=codes] li")).to_have_count(10)
    guest.check_sizes("kode-pemulihan")
    guest.press("Lanjutkan")
    guest.sees_fault("Beri centang")
    guest.page.get_by_label("sudah saya simpan").check()
    guest.press("Lanjutkan")
    guest.sees("yang mengundang Anda harus mengonfirmasi")
    guest.check("undangan-diterima")


def is_not_confirmed_yet(guest: Eyes, login: str) -> str:
    """The password is right, and he is told whom to ask; returns the code, which was not used up by it."""
    guest.open("/instansi/masuk/")
    guest.check_sizes("masuk-petugas")
    guest.fill(login=login, password=PASSWORD)
    guest.press("Lanjutkan")
    expect(guest.page.locator("#code-title")).to_be_focused(timeout=PATIENCE)
    guest.check_sizes("masuk-petugas-kode")
    code = guest.code(login)
    guest.fill(code=code)
    guest.press("Masuk")
    guest.sees_fault("belum mengonfirmasi")
    return code


def confirm(desk: Eyes) -> None:
    """By the admin who invited him."""
    desk.page.reload()
    card(desk).get_by_role("button", name=f"Konfirmasi untuk {NAME}").click()
    desk.answer("Ya")
    desk.sees(f"Akun {NAME} sudah dapat dipakai.")


def says_that_he_is_not_listed(guest: Eyes) -> None:
    """He is asked at home, and answers among what is his own."""
    guest.page.locator("#declare").get_by_role("link").click()
    guest.page.wait_for_url("**/instansi/akun/#own-nik")
    guest.settled()
    guest.check_sizes("akun-petugas")
    guest.fill(listed="false")
    guest.press("Simpan pernyataan")
    guest.sees("Pernyataan Anda dicatat.")
    expect(guest.page.locator("[data-rows=sign_ins] tr")).not_to_have_count(0)
    guest.open("/instansi/")
    guest.settled()
    expect(guest.page.locator("#declare")).to_be_hidden()


def change_role(desk: Eyes) -> None:
    """With a reason, once more on what he has changed himself meanwhile; the account's sessions end."""
    manage(desk, "Ubah peran atau unit")
    desk.check_sizes("kelola-petugas")
    desk.fill(new_role="operator", change_reason="Pindah tugas.")
    desk.press("Simpan peran")
    desk.sees_fault("berubah")
    desk.press("Simpan peran")
    desk.sees(f"Peran {NAME} sudah diubah.")
    expect(row(desk)).to_contain_text("Operator")


def disable(desk: Eyes) -> None:
    """With a reason, and a question before."""
    manage(desk, "Nonaktifkan akun")
    desk.fill(disable_reason="Berhenti.")
    desk.press("Nonaktifkan")
    desk.answer("Ya")
    desk.sees(f"Akun {NAME} dinonaktifkan.")
    expect(row(desk)).to_contain_text("Nonaktif")
    expect(row(desk).get_by_role("button")).to_be_hidden()


def manage(desk: Eyes, part: str) -> None:
    """Open a part of the panel about him."""
    row(desk).get_by_role("button", name=f"Kelola {NAME}").click()
    expect(desk.page.locator("#manage-title")).to_be_focused()
    desk.page.locator("#manage summary", has_text=part).click()


def card(desk: Eyes) -> Locator:
    """His invitation."""
    return desk.page.locator("[data-rows=open] li", has_text=NAME)


def row(desk: Eyes) -> Locator:
    """His account."""
    return desk.page.locator("[data-rows=items] tr", has_text=NAME)


def test_an_auditor_takes_two_of_bkn(desk: Eyes, guest: Eyes, office: Office) -> None:
    name = f"Auditor {office.stage.number}"
    desk.enter(seed.BKN_LOGINS[0])
    desk.open("/instansi/pengguna/?kode=nasional")
    desk.settled()
    desk.check_sizes("pengguna-bkn")
    login = f"190001011920011{800 + office.stage.number}"
    desk.fill(role="auditor", login=login, name=name, email="auditor@contoh.id")
    expect(desk.page.locator("#proposed")).to_be_visible()
    desk.press("Undang")
    desk.sees("keluar sesudah disetujui petugas BKN")
    own = desk.page.locator("[data-rows=open] li", has_text=name)
    expect(own.get_by_role("button", name="Setujui")).to_be_hidden()
    expect(own).to_contain_text("Menunggu petugas kedua")
    guest.enter(seed.BKN_LOGINS[1])
    guest.open("/bkn/persetujuan/")
    waiting = guest.page.locator("[data-rows=open] li", has_text=name)
    waiting.get_by_role("button", name=f"Setujui atau tolak untuk {name}").click()
    expect(guest.page.locator("#decide-title")).to_be_focused()
    guest.check_sizes("persetujuan")
    guest.fill(approved="true", decide_delivery="CETAK")
    guest.press("Simpan keputusan")
    expect(guest.page.locator("#printed-title")).to_be_focused(timeout=PATIENCE)
    expect(waiting).to_have_count(0)


def test_the_help_desk_asks_for_a_recovery_and_the_admin_agrees(desk: Eyes, guest: Eyes, office: Office) -> None:
    desk.enter(office.login("helpdesk"))
    desk.open("/instansi/pengguna/")
    desk.settled()
    desk.check_sizes("pengguna-helpdesk")
    expect(desk.page.get_by_role("button", name="Undang", exact=True)).to_be_hidden()
    desk.page.get_by_role("button", name=re.compile("^Kelola Operator")).click()
    expect(desk.page.locator("#manage summary").filter(visible=True)).to_have_count(1)
    desk.page.locator("#manage summary").filter(visible=True).click()
    desk.fill(recovery_reason="Ponsel hilang, sudah ditelepon.")
    desk.press("Minta pemulihan")
    desk.sees("dikirim ke email pemilik akun sesudah disetujui")
    guest.enter(office.login("admin"))
    guest.open("/instansi/pengguna/")
    waiting = guest.page.locator("[data-rows=open] li", has_text="Ponsel hilang")
    waiting.get_by_role("button", name=re.compile("^Setujui atau tolak")).click()
    guest.fill(approved="false")
    guest.press("Simpan keputusan")
    guest.sees_fault("Tulis alasan penolakan")
    guest.fill(approved="true")
    expect(guest.page.locator("#decide-delivery")).to_be_hidden()
    guest.press("Simpan keputusan")
    guest.sees("berlaku 72 jam")
