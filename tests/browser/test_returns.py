"""A record returned in the last minute in which that is allowed still reaches a verdict (domain.md, section 4)."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from infra.local.demo.stage import OPENING
from tests.browser.looking import PATIENCE, Eyes
from tests.browser.test_staff import open_person
from tests.browser.verdicts import SAVE, approve, choose, hand_back, open_verdicts
from tests.support.office import PASSWORD, Office

CLOSES = datetime.fromisoformat("2022-10-22T17:00:00+07:00")
UNTIL = CLOSES - timedelta(days=3)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def submitted(office: Office) -> Office:
    """The institution with somebody who has submitted, in the last minute of returns."""
    office.enlist([office.person(0)])
    office.submit(office.person(0))
    office.stage.move_clock(UNTIL - MINUTE)
    return office


def test_who_was_returned_in_the_last_minute_is_decided_on_when_his_time_is_over(
    desk: Eyes, phone: Eyes, submitted: Office
) -> None:
    somebody = submitted.person(0)
    desk.enter(submitted.login("verifikator"))
    open_person(desk, somebody["nama"], state="DIAJUKAN")
    open_verdicts(desk)
    expect(desk.page.locator("#return-form")).to_contain_text("sampai 19 Oktober 2022 pukul 17.00 WIB")
    hand_back(desk, "SK halaman dua belum terbaca.", "SK")
    desk.sees("Keputusan tersimpan.")
    expect(desk.page.locator("#not-yet")).to_contain_text("mulai 22 Oktober 2022 pukul 17.00 WIB")
    desk.check("instansi-orang-menunggu-jawaban")

    submitted.stage.move_clock(CLOSES - MINUTE)
    desk.enter(submitted.login("verifikator"))
    open_person(desk, somebody["nama"], state="DIKEMBALIKAN")
    open_verdicts(desk)
    expect(desk.page.locator("#form")).to_be_hidden()

    submitted.stage.move_clock(CLOSES + MINUTE)
    desk.enter(submitted.login("verifikator"))
    desk.open("/instansi/antrean/?state=DIKEMBALIKAN")
    desk.press("Ambil data berikutnya")
    desk.at("/instansi/orang/putusan/")
    expect(desk.page.locator("h1")).to_contain_text(somebody["nama"])
    expect(desk.page.locator("#spread img")).to_have_count(5, timeout=PATIENCE)
    choose(desk, why="Berkas asli diperiksa di kantor.")
    desk.press(SAVE)
    desk.at("/instansi/antrean/")
    open_person(desk, somebody["nama"], state="MEMENUHI_SYARAT")
    open_verdicts(desk)
    expect(desk.page.locator("#person")).to_contain_text("Memenuhi syarat")
    expect(desk.page.locator("#no-return")).to_contain_text("sampai 19 Oktober 2022 pukul 17.00 WIB")
    desk.check("instansi-orang-tanpa-jawaban")
    phone.enter(somebody["nik"], PASSWORD)
    phone.open("/pendataan/")
    phone.sees("Memenuhi syarat")
    phone.check("pendataan-diputuskan-sesudah-dikembalikan")


def test_what_is_changed_after_the_verdict_is_told_on_both_pages(desk: Eyes, phone: Eyes, office: Office) -> None:
    """Somebody decided on without an account makes one, and corrects his school; the verdict stands."""
    office.stage.move_clock(OPENING)
    somebody = office.person(1)
    office.enlist([somebody])
    desk.enter(office.login("verifikator"))
    open_person(desk, somebody["nama"], state="TERDAFTAR")
    open_verdicts(desk)
    approve(desk)
    office.make_account(somebody)
    phone.enter(somebody["nik"], PASSWORD)
    phone.open("/pendataan/")
    phone.sees("Anda tidak perlu mengajukan apa pun")
    expect(phone.page.locator("#next")).to_be_hidden()
    phone.open("/pendataan/biodata/")
    phone.fill(sekolah="Universitas Contoh Baru", nomor_ijazah="DN-99/7", tanggal_lulus="2010-06-30")
    phone.press("Selanjutnya")
    phone.at("/pendataan/riwayat/")
    phone.open("/pendataan/resume/")
    phone.sees("jadi tidak ada yang perlu diajukan")
    expect(phone.page.locator("#form")).to_be_hidden()
    phone.check("pendataan-resume-diputuskan")
    phone.open("/pendataan/")
    expect(phone.page.locator("#changes")).to_contain_text("Sekolah atau universitas")
    phone.check("pendataan-diubah-sesudah-putusan")
    open_person(desk, somebody["nama"], state="MEMENUHI_SYARAT")
    expect(desk.page.locator("#changes")).to_contain_text("Sekolah atau universitas")
    expect(desk.page.locator("#files")).to_contain_text("Masuk sesudah putusan")
    desk.check("instansi-orang-diubah-sesudah-putusan")
