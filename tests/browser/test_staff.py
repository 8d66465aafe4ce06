"""The institution's staff at their desks: import, list, entry by hand, verification."""

import io
import re
from typing import Any

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from infra.local.demo.steps_institution import registered_fields
from tests.browser.looking import PATIENCE, Eyes
from tests.browser.verdicts import SAVE, approve, choose, hand_back, open_verdicts
from tests.support.office import PASSWORD, Office
from tools.sample import sheets

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def roster(office: Office) -> Office:
    """The institution with six people, the first of whom has submitted his dossier."""
    office.enlist([office.person(at) for at in range(6)])
    office.submit(office.person(0))
    return office


def test_every_imported_row_is_answered(desk: Eyes, office: Office) -> None:
    rows = [office.person(at) for at in range(100, 130)]
    rows[27]["nik"] = "12345"
    rows[28] = dict(rows[0])
    rows[29]["sumber_pembayaran"] = "AKUN_52"
    desk.sign_in(office.login("operator"))
    desk.at("/instansi/")
    desk.check("instansi")
    desk.page.locator("main").get_by_role("link", name="Impor data").click()
    choose_import(desk, "catatan.pdf", b"%PDF-1.7")
    desk.sees_fault("Pilih berkas XLSX atau CSV.")
    desk.check("instansi-impor")
    choose_import(desk, "daftar.xlsx", sheets.xlsx_bytes(map(sheets.cells_of, rows)))
    desk.at("/instansi/impor/status/")
    expect(desk.page.locator("#job")).to_contain_text("Selesai", timeout=PATIENCE)
    expect(desk.page.locator("#percent")).to_have_text("30 / 30")
    expect(desk.page.locator("#bar")).to_have_attribute("value", "100")
    expect(answer(desk, 29)).to_contain_text("NIK: NIK harus tepat 16 angka")
    expect(answer(desk, 30)).to_contain_text("Duplikat")
    expect(answer(desk, 31)).to_contain_text("Tidak sesuai")
    desk.check("instansi-impor-status")
    desk.page.locator("#outcome").select_option("DITOLAK")
    expect(desk.page.locator("[data-rows=items] tr")).to_have_count(1, timeout=PATIENCE)
    with desk.page.expect_download() as coming:
        desk.press("Unduh hasil (XLSX)")
    result = CalamineWorkbook.from_filelike(io.BytesIO(coming.value.path().read_bytes()))
    assert any("16 angka" in str(cell) for row in result.get_sheet_by_index(0).to_python() for cell in row)


def test_a_file_without_the_columns_is_refused_as_a_whole(desk: Eyes, office: Office) -> None:
    desk.enter(office.login("operator"))
    desk.open("/instansi/impor/")
    choose_import(desk, "salah.csv", b"nama;umur\nSiti;30\n")
    desk.sees("Berkas ditolak")
    desk.sees("kolom")
    desk.check("instansi-impor-ditolak")


def test_somebody_is_found_by_name_and_by_state(desk: Eyes, roster: Office) -> None:
    somebody = roster.person(0)
    desk.enter(roster.login("operator"))
    desk.open("/instansi/orang/")
    found = desk.page.locator("[data-rows=items] tr")
    expect(found.filter(has_text=somebody["nama"]).first).to_be_visible(timeout=PATIENCE)
    expect(desk.page.locator("main")).not_to_contain_text(somebody["nik"])
    desk.check("instansi-orang")
    desk.page.get_by_label("Status").select_option("DIAJUKAN")
    expect(found).to_have_count(1, timeout=PATIENCE)
    desk.page.locator("#state").select_option("")
    words = somebody["nama"].upper().split()
    number = found.filter(has_text=somebody["nama"]).locator("[data-text=nomor_registrasi]").first.inner_text()
    for typed in (" ".join(reversed(words)), words[-1][:4], number, somebody["nik"]):
        desk.page.locator("#q").fill(typed)
        desk.press("Terapkan")
        expect(found.filter(has_text=somebody["nama"]).first).to_be_visible(timeout=PATIENCE)
    assert somebody["nik"] not in desk.page.url
    expect(found).to_have_count(1)
    desk.page.locator("#q").fill("zzz")
    desk.press("Terapkan")
    desk.sees("Tidak ada yang cocok.")


