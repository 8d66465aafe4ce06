"""What an institution asks of bkn by letter, on the pages of both: more time, and to be opened again."""

from datetime import datetime

from playwright.sync_api import expect

from tests.browser.looking import PATIENCE, Eyes
from tests.support.office import Office
from tools.sample import files

PDF = "application/pdf"
ASKED = datetime.fromisoformat("2022-11-02T17:00:00+07:00")
NUMBER = "800/99/CONTOH/2022"
LETTER = {"letter_number": NUMBER, "letter_date": "2022-09-01"}


def ask_for_time(desk: Eyes, office: Office) -> None:
    """The admin asks with his letter; without one, or without an instant, nothing is sent."""
    desk.enter(office.login("admin"))
    desk.open("/instansi/perpanjangan/")
    desk.press("Kirim permohonan")
    desk.sees_fault("Isi nomor surat instansi.")
    desk.sees("Isi tanggal untuk paling sedikit satu jadwal.")
    desk.fill(windows_VERIFICATION="2022-02-30T17:00", **LETTER)
    desk.press("Kirim permohonan")
    desk.sees_fault("Tanggal atau jam ini tidak ada.")
    desk.sees("Unggah surat dahulu")
    desk.fill(windows_VERIFICATION="2022-10-01T17:00")
    desk.uploaded("SURAT", "surat.pdf", PDF, files.sptjm_pdf(office.person(0)))
    desk.press("Kirim permohonan")
    desk.answer("Ya")
    desk.sees_fault("31 Oktober 2022")  # not later than the present closing
    desk.check("instansi-perpanjangan-salah")
    desk.fill(windows_VERIFICATION=f"{ASKED:%Y-%m-%dT%H:%M}")
    desk.press("Kirim permohonan")
    desk.answer("Ya")
    desk.sees("Permohonan terkirim.")
    desk.sees("Permohonan sebelumnya masih menunggu keputusan BKN.")
    desk.check_sizes("instansi-perpanjangan")


def decide(desk: Eyes, office: Office) -> None:
    """Bkn finds the request among what waits, reads the letter, and grants it."""
    desk.enter(office.login("bkn"))
    desk.open("/bkn/?waiting=extension")
    row = desk.page.locator("[data-rows=items] tr").filter(has_text=office.name)
    expect(row).to_contain_text("Permohonan perpanjangan menunggu", timeout=PATIENCE)
    desk.check_sizes("bkn")
    desk.press(office.name)
    desk.at("/bkn/instansi/")
    expect(desk.page.locator("#request")).to_contain_text(NUMBER, timeout=PATIENCE)
    desk.check_sizes("bkn-permohonan")
    desk.press("Putuskan permohonan")
    desk.at("/bkn/instansi/perpanjangan/")
    assert desk.paper("Buka surat").startswith(b"%PDF")
    desk.fill(decision="DITOLAK")
    desk.press("Simpan keputusan")
    desk.sees_fault("Tulis alasan penolakan")
    desk.fill(decision="DIBERI")
    desk.check_sizes("bkn-perpanjangan")
    desk.press("Simpan keputusan")
    desk.answer("Ya")
    desk.at("/bkn/instansi/")
    desk.sees("Keputusan tersimpan.")
    expect(desk.page.locator("[data-rows=windows]")).to_contain_text("2 November 2022 pukul 17.00 WIB")
    expect(desk.page.locator("[data-rows=letters]")).to_contain_text("Diberi")


def reopen(desk: Eyes, office: Office) -> None:
    """Bkn opens a finalized round again; everybody concerned reads that the SPTJM is void, and why."""
    desk.enter(office.login("bkn"))
    desk.open(f"/bkn/instansi/?kode={office.code}")
    desk.press("Buka kembali")
    desk.at("/bkn/instansi/buka/")
    desk.sees("SPTJM menjadi batal")
    desk.press("Buka kembali dan batalkan SPTJM")
    desk.sees_fault("Isi nomor surat instansi.")
    desk.fill(windows_CORRECTION="2022-11-10T17:00", windows_VERIFICATION="2022-11-12T17:00", **LETTER)
    desk.fill(reason="Ada tiga orang yang tertinggal.")
    desk.check_sizes("bkn-buka")
    desk.press("Buka kembali dan batalkan SPTJM")
    desk.answer("Ya")
    desk.at("/bkn/instansi/")
    desk.sees("Instansi dibuka kembali; SPTJM-nya batal.")
    expect(desk.page.locator("#sptjm .govuk-tag").first).to_have_text("Batal")
    expect(desk.page.locator("#review")).to_be_hidden()
    desk.check_sizes("bkn-dibuka")
    desk.enter(office.login("ppk"))
    desk.open("/instansi/sptjm/")
    expect(desk.page.locator("#reopened")).to_contain_text("Ada tiga orang yang tertinggal.", timeout=PATIENCE)
    expect(desk.page.locator("#reopened")).to_contain_text(f"SPTJM nomor SPTJM-{office.code}-")
    desk.check_sizes("instansi-sptjm-batal")
