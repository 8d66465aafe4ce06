"""From pre-finalizing to the final list with its seal, as admin, public, BKN and PPK see it."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from infra.local.client import Visitor, wait_for
from infra.local.demo import steps_institution
from infra.local.demo.stage import soon_after
from tests.browser.looking import PATIENCE, Eyes
from tests.data import files
from tests.kernel.papers import text_of
from tests.office import Office

PDF = "application/pdf"
EXTENDED = datetime.fromisoformat("2022-11-02T17:00:00+07:00")
PEOPLE = 6
SHA256 = re.compile(r"^[0-9a-f]{64}$")


@pytest.fixture(scope="module")
def verified(office: Office) -> Office:
    """The institution with six people, all but one of them verified."""
    office.enlist([office.person(at) for at in range(PEOPLE)])
    office.stage.staff("verifikator")
    for one in office.stage.people()[: PEOPLE - 1]:
        steps_institution.decide(office.stage, one, "MEMENUHI_SYARAT", "")
    office.portal.wait_idle()
    return office


def test_from_prefinal_list_to_sealed_list(desk: Eyes, phone: Eyes, verified: Office) -> None:
    prefinalize(desk, verified)
    read_prefinal_list(phone, verified)
    propose_somebody(phone, desk, verified)
    extend(desk, verified)
    lock(desk, verified)
    sign_sptjm(desk, verified)
    read_final_list(phone, verified)


def prefinalize(desk: Eyes, office: Office) -> None:
    """The admin is asked twice."""
    desk.enter(office.login("admin"))
    desk.open("/instansi/finalisasi/")
    expect(desk.page.locator("#round")).to_contain_text("Penginputan", timeout=PATIENCE)
    desk.check("instansi-finalisasi")
    desk.press("Prafinalkan")
    desk.answer("Tidak")
    expect(desk.page.locator("#round")).to_contain_text("Penginputan")
    desk.press("Prafinalkan")
    desk.answer("Ya, lanjutkan")
    desk.sees("Prafinal (uji publik)")
    desk.sees(f"Daftar prafinal nomor 1, {PEOPLE} orang")
    desk.check("instansi-finalisasi-prafinal")


def read_prefinal_list(phone: Eyes, office: Office) -> None:
    """Anybody finds the institution, and himself on its list; nothing private is there."""
    person = office.person(0)
    publish(office, "PRAFINAL: uji publik")
    phone.open("/pengumuman/")
    phone.page.get_by_label("Cari instansi").fill(office.code)
    phone.check("pengumuman")
    phone.press(office.name)
    phone.at(f"/pengumuman/{office.code}/")
    phone.sees("PRAFINAL: uji publik, belum final")
    search = phone.page.get_by_label("Cari nama di daftar ini")
    search.fill(person["nama"].upper())
    hit = phone.page.locator("[data-index] tbody tr").filter(has_text=person["unit_kerja"])
    expect(hit.first).to_contain_text(person["nama"], timeout=PATIENCE)
    expect(phone.page.locator("main")).not_to_contain_text(person["nik"])
    phone.check("pengumuman-prafinal")
    search.fill("zzz tidak ada")
    phone.sees("Tidak ada nama yang cocok.")


def propose_somebody(phone: Eyes, desk: Eyes, office: Office) -> None:
    """An usulan from the list's page reaches the institution's inbox, and its sender can follow it."""
    phone.page.locator("main").get_by_role("link", name="diusulkan").click()
    phone.at("/usulan/")
    expect(phone.page.locator("#institution")).to_have_value(office.code)
    phone.press("Kirim usulan")
    phone.sees_fault("Isi alasan usulan.")
    phone.fill(nama="Contoh Terlupa", unit_kerja="Dinas Contoh", jabatan="Tenaga Administrasi")
    phone.fill(alasan="Bekerja sejak 2019, ada SK.", kontak="contoh@contoh.example")
    phone.check("usulan")
    phone.press("Kirim usulan")
    phone.at("/usulan/terkirim/")
    phone.sees("Diterima, menunggu instansi")
    phone.check("usulan-terkirim")
    desk.enter(office.login("operator"))
    desk.open("/instansi/usulan/")
    desk.sees("Contoh Terlupa")
    desk.check("instansi-usulan")


def extend(desk: Eyes, office: Office) -> None:
    """Bkn moves one window of this institution against its letter."""
    desk.enter(office.login("bkn"))
    desk.open("/bkn/")
    desk.page.get_by_label("Cari instansi").fill(office.code)
    desk.sees(office.name)
    desk.check("bkn")
    desk.press(office.name)
    desk.at("/bkn/instansi/")
    desk.press("Beri perpanjangan")
    desk.sees_fault("Isi nomor surat instansi.")
    desk.fill(VERIFICATION=f"{EXTENDED:%Y-%m-%d}", letter_number="800/99/CONTOH/2022", letter_date="2022-09-01")
    desk.press("Beri perpanjangan")
    desk.answer("Ya")
    desk.sees("Perpanjangan tercatat.")
    expect(desk.page.locator("[data-rows=windows]")).to_contain_text("2 November 2022 pukul 17.00 WIB")
    expect(desk.page.locator("[data-rows=extensions]")).to_contain_text("800/99/CONTOH/2022")
    desk.check("bkn-perpanjangan")


def lock(desk: Eyes, office: Office) -> None:
    """Everything locks by itself when the extended window ends; the admin finds the seal."""
    office.stage.move_clock(soon_after(EXTENDED))
    desk.enter(office.login("admin"))
    desk.open("/instansi/finalisasi/")
    expect(desk.page.locator("#seal code")).to_have_text(SHA256, timeout=2 * PATIENCE)
    expect(desk.page.locator("#round")).to_contain_text("Final")
    expect(desk.page.get_by_role("button", name="Prafinalkan")).to_have_count(0)
    desk.check("instansi-finalisasi-segel")


def sign_sptjm(desk: Eyes, office: Office) -> None:
    """The admin prints it, the PPK uploads it signed, bkn accepts it."""
    paper = text_of(desk.paper("Unduh SPTJM (PDF)"))
    assert office.name in paper
    assert re.search(rf"Nomor: SPTJM-{office.code}-\d", paper)
    desk.enter(office.login("ppk"))
    desk.open("/instansi/finalisasi/")
    desk.press("Kirim SPTJM")
    desk.sees_fault("Unggah SPTJM bertanda tangan dahulu")
    desk.uploaded("SPTJM", "sptjm.pdf", PDF, files.sptjm_pdf(office.person(0)))
    desk.fill(number=f"SPTJM-{office.code}-1")
    desk.press("Kirim SPTJM")
    number = office.stage.staff("ppk").get(office.stage.finalization)["sptjm"]["number"]
    desk.sees_fault(f"SPTJM yang berlaku bernomor {number}")
    desk.fill(number=number)
    desk.press("Kirim SPTJM")
    desk.sees("Sudah diunggah, menunggu pemeriksaan BKN")
    desk.check("instansi-sptjm")
    desk.enter(office.login("bkn"))
    desk.open(f"/bkn/instansi/?kode={office.code}")
    desk.fill(decision="DITERIMA")
    desk.check("bkn-sptjm")
    desk.press("Simpan keputusan")
    desk.sees("Keputusan tersimpan.")
    desk.sees("SPTJM diterima")


def read_final_list(phone: Eyes, office: Office) -> None:
    """The final list is told apart, and shows the seal that is on record."""
    root = office.stage.staff("admin").get(office.stage.finalization)["seal"]["root"]
    publish(office, "SPTJM sudah diterima BKN.")
    phone.open(f"/pengumuman/{office.code}/")
    phone.page.reload()  # the phone may keep the pre-final page it saw for a minute
    phone.sees("FINAL: daftar bersegel")
    phone.sees("SPTJM sudah diterima BKN.")
    expect(phone.page.locator(".seal code")).to_have_text(root)
    phone.check("pengumuman-final")


def publish(office: Office, words: str) -> None:
    """Let minutes go by until the institution's public page says this."""
    anybody = Visitor(office.portal.base_url)

    def shown() -> bool:
        office.portal.wait_idle()
        office.portal.advance(timedelta(minutes=1).total_seconds())
        office.portal.wait_idle()
        return words in anybody.send("GET", f"/pengumuman/{office.code}/").content.decode()

    wait_for(shown, f"the public page to say {words!r}", 120)
