"""The admin keeps the lists of units and titles and writes the contact; whom it concerns sees all three."""

import pytest
from playwright.sync_api import expect

from infra.local.client import Visitor, wait_for
from tests.browser.looking import PATIENCE, Eyes
from tests.support.office import PASSWORD, Office

TITLES = ("Guru Kelas", "Juru Sihir", "Juru Sihir", "Penjaga Sekolah")


def be_admin(desk: Eyes, office: Office) -> None:
    """Be the institution's admin, who is signed in already."""
    desk.be(office.stage.staff("admin").cookies)


@pytest.fixture(scope="module")
def roster(office: Office) -> Office:
    """The institution with four people in two units, one of whom has an account."""
    rows = [office.person(at) for at in range(4)]
    for at, unit in enumerate(["SDN 1 Contoh", "SDN 1 Contoh", "SDN 2 Contoh", "TK Melati"]):
        rows[at] |= {"unit_kerja": unit, "jabatan": TITLES[at]}
    rows[1] |= {"tanggal_sk": "2018-02-01", "tanggal_mulai": "2018-01-02"}
    office.enlist(rows)
    office.submit(rows[0])
    return office


def test_units_found_in_the_data_become_a_list(desk: Eyes, roster: Office) -> None:
    page = desk.page
    be_admin(desk, roster)
    desk.open("/instansi/unit/")
    outside = page.locator("[data-rows=outside-units] tr")
    expect(outside).to_have_count(3, timeout=PATIENCE)
    expect(outside.first).to_contain_text("SDN 1 Contoh")
    expect(page.locator("#counted")).to_contain_text("4 orang pada 3 nama unit")
    desk.check_sizes("instansi-unit-kosong")
    desk.fill(lines="Dinas Pendidikan > SDN 1 Contoh\nDinas Pendidikan\tSDN 2 Contoh\n\nTaman Kanak-Kanak Melati")
    desk.press("Tambahkan ke daftar")
    expect(page.locator("#saved")).to_contain_text("memuat 4 unit", timeout=PATIENCE)
    units = page.locator("[data-rows=units] tr")
    expect(units.filter(has_text="SDN 1 Contoh")).to_contain_text("Dinas Pendidikan")
    expect(outside).to_have_count(1, timeout=PATIENCE)
    outside.get_by_role("button", name="Sama dengan unit TK Melati").press("Enter")
    page.locator("#same-form select").select_option(label="Taman Kanak-Kanak Melati")
    desk.press("Nyatakan sama")
    expect(page.locator("#outside-none")).to_be_visible(timeout=PATIENCE)
    expect(units.filter(has_text="Kanak-Kanak")).to_contain_text("TK Melati")
    units.filter(has_text="SDN 2").get_by_role("button").press("Enter")
    expect(page.locator("#edit")).to_be_focused()
    desk.check_sizes("instansi-unit")
    page.locator("#edit-form").get_by_label("Nama unit").fill("SDN Merdeka")
    desk.press("Simpan perubahan")
    expect(units.filter(has_text="SDN Merdeka")).to_contain_text("SDN 2 Contoh", timeout=PATIENCE)
    units.filter(has_text="SDN Merdeka").get_by_role("button").press("Enter")
    page.locator("#remove-form select").select_option(label="Dinas Pendidikan > SDN 1 Contoh")
    desk.press("Keluarkan unit ini")
    expect(page.locator("#saved")).to_contain_text("memuat 3 unit", timeout=PATIENCE)
    expect(units.filter(has_text="SDN 1 Contoh")).to_contain_text("SDN Merdeka, SDN 2 Contoh")
    page.locator("#find").fill("melati")
    expect(units.filter(visible=True)).to_have_count(1)


def test_a_title_outside_the_list_gets_a_family_that_the_list_of_people_shows(desk: Eyes, roster: Office) -> None:
    page = desk.page
    be_admin(desk, roster)
    desk.open("/instansi/jabatan/")
    outside = page.locator("[data-rows=outside-titles] tr")
    expect(outside).to_have_count(1, timeout=PATIENCE)
    expect(outside).to_contain_text("Juru Sihir")
    outside.get_by_role("button").press("Enter")
    expect(page.locator("#say")).to_be_focused()
    desk.press("Simpan")
    desk.sees_fault("Pilih jabatan yang sepadan, atau rumpunnya.")
    desk.check_sizes("instansi-jabatan")
    page.get_by_label("Sepadan dengan").select_option("Tukang Kebun")
    desk.press("Simpan")
    own = page.locator("[data-rows=own-titles] tr")
    expect(own).to_contain_text("Pengelola Umum Operasional", timeout=PATIENCE)
    expect(page.locator("#outside-none")).to_be_visible()
    people = f"{roster.stage.registration}/people?family=TEKNIS"
    wait_for(lambda: roster.stage.staff("admin").get(people)["found"] == 2, "the list of people", 90)
    desk.open("/instansi/orang/?risk=SK_SESUDAH_TMT")
    line = page.locator("[data-rows=items] tr")
    expect(line).to_have_count(1, timeout=PATIENCE)
    expect(line).to_contain_text("SK sesudah tanggal mulai", timeout=PATIENCE)
    expect(line).to_contain_text("Teknis")
    desk.check_sizes("instansi-orang-tanda")
    line.get_by_role("link").press("Enter")
    expect(page.locator("#risks")).to_contain_text(
        "Ada SK yang tanggalnya sesudah tanggal mulai kerja", timeout=PATIENCE
    )
    desk.sees("Sepadan dengan jabatan ASN Pengelola Umum Operasional.")
    desk.check_sizes("instansi-orang-risiko")


def test_a_contact_reaches_whom_the_pages_send_there(desk: Eyes, roster: Office) -> None:
    page = desk.page
    be_admin(desk, roster)
    desk.open("/instansi/kontak/")
    desk.sees("Belum ada kontak")
    desk.fill(office="Loket Kepegawaian", address="Jalan Contoh 17", hours="Senin sampai Jumat, 08.00-16.00 WIB")
    desk.press("Simpan dan umumkan")
    desk.sees_fault("sedikitnya satu")
    desk.check_sizes("instansi-kontak-kurang")
    desk.fill(phone="(0274) 123456 pes. 12", email="kepegawaian@example.go.id")
    desk.press("Simpan dan umumkan")
    expect(page.locator("#saved")).to_be_visible(timeout=PATIENCE)
    desk.check_sizes("instansi-kontak")
    wait_for(lambda: _published(roster), "the contact's page", 90)
    desk.open("/pengumuman/kontak/")
    expect(page.locator("#direktori tr", has_text=roster.code)).to_contain_text("Loket Kepegawaian")
    desk.check_sizes("pengumuman-kontak")
    desk.enter(roster.person(0)["nik"], PASSWORD)
    desk.open("/pendataan/")
    contact = page.locator("[data-contact]")
    expect(contact).to_contain_text("Loket Kepegawaian", timeout=PATIENCE)
    expect(contact.get_by_role("link", name="(0274) 123456 pes. 12")).to_have_attribute("href", "tel:0274123456")
    desk.check_sizes("pendataan-kontak")


def _published(office: Office) -> bool:
    """Whether the publisher has been here; its minute comes sooner."""
    answer = Visitor(office.portal.base_url).send("GET", f"/pengumuman/kontak/{office.code}.json")
    if "Loket Kepegawaian" in answer.content.decode():
        return True
    office.portal.advance(60)
    return False
