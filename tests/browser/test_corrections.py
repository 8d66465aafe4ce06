"""A mistyped name locks nobody out: it is corrected with a reason, and the person reads that on his own page."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import PATIENCE, Eyes
from tests.browser.test_person import identity
from tests.browser.test_staff import open_person
from tests.support.office import PASSWORD, Office

WRONG = "Contoh Salah Ketik"


@pytest.fixture(scope="module")
def mistyped(office: Office) -> Office:
    """Somebody on the list under a name that is not his."""
    office.enlist([office.person(60) | {"nama": WRONG}])
    return office


def test_a_mistyped_name_is_corrected_and_he_is_told(phone: Eyes, mistyped: Office) -> None:
    person = mistyped.person(60)
    phone.open("/akun/")
    phone.fill(**identity(person))
    phone.press("Lanjutkan")
    expect(phone.page.locator("[data-problem=not-registered]")).to_be_visible(timeout=PATIENCE)
    phone.enter(mistyped.login("operator"))
    open_person(phone, WRONG, state="TERDAFTAR")
    _correct(phone, person["nama"])
    _enter_row(phone)
    mistyped.make_account(person)
    phone.enter(person["nik"], PASSWORD)
    phone.open("/pendataan/")
    corrected = phone.page.locator("#corrected")
    expect(corrected).to_contain_text("Nama lengkap tanpa gelar", timeout=PATIENCE)
    expect(corrected).to_contain_text("Riwayat pekerjaan")
    phone.check("data-saya-diperbaiki")
    phone.open("/pendataan/riwayat/")
    phone.sees("Dimasukkan oleh instansi")


def _correct(eyes: Eyes, name: str) -> None:
    eyes.press("Perbaiki data")
    eyes.fill(nama=name, reason="Dicocokkan dengan KTP.")
    expect(eyes.page.locator("#differences tbody tr")).to_contain_text([WRONG])
    eyes.check_sizes("perbaiki-data")
    eyes.press("Simpan perbaikan")
    expect(eyes.page.locator("#told")).to_have_text("Perbaikan tersimpan: Nama lengkap tanpa gelar.", timeout=PATIENCE)
    eyes.check_sizes("instansi-orang-diperbaiki")


def _enter_row(eyes: Eyes) -> None:
    """An appointment of years ago, by the institution's papers."""
    eyes.press("Tambah riwayat pekerjaan")
    eyes.fill(
        nomor_sk="800/7/2016",
        tanggal_sk="2015-12-28",
        tanggal_mulai="2016-01-02",
        tanggal_akhir="2016-12-31",
        jabatan="Guru Kelas",
        unit_kerja="SD Negeri 2 Contoh",
        jenis_jabatan_penandatangan="KEPALA_UNIT",
        sumber_pembayaran="BOS",
    )
    eyes.press("Simpan riwayat")
    expect(eyes.page.locator("#saved")).to_be_visible(timeout=PATIENCE)
    expect(eyes.page.locator("[data-upload=SK] input")).to_be_enabled(timeout=PATIENCE)
    eyes.check_sizes("riwayat-oleh-instansi")
