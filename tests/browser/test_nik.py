"""A wrong NIK, from the operator who asks to the person who signs in with the right one (domain.md, section 3)."""

from playwright.sync_api import expect

from tests.browser.looking import PATIENCE, Eyes
from tests.browser.test_staff import open_person
from tests.support.office import PASSWORD, Office


def test_a_wrong_nik_is_asked_on_a_phone_and_decided_at_a_desk(desk: Eyes, phone: Eyes, office: Office) -> None:
    right = office.person(0)
    wrong = {**right, "nik": f"{right['nik'][:-1]}{(int(right['nik'][-1]) + 1) % 10}"}
    office.enlist([wrong])
    office.make_account(wrong)

    phone.enter(office.login("operator"))
    open_person(phone, right["nama"], state="AKUN_DIBUAT")
    phone.press("Perbaikan NIK")
    phone.at("/instansi/orang/nik/")
    expect(phone.page.locator("#ask-form")).to_be_visible(timeout=PATIENCE)
    phone.check("instansi-nik-isian")
    phone.fill(nik=right["nik"], nama="Orang Lain Sekali", tanggal_lahir=right["tanggal_lahir"])
    phone.fill(reason="Salah ketik pada berkas impor.")
    phone.press("Ajukan")
    phone.sees("Isian ini milik orang lain.")
    phone.fill(nama=right["nama"])
    phone.press("Ajukan")
    phone.sees("Perbaikan diajukan.")
    phone.sees("Anda yang mengajukan, jadi admin lain memutuskannya.")
    phone.check("instansi-nik-diajukan")

    desk.enter(office.login("admin"))
    desk.open("/instansi/")
    desk.sees("perbaikan NIK diajukan, menunggu keputusan admin")
    desk.open("/instansi/nik/")
    desk.check("instansi-nik-menunggu")
    desk.page.locator("main").get_by_role("link", name=right["nama"]).click()
    desk.at("/instansi/orang/nik/")
    expect(desk.page.locator("#accept-form")).to_be_visible(timeout=PATIENCE)
    desk.check("instansi-nik-keputusan")
    desk.fill(on_ktp=wrong["nik"])
    desk.press("Perbaiki NIK")
    desk.sees("Baca sekali lagi dari KTP")
    desk.fill(on_ktp=right["nik"])
    desk.press("Perbaiki NIK")
    desk.sees("NIK sudah diperbaiki.")
    desk.sees("Buka data lama dan riwayatnya")
    desk.check("instansi-nik-diperbaiki")

    phone.enter(right["nik"], PASSWORD)
    phone.open("/pendataan/")
    phone.sees(right["nama"])
