"""What is asked, reported and objected to, on the pages of the public, of staff, of bkn and of the person himself."""

from typing import Any

import pytest
from playwright.sync_api import expect

from infra.local.client import Visitor, new_key
from infra.local.demo import steps_cases, steps_institution
from infra.local.demo.papers import words_of
from infra.local.demo.steps_heard import NOTICE_CODE
from tests.browser.looking import PATIENCE, Eyes
from tests.support.office import PASSWORD, Office

JUDGED, LISTED = 0, 1
REPORTED = "Orang ini tidak pernah bekerja di sini; ia tinggal di kota lain sejak 2015."
READY = {
    "title": "Lupa kata sandi, email tidak aktif",
    "text": "Datang ke kantor dengan KTP; petugas mencetak lembar aktivasi baru dan memastikan email Anda.",
}


@pytest.fixture(scope="module")
def asked(office: Office) -> dict[str, str]:
    """A pre-final list, one of it judged not to fit; and the numbers of what was filed, by its kind."""
    stage = office.stage
    office.enlist([office.person(at) for at in range(3)])
    office.submit(office.person(JUDGED))
    stage.staff("verifikator")
    for at, verdict in ((JUDGED, "TIDAK_MEMENUHI_SYARAT"), (LISTED, "MEMENUHI_SYARAT")):
        steps_institution.decide(stage, _row(office, at), verdict, "Diperiksa di kantor dengan berkas aslinya.")
        office.portal.wait_idle()
    steps_institution.prefinalize(stage)
    office.portal.wait_idle()
    reported = {"nomor_registrasi": _row(office, LISTED)["nomor_registrasi"], "alasan": REPORTED}
    forgotten = {"topic": "LUPA_SANDI", "alasan": "Saya lupa kata sandi dan email saya sudah tidak aktif."}
    levied = {"topic": "PUNGLI", "alasan": "Diminta seratus ribu rupiah untuk mencetak kartu pendataan."}
    return {
        "usulan": steps_cases.usulan(stage).number,
        "tanggapan": _filed(office, "tanggapan", {**reported, "email": "saksi@contoh.example"}),
        "bantuan": _filed(office, "bantuan", {**forgotten, "nama": "Peminta Bantuan", "email": "lupa@contoh.example"}),
        "pungli": _filed(office, "bantuan", levied),
    }


def _row(office: Office, at: int) -> dict[str, Any]:
    office.stage.staff("operator")
    (one,) = office.stage.people(q=office.person(at)["nama"])
    return one


def _filed(office: Office, kind: str, body: dict[str, str]) -> str:
    visitor = Visitor(office.portal.base_url)
    said = {**body, "institution": office.code, "captcha": visitor.captcha("announcements")}
    number = visitor.post(f"{steps_cases.ANNOUNCEMENTS}/{kind}", said, key=new_key(), expect=201)["number"]
    office.portal.wait_idle()
    return str(number)


def be(desk: Eyes, office: Office, role: str) -> None:
    desk.be(office.stage.staff(role).cookies)


def open_case(desk: Eyes, office: Office, number: str) -> None:
    desk.open(f"/instansi/laporan/lihat/?kode={office.code}&nomor={number}")
    expect(desk.page.locator("#shown")).to_be_visible(timeout=PATIENCE)


def test_an_institution_reads_its_inbox_and_what_is_reported(desk: Eyes, office: Office, asked: dict[str, str]) -> None:
    be(desk, office, "admin")
    desk.open("/instansi/laporan/")
    expect(desk.page.locator("[data-rows=items] tr")).to_have_count(3, timeout=PATIENCE)
    desk.check_sizes("instansi-laporan-masuk")
    open_case(desk, office, asked["tanggapan"])
    expect(desk.page.locator("#hidden-reporter")).to_be_visible()
    expect(desk.page.locator("#unheard")).to_be_visible()
    desk.check_sizes("instansi-laporan")


def test_the_help_desk_keeps_an_answer_and_puts_it_in(desk: Eyes, office: Office, asked: dict[str, str]) -> None:
    be(desk, office, "helpdesk")
    desk.open("/instansi/laporan/jawaban/")
    desk.fill(**READY)
    desk.press("Simpan")
    expect(desk.page.locator("[data-rows=answers]")).to_contain_text(READY["title"], timeout=PATIENCE)
    desk.check_sizes("instansi-laporan-jawaban")
    open_case(desk, office, asked["bantuan"])
    desk.page.locator("[data-saved=write-text] summary").click()
    desk.page.get_by_role("button", name=READY["title"]).first.click()
    expect(desk.page.locator("#write-text")).to_have_value(READY["text"])
    desk.check_sizes("instansi-laporan-bantuan")


def test_bkn_reads_what_concerns_an_office_itself(desk: Eyes, office: Office, asked: dict[str, str]) -> None:
    be(desk, office, "bkn")
    desk.open("/bkn/laporan/")
    expect(desk.page.locator("[data-rows=items]")).to_contain_text(asked["pungli"], timeout=PATIENCE)
    desk.check_sizes("bkn-laporan-masuk")
    open_case(desk, office, asked["pungli"])
    desk.check_sizes("bkn-laporan")


def test_whom_a_report_is_about_answers_by_his_notice(phone: Eyes, office: Office, asked: dict[str, str]) -> None:
    notice = f"{steps_cases.inbox(office.stage)}/{asked['tanggapan']}/notice"
    code = NOTICE_CODE.search(words_of(office.stage.staff("verifikator").download(notice)))
    assert code
    phone.open("/laporan/jawab/")
    phone.fill(number=asked["tanggapan"], code=code[0])
    phone.press("Baca laporan")
    expect(phone.page.locator("[data-text=said_words]")).to_contain_text(REPORTED, timeout=PATIENCE)
    phone.check_sizes("laporan-jawab")
    assert code[0] not in phone.page.url


def test_who_was_judged_wrong_objects(phone: Eyes, office: Office, asked: dict[str, str]) -> None:
    assert asked
    phone.enter(office.person(JUDGED)["nik"], PASSWORD)
    phone.open("/pendataan/keberatan/")
    expect(phone.page.locator("#form")).to_be_visible(timeout=PATIENCE)
    phone.fill(alasan="Jabatan saya guru, bukan tenaga kebersihan; SK sudah saya unggah.")
    phone.check_sizes("pendataan-keberatan")
    phone.press("Kirim keberatan")
    phone.at("/laporan/")
    expect(phone.page.locator("#sheet")).to_contain_text("Keberatan", timeout=PATIENCE)