def test_a_deletion_is_confirmed_once_on_the_list_one_came_from(desk: Eyes, office: Office) -> None:
    office.enlist([office.person(600)])
    somebody = office.person(600)
    desk.enter(office.login("admin"))
    desk.open(f"/instansi/orang/?q={somebody['nama'].split()[0]}&state=TERDAFTAR")
    desk.page.locator("main").get_by_role("link", name=somebody["nama"]).first.click()
    desk.at("/instansi/orang/detail/")
    desk.page.get_by_text("Hapus dari daftar").click(timeout=PATIENCE)
    desk.fill(delete_reason="Bukan pegawai kami.")
    desk.press("Hapus")
    desk.answer("Ya")
    desk.at("/instansi/orang/")
    told = desk.page.locator("#told")
    expect(told).to_contain_text("dihapus dari daftar", timeout=PATIENCE)
    expect(told).to_contain_text(somebody["nama"])
    expect(told).to_be_focused()
    expect(desk.page.locator("#state")).to_have_value("TERDAFTAR")
    desk.check("instansi-orang-dihapus")
    desk.page.reload()
    desk.settled()
    expect(told).to_be_hidden()


def test_one_person_is_entered_by_hand(desk: Eyes, office: Office) -> None:
    fields = typed(registered_fields(office.person(500)))
    desk.enter(office.login("operator"))
    desk.open("/instansi/orang/tambah/")
    desk.fill(**fields | {"nik": "9901019999990001"})
    desk.press("Simpan")
    desk.sees_fault("NIK")
    desk.holds(**fields | {"nik": "9901019999990001"})
    desk.check("instansi-orang-tambah-salah")
    desk.fill(nik=fields["nik"])
    desk.press("Simpan")
    desk.sees("Data tersimpan")
    desk.sees("Terdaftar. Nomor registrasi")
    desk.check("instansi-orang-tambah")
    desk.press("Buka datanya")
    desk.at("/instansi/orang/detail/")
    desk.sees(fields["nama"])
    expect(desk.page.locator("main")).not_to_contain_text(fields["nik"])
    desk.press("Tampilkan NIK")
    desk.sees(fields["nik"])


def test_a_draft_is_completed_without_its_nik(desk: Eyes, office: Office) -> None:
    fields = typed(registered_fields(office.person(501)))
    lacking = {name: fields.pop(name) for name in ("jabatan", "nomor_sk")}
    desk.enter(office.login("operator"))
    desk.open("/instansi/orang/tambah/")
    desk.fill(**fields)
    desk.press("Simpan")
    desk.sees("Draf. Nomor registrasi")
    desk.press("Buka datanya")
    desk.press("Ubah draf")
    desk.at("/instansi/orang/tambah/")
    desk.holds(nama=fields["nama"], unit_kerja=fields["unit_kerja"])
    expect(desk.page.locator("#nik")).to_be_hidden()
    desk.check("instansi-orang-draf")
    desk.fill(nama="")
    desk.press("Simpan")
    desk.sees_fault("Isi nama")
    desk.fill(nama=fields["nama"], **lacking)
    desk.press("Simpan")
    desk.sees("Terdaftar. Nomor registrasi")


def test_the_verifikator_returns_with_a_reason_the_person_reads(desk: Eyes, phone: Eyes, roster: Office) -> None:
    somebody = roster.person(0)
    desk.enter(roster.login("verifikator"))
    open_person(desk, somebody["nama"], state="DIAJUKAN")
    desk.check("instansi-orang-detail")
    look_at(desk, "KTP")
    open_verdicts(desk)
    look_at(desk, "SK")
    desk.check_sizes("instansi-orang-putusan")
    hand_back(desk, "")
    desk.sees_fault("Tulis alasan pengembalian")
    desk.sees_fault("Pilih apa yang harus diperbaiki")
    desk.check("instansi-orang-putusan-kembali")
    desk.page.locator("[data-mend=SK]").check()
    desk.page.locator("#return-form [name=reason]").fill("SK halaman dua belum terbaca.")
    desk.press("Kembalikan")
    desk.sees("Keputusan tersimpan.")
    expect(desk.page.locator("#person")).to_contain_text("Dikembalikan")
    desk.check("instansi-orang-dikembalikan")
    phone.enter(somebody["nik"], PASSWORD)
    phone.open("/pendataan/")
    phone.sees("SK halaman dua belum terbaca.")
    phone.check("pendataan-dikembalikan")
    phone.press("Berkas SK atau kontrak")
    phone.at("/pendataan/riwayat/")


