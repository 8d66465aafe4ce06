"""From the operator's order to an account by its code; the counter; and the lists a unit prints."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from infra.local.client import Visitor, new_key
from infra.local.demo import steps_person
from services.kernel.documents import DocumentType
from tests.browser.looking import PATIENCE, Eyes
from tests.kernel.papers import text_of
from tests.registration.sheets.printing import codes, pages
from tests.support.office import PASSWORD, Office, Person
from tools.sample import files

JPG, PDF = "image/jpeg", "application/pdf"
NEW_PASSWORD = "becak hijau di simpang lima"
UNITS = ("SDN 1 Contoh", "SDN 1 Contoh", "SDN 2 Contoh", "SDN 2 Contoh")


@pytest.fixture(scope="module")
def roster(office: Office) -> Office:
    """Four people in two units, without accounts."""
    rows = [office.person(at) | {"unit_kerja": unit} for at, unit in enumerate(UNITS)]
    office.enlist(rows)
    return office


def enrolled(office: Office, person: Person) -> Visitor:
    """Somebody who passed the identity check and sent KTP and photo."""
    me = Visitor(office.portal.base_url)
    steps_person.check_identity(office.stage, person, me)
    me.upload(DocumentType.KTP, files.ktp_jpg(person))
    me.upload(DocumentType.FOTO, files.photo_jpg(person))
    office.portal.wait_idle()
    return me


def makes_account(me: Visitor) -> None:
    """The last step."""
    me.post("/api/registration/accounts", steps_person.account_form(me), key=new_key(), expect=201)


def code_of(paper: bytes, person: Person) -> str:
    """What the page with his name has."""
    (at,) = [at for at, page in enumerate(pages(paper)) if person["nama"] in page]
    return codes(paper)[at]


def test_sheets_from_the_order_to_the_account(desk: Eyes, phone: Eyes, roster: Office, tmp_path: Path) -> None:
    page = desk.page
    desk.be(roster.stage.staff("operator").cookies)
    desk.open("/instansi/lembar/")
    units = page.locator("[data-rows=counts] tr")
    expect(units).to_have_count(2, timeout=PATIENCE)
    expect(page.locator("#counted")).to_contain_text("4 orang belum punya akun maupun lembar")
    desk.check_sizes("instansi-lembar-kosong")
    units.filter(has_text="SDN 1").get_by_role("button").press("Enter")
    expect(page.locator("#saved")).to_be_focused(timeout=PATIENCE)
    name = "Berkas 1 (2 lembar)"
    expect(page.get_by_role("link", name=name)).to_be_visible(timeout=2 * PATIENCE)
    expect(units.filter(has_text="SDN 1").get_by_role("button")).to_be_hidden(timeout=PATIENCE)
    desk.check_sizes("instansi-lembar")
    paper = Path(desk.save(name, tmp_path)).read_bytes()
    first, second = roster.person(0), roster.person(1)
    me = enrolled(roster, first)
    me.post("/api/registration/enrolment/sheet", {"code": code_of(paper, first)}, key=new_key())
    makes_account(me)
    types_a_later_sheet(phone, roster, second, code_of(paper, second))
    desk.open("/instansi/lembar/")
    expect(units.filter(has_text="SDN 1")).to_contain_text("2", timeout=PATIENCE)
    expect(page.get_by_role("link", name="sudah pernah diambil")).to_be_visible(timeout=PATIENCE)
    record = roster.stage.people(q=first["nama"])[0]["id"]
    desk.open(f"/instansi/orang/detail/?id={record}")
    expect(page.locator("#identity")).to_be_visible(timeout=PATIENCE)
    page.locator("#identity").click()
    desk.at("/instansi/orang/akun/")
    desk.sees("Dipastikan dengan lembar aktivasi")
    desk.sees("Lembar sudah dipakai")
    desk.check_sizes("instansi-orang-akun")


def types_a_later_sheet(phone: Eyes, office: Office, person: Person, code: str) -> None:
    """Somebody who made his account by a code to his e-mail address."""
    office.make_account(person)
    phone.enter(person["nik"], PASSWORD)
    phone.open("/pendataan/")
    phone.page.locator("#own-sheet a").click(timeout=PATIENCE)
    phone.at("/pendataan/lembar/")
    phone.fill(code="ABCDE-ABCDE")
    phone.press("Pastikan akun saya")
    phone.sees_fault("tidak dapat dipakai")
    phone.check("pendataan-lembar")
    phone.fill(code=f"{code[:5]}-{code[5:]}")
    phone.press("Pastikan akun saya")
    expect(phone.page.locator("#saved")).to_be_visible(timeout=PATIENCE)
    phone.open("/pendataan/")
    expect(phone.page.locator("#steps")).to_be_visible(timeout=PATIENCE)
    expect(phone.page.locator("#own-sheet")).to_be_hidden()


def test_at_the_counter_and_the_lists_of_a_unit(desk: Eyes, roster: Office) -> None:
    page, third = desk.page, roster.person(2)
    me = enrolled(roster, third)
    digits = me.post("/api/registration/enrolment/counter-code", {}, key=new_key())["digits"]
    desk.be(roster.stage.staff("operator").cookies)
    record = roster.stage.people(q=third["nama"])[0]["id"]
    desk.open(f"/instansi/orang/akun/?id={record}")
    desk.sees("Belum punya akun")
    desk.fill(digits="999999" if digits != "999999" else "000000")
    page.get_by_label("bersama KTP-nya").check()
    desk.press("Nyatakan ini orangnya")
    desk.sees_fault("tidak sedang tampil")
    desk.check_sizes("instansi-orang-loket")
    desk.fill(digits=digits)
    desk.press("Nyatakan ini orangnya")
    expect(page.locator("#vouched")).to_contain_text("melanjutkan pembuatan akun", timeout=PATIENCE)
    makes_account(me)
    page.reload()
    desk.sees("Dipastikan petugas")
    desk.open("/instansi/lembar/daftar/?kind=BELUM_AKUN")
    listed = page.locator("[data-rows=listed] tr").filter(has_text=roster.person(3)["nama"])
    expect(listed).to_be_visible(timeout=PATIENCE)
    text = page.locator("#message").input_value()
    assert re.search(r"\d orang belum membuat akun", text)
    assert roster.person(3)["nama"] not in text
    desk.check_sizes("instansi-daftar-unit")
    listed.get_by_role("button").press("Enter")
    expect(page.locator("#saved")).to_be_visible(timeout=PATIENCE)
    page.emulate_media(media="print")
    expect(page.locator("#group")).to_be_hidden()
    expect(listed).to_contain_text(roster.person(3)["nama"])


def test_an_impostor_is_out_when_the_owner_comes_with_a_sheet_that_two_have_printed(
    desk: Eyes, phone: Eyes, roster: Office
) -> None:
    owner = roster.person(9) | {"unit_kerja": "SDN 3 Contoh"}
    roster.enlist([owner])
    roster.make_account(owner)
    record = roster.stage.people(q=owner["nama"])[0]["id"]
    operator, admin = roster.stage.staff("operator"), roster.stage.staff("admin")
    desk.be(operator.cookies)
    desk.open(f"/instansi/orang/akun/?id={record}")
    desk.press("Minta lembar")
    expect(desk.page.locator("#end-request")).to_be_visible(timeout=PATIENCE)
    desk.press("Setujui dan cetak")
    desk.sees_fault("Yang meminta tidak boleh menyetujui")
    desk.check_sizes("instansi-orang-akun-lembar")
    desk.be(admin.cookies)
    desk.open(f"/instansi/orang/akun/?id={record}")
    desk.press("Setujui dan cetak")
    expect(desk.page.locator("#sheet-agreed")).to_be_visible(timeout=PATIENCE)
    roster.portal.wait_idle()
    (printing, *_) = operator.get(f"{roster.stage.registration}/sheets")["items"]
    paper = operator.download(f"{roster.stage.registration}/sheets/{printing['id']}/pdf?part=0")
    phone.open(f"/akun/nik-digunakan/#kode={codes(paper)[0]}")
    phone.fill(nik=owner["nik"], nomor_kk="9901010101150001", nama=owner["nama"], tempat_lahir="Contoh")
    phone.fill(tanggal_lahir=owner["tanggal_lahir"])
    phone.fill(password=NEW_PASSWORD, password_again=NEW_PASSWORD)
    phone.check_sizes("akun-nik-digunakan")
    phone.press("Ambil kembali akun")
    expect(phone.page.locator("#done")).to_be_visible(timeout=PATIENCE)
    phone.enter(owner["nik"], NEW_PASSWORD)
    phone.open("/pendataan/")
    expect(phone.page.locator("#steps")).to_be_visible(timeout=PATIENCE)
    expect(phone.page.locator("#own-sheet")).to_be_hidden()


def test_without_email_sms_and_sheet_the_counter_takes_him_from_buat_akun_to_his_card(
    phone: Eyes, desk: Eyes, roster: Office
) -> None:
    person = roster.person(8) | {"unit_kerja": "SDN 4 Contoh"}
    roster.enlist([person])
    phone.open("/")
    phone.press("Buat Akun")
    phone.at("/akun/")
    asked = ("nik", "nomor_kk", "nama", "tempat_lahir", "tanggal_lahir")
    phone.fill(**{name: person[name] for name in asked})
    phone.press("Lanjutkan")
    phone.at("/akun/lengkapi/")
    phone.uploaded("KTP", "ktp.jpg", JPG, files.ktp_jpg(person))
    phone.uploaded("FOTO", "foto.jpg", JPG, files.photo_jpg(person))
    phone.fill(password=PASSWORD)
    phone.press("Lanjutkan")
    phone.at("/akun/periksa/")
    is_seen_at_the_counter(phone, desk, roster, person)
    phone.press("Proses Pembuatan Akun")
    phone.answer("Ya")
    phone.at("/akun/selesai/")
    assert person["nama"] in text_of(phone.paper("Cetak Informasi Pendaftaran"))
    phone.press("Lanjutkan Login Pendaftaran")
    phone.fill(login=person["nik"], password=PASSWORD)
    phone.press("Masuk")
    phone.at("/pendataan/")
    completes_and_prints(phone, person)


def is_seen_at_the_counter(phone: Eyes, desk: Eyes, office: Office, person: Person) -> None:
    """Nothing else is open to him: he shows six digits, staff see his KTP and type them, and his page goes on."""
    offered = phone.page.locator("#unbacked")
    expect(offered.get_by_role("button", name=re.compile("^Kirim kode"))).to_have_count(0)
    offered.get_by_text("Dengan bantuan petugas instansi").click()
    phone.press("Tampilkan 6 angka")
    shown = phone.page.locator("#counter [data-text=digits]")
    expect(shown).to_have_text(re.compile(r"^[0-9 ]{6,}$"), timeout=PATIENCE)
    phone.check_sizes("akun-loket")
    desk.be(office.stage.staff("operator").cookies)
    record = office.stage.people(q=person["nama"])[0]["id"]
    desk.open(f"/instansi/orang/akun/?id={record}")
    desk.fill(digits=re.sub(r"\D", "", shown.inner_text()))
    desk.page.get_by_label("bersama KTP-nya").check()
    desk.press("Nyatakan ini orangnya")
    expect(desk.page.locator("#vouched")).to_be_visible(timeout=PATIENCE)
    phone.page.locator("#seen").click()
    phone.sees("Terbukti. Akun dapat dibuat.")


def completes_and_prints(phone: Eyes, person: Person) -> None:
    """From the first question to the card, on the phone alone."""
    phone.press("Lanjutkan")
    phone.at("/pendataan/aktif/")
    phone.fill(active="true")
    phone.press("Lanjutkan")
    phone.at("/pendataan/biodata/")
    phone.uploaded("IJAZAH", "ijazah.pdf", PDF, files.ijazah_pdf(person))
    phone.press("Selanjutnya")
    phone.at("/pendataan/riwayat/")
    phone.page.get_by_role("link", name="Ubah atau unggah dokumen").click()
    phone.uploaded("SK", "sk.pdf", PDF, files.sk_pdf(person))
    phone.uploaded("BUKTI_BAYAR", "bukti.pdf", PDF, files.pay_proof_pdf(person))
    phone.press("Kembali ke riwayat")
    phone.press("Selanjutnya")
    phone.at("/pendataan/resume/")
    phone.page.locator("#statement").check()
    phone.press("Akhiri Proses Pendaftaran")
    phone.at("/pendataan/selesai/")
    card = text_of(phone.paper("Cetak Kartu Pendataan"))
    assert person["nama"] in card
    assert person["nik"] not in card
