"""Somebody without an account applies for his institution's first admin; bkn decides with the letter beside it."""

from playwright.sync_api import expect

from infra.local.client import Visitor
from tests.browser.looking import PATIENCE, Eyes
from tests.support.office import Office
from tools.sample import files, people

NIP = "190001011920021001"


def be(eyes: Eyes, visitor: Visitor) -> None:
    """Have a signed-in visitor's cookies; those of our names can be set as secure ones only."""
    secure = eyes.origin.replace("http:", "https:")
    eyes.page.context.add_cookies(
        [{"name": name, "value": value, "url": secure, "secure": True} for name, value in visitor.cookies.items()]
    )


def test_an_admin_applies_and_is_invited(phone: Eyes, desk: Eyes, office: Office) -> None:
    phone.open("/")
    phone.press("Instansi belum memiliki admin")
    phone.at("/instansi/daftar/")
    phone.check_sizes("daftar-admin")
    phone.fill(institution="tidak ada", nip=NIP, name="Calon Admin Contoh", email="kepegawaian@contoh.id")
    phone.press("Ajukan permohonan")
    phone.sees_fault("Pilih instansi dari daftar")
    phone.fill(institution=office.code)
    phone.press("Ajukan permohonan")
    phone.at("/instansi/daftar/status/")
    expect(phone.page.locator("#keep-title")).to_be_focused(timeout=PATIENCE)
    number = phone.page.locator("[data-text=number]").inner_text()
    phone.upload("SURAT", "surat.pdf", "application/pdf", b"%PDF-1.4 rusak")
    expect(phone.page.locator("[data-upload=SURAT][data-state=DITOLAK]")).to_be_visible(timeout=2 * PATIENCE)
    phone.upload("SURAT", "surat.pdf", "application/pdf", files.sptjm_pdf(people.person(1)))
    phone.sees("BKN memeriksa surat penunjukan Anda")
    expect(phone.page.locator("[data-upload=SURAT]")).to_be_hidden()
    phone.check_sizes("permohonan-admin")

    be(desk, office.stage.staff("bkn"))
    desk.open("/bkn/")
    expect(desk.page.locator("#applications")).to_contain_text("1", timeout=PATIENCE)
    desk.page.locator("#applications a").click()
    desk.at("/bkn/permohonan/")
    desk.check_sizes("daftar-permohonan")
    desk.page.get_by_role("link", name=number).click()
    desk.sees("Calon Admin Contoh")
    desk.settled()
    desk.fill(approved="true")
    desk.check_sizes("permohonan")
    assert desk.paper("Buka surat penunjukan").startswith(b"%PDF")
    desk.fill(approved="true", email="kepegawaian@contoh.id", delivery="CETAK")
    desk.press("Simpan keputusan")
    desk.answer("Ya")
    expect(desk.page.locator("#printed-title")).to_be_focused(timeout=PATIENCE)
    address = desk.page.locator("[data-text=address]").inner_text()
    assert address.startswith(f"{desk.origin}/instansi/undangan/#")
    desk.check_sizes("permohonan-disetujui")

    phone.page.reload()
    phone.sees("Permohonan Anda disetujui.")
    expect(phone.page.locator("#withdraw")).to_be_hidden()
    assert number not in phone.page.url