def test_who_never_made_an_account_is_verified_as_he_stands(desk: Eyes, roster: Office) -> None:
    desk.enter(roster.login("verifikator"))
    open_person(desk, roster.person(2)["nama"], state="TERDAFTAR")
    open_verdicts(desk)
    expect(desk.page.locator("#papers")).to_contain_text("KTP belum diunggah")
    expect(desk.page.locator("#form input:checked")).to_have_count(0)
    choose(desk)
    desk.press(SAVE)
    desk.sees_fault("Ada berkas yang belum diterima")
    desk.check("instansi-orang-tanpa-berkas")
    approve(desk)
    expect(desk.page.locator("#person")).to_contain_text("Memenuhi syarat")
    expect(desk.page.locator("[data-rows=decisions]")).to_contain_text("Diputuskan tanpa: ")
    desk.press("Tarik putusan")
    expect(desk.page.locator("[data-rows=decisions]")).to_contain_text("Ditarik kembali", timeout=PATIENCE)
    approve(desk)


def test_another_institution_s_person_is_not_found(desk: Eyes, roster: Office) -> None:
    one = roster.stage.people()[0]["id"]
    desk.enter("190001011920011010")
    desk.open(f"/instansi/orang/detail/?id={one}")
    desk.sees_fault("Tidak ditemukan")
    expect(desk.page.locator("#person")).to_be_hidden()
    desk.check("instansi-orang-lain")


def choose_import(desk: Eyes, name: str, content: bytes) -> None:
    """Choose a file on the import page and send it."""
    control = desk.page.get_by_role("button", name="Berkas XLSX atau CSV")
    control.set_input_files({"name": name, "mimeType": XLSX, "buffer": content})
    desk.press("Unggah dan proses")


def answer(desk: Eyes, row: int) -> Any:
    """The answer to a row of the imported file, 2 being the first below the headings."""
    number = desk.page.locator("td:first-child", has_text=re.compile(rf"^\s*{row}\s*$"))
    return desk.page.locator("[data-rows=items] tr").filter(has=number)


def look_at(desk: Eyes, paper: str) -> None:
    """Open one of the record's papers beside it."""
    desk.page.locator("#files").get_by_role("button", name=re.compile(f"^Buka {paper}")).first.click()
    expect(desk.page.locator("#viewer h3")).to_contain_text(paper, timeout=PATIENCE)
    where = desk.page.locator(".viewer__where")
    expect(where).to_have_text(re.compile(r"^Halaman 1 dari \d+$"), timeout=PATIENCE)
    expect(desk.page.locator("#viewer canvas")).to_be_visible()


LOOKS = 20
"""How often the list is looked at for somebody."""


def open_person(desk: Eyes, name: str, state: str) -> None:
    """Find somebody on the list and open his record."""
    found = desk.page.locator("main").get_by_role("link", name=name).first
    for _ in range(LOOKS):  # the list follows a record within seconds
        desk.open(f"/instansi/orang/?state={state}")
        desk.page.locator("[data-rows=items] a, [data-empty=items]:visible").first.wait_for()
        if found.is_visible():
            break
        desk.page.wait_for_timeout(1000)
    found.click()
    desk.at("/instansi/orang/detail/")
    expect(desk.page.locator("#person")).to_be_visible(timeout=PATIENCE)


def typed(fields: dict[str, Any]) -> dict[str, str]:
    """A record as it is typed into the form."""
    return {name: str(value) for name, value in fields.items()}
