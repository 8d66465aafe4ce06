"""The SPTJM on the pages of PPK and bkn: printed, signed, handed in, returned, accepted."""

import re

from playwright.sync_api import expect

from tests.browser.looking import PATIENCE, Eyes
from tests.kernel.papers import text_of
from tests.support.office import Office
from tools.sample import files

PDF = "application/pdf"
REASON = "Tanda tangan belum lengkap."


def sign_and_return(desk: Eyes, office: Office) -> None:
    """The PPK hands in the paper, first under another's number; bkn sees who was to sign, and returns it."""
    desk.enter(office.login("ppk"))
    desk.open("/instansi/sptjm/")
    paper = text_of(desk.paper("Unduh SPTJM (PDF)"))
    assert office.name in paper
    number = re.search(rf"SPTJM-{office.code}-\d+", paper)
    assert number is not None
    desk.page.reload()
    desk.press("Kirim SPTJM")
    desk.sees_fault("Unggah SPTJM bertanda tangan dahulu")
    _hand_in(desk, office, f"SPTJM-{office.code}-1")
    desk.sees_fault(f"SPTJM yang berlaku bernomor {number[0]}")
    desk.fill(number=number[0])
    desk.press("Kirim SPTJM")
    desk.sees("Sudah diunggah, menunggu pemeriksaan BKN")
    desk.check_sizes("instansi-sptjm")
    _review(desk, office)
    review = desk.page.locator("#review")
    for told in (
        number[0],
        "periksa nomor pada berkas",
        "Pejabat Contoh",
        office.login("ppk"),
        "Kepala Daerah (contoh)",
    ):
        expect(review).to_contain_text(told)
    assert desk.paper("Buka SPTJM yang diunggah").startswith(b"%PDF")
    desk.fill(decision="DIKEMBALIKAN")
    desk.press("Simpan keputusan")
    desk.sees_fault("Tulis alasan pengembalian")
    desk.check_sizes("bkn-sptjm")
    desk.fill(reason=REASON)
    desk.press("Simpan keputusan")
    desk.sees("Keputusan tersimpan.")


def sign_and_accept(desk: Eyes, office: Office) -> None:
    """The PPK reads why it came back and hands in another; bkn accepts that one."""
    desk.enter(office.login("ppk"))
    desk.open("/instansi/sptjm/")
    desk.sees(REASON)
    number = office.stage.staff("ppk").get(office.stage.finalization)["sptjm"]["number"]
    _hand_in(desk, office, number)
    desk.sees("Sudah diunggah, menunggu pemeriksaan BKN")
    _review(desk, office)
    desk.fill(decision="DITERIMA")
    desk.press("Simpan keputusan")
    desk.sees("Keputusan tersimpan.")
    desk.sees("SPTJM diterima")


def _hand_in(desk: Eyes, office: Office, number: str) -> None:
    desk.uploaded("SPTJM", "sptjm.pdf", PDF, files.sptjm_pdf(office.person(0)))
    desk.fill(number=number)
    desk.press("Kirim SPTJM")


def _review(desk: Eyes, office: Office) -> None:
    desk.enter(office.login("bkn"))
    desk.open(f"/bkn/instansi/?kode={office.code}")
    expect(desk.page.locator("#review")).to_be_visible(timeout=PATIENCE)
