"""A personal number in a row: the list stops and staff read whose; the final list withholds the row until bkn looks."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from infra.local import seed
from infra.local.client import wait_for
from infra.local.demo import steps_institution
from tests.browser.looking import PATIENCE, Eyes
from tests.browser.test_finalization import DRAINED, publish
from tests.support.office import Office, Person

HASTE = "Daftar baru tertempel hari ini; semua sudah diberi tahu."


def careless(office: Office) -> Person:
    """Somebody whose own phone number stands in his unit's name, as no pattern tells but his own contact does."""
    person = office.person(1)
    phone = person["hp"].removeprefix("+62")
    return {**person, "unit_kerja": f"Ruang {phone[:3]} {phone[3:6]} {phone[6:]}"}


@pytest.fixture(scope="module")
def verified(office: Office) -> Office:
    """The institution with two people, both verified; the careless one has an account, and so a contact."""
    office.enlist([office.person(0), careless(office)])
    office.make_account(careless(office))
    office.stage.staff("verifikator")
    for one in office.stage.people():
        steps_institution.decide(office.stage, one, "MEMENUHI_SYARAT", steps_institution.AT_THE_OFFICE)
    minute(office)
    return office


def test_a_row_with_a_number_is_told_and_withheld_and_released(desk: Eyes, phone: Eyes, verified: Office) -> None:
    stop(desk, verified)
    seal(verified)
    read_withheld(phone, verified)
    release(desk, verified)


def minute(office: Office) -> None:
    office.portal.wait_idle()
    office.portal.advance(timedelta(minutes=1).total_seconds())
    office.portal.wait_idle()


def stopped(office: Office) -> bool:
    """Let a minute go by; whether what was found in the numbered list has stopped the publication."""
    minute(office)
    path = f"/api/announcements/institutions/{office.code}/publication"
    return bool(office.stage.staff("admin").get(path)["state"] == "BERHENTI")


def number_of(office: Office) -> str:
    listed = {one["unit_kerja"]: one["nomor_registrasi"] for one in office.stage.people()}
    return str(listed[careless(office)["unit_kerja"]])


def stop(desk: Eyes, office: Office) -> None:
    """Pre-finalized, but not public. Both consoles say which row, with its record."""
    office.stage.staff("admin").post(f"{office.stage.finalization}/prefinalization", {"v": version(office)})
    wait_for(lambda: stopped(office), "the list to be found fault with", 120)
    desk.open(f"/pengumuman/{office.code}/")
    expect(desk.page.locator("h1")).to_contain_text(office.name, timeout=PATIENCE)
    for hidden in ("nama", "unit_kerja"):
        expect(desk.page.locator("main")).not_to_contain_text(careless(office)[hidden])
    desk.enter(office.login("admin"))
    desk.open("/instansi/")
    notice = desk.page.locator("#publication")
    expect(notice).to_contain_text("Pengumuman berhenti", timeout=PATIENCE)
    expect(notice).to_contain_text(number_of(office))
    expect(notice).not_to_contain_text(careless(office)["unit_kerja"])
    desk.check_sizes("instansi-pengumuman-berhenti")
    notice.get_by_role("link", name=number_of(office)).click()
    desk.at("/instansi/orang/detail/")
    desk.sees(careless(office)["unit_kerja"])
    desk.enter(office.login("bkn"))
    desk.open("/bkn/")
    expect(desk.page.locator("#publications")).to_contain_text(f"{office.name}: berhenti", timeout=PATIENCE)
    desk.check_sizes("bkn-pengumuman-berhenti")
    desk.open(f"/bkn/instansi/?kode={office.code}")
    expect(desk.page.locator("#publication")).to_contain_text(number_of(office), timeout=PATIENCE)
    desk.check_sizes("bkn-instansi-pengumuman-berhenti")


def version(office: Office) -> int:
    return int(office.stage.staff("admin").get(office.stage.finalization)["v"])


def seal(office: Office) -> None:
    """Nobody mended it: the list is sealed as it is, and published without that row."""
    admin = office.stage.staff("admin")
    admin.post(f"{office.stage.finalization}/finalization", {"v": version(office), "confirm": True, "reason": HASTE})
    office.portal.advance(DRAINED.total_seconds())
    publish(office, "FINAL: daftar bersegel")


def read_withheld(phone: Eyes, office: Office) -> None:
    """The public sees everybody else, and of this row its registration number; the search finds it by that."""
    phone.open(f"/pengumuman/{office.code}/")
    phone.sees("Baris disunting: 1")
    expect(phone.page.locator("main")).to_contain_text(office.person(0)["nama"])
    for hidden in ("nama", "unit_kerja"):
        expect(phone.page.locator("main")).not_to_contain_text(careless(office)[hidden])
    phone.page.get_by_label("Cari nama di daftar ini").fill(number_of(office))
    phone.sees("1 nama cocok")
    phone.check_sizes("pengumuman-final-disunting")
    phone.open(f"/en/pengumuman/{office.code}/")
    phone.sees("Rows withheld: 1")


def release(desk: Eyes, office: Office) -> None:
    """Bkn looks at the record, says why, and the row stands on the list as it is sealed."""
    desk.enter(office.login("admin"))
    desk.open("/instansi/")
    expect(desk.page.locator("#publication")).to_contain_text("BKN yang memeriksa dan melepasnya", timeout=PATIENCE)
    desk.enter(office.login("bkn"))
    desk.open(f"/bkn/instansi/?kode={office.code}")
    desk.press("Periksa dan lepas baris")
    desk.at("/bkn/instansi/disunting/")
    desk.press("Lepas baris")
    desk.sees_fault("Isi alasan.")
    desk.fill(reason="Nomor ruang, bukan telepon.")
    desk.check_sizes("bkn-disunting")
    desk.press("Lepas baris")
    desk.answer("Ya, lepas")
    desk.sees("Persetujuan tersimpan.")
    expect(desk.page.locator("#history")).to_contain_text("Nomor ruang, bukan telepon.")
    expect(desk.page.get_by_role("button", name="Lepas baris")).to_be_hidden()
    desk.enter(seed.BKN_LOGINS[1])
    desk.page.reload()
    desk.fill(reason="Benar: nomor ruang di gedung itu.")
    desk.press("Lepas baris")
    desk.answer("Ya, lepas")
    desk.sees("Persetujuan tersimpan.")
    expect(desk.page.locator("#history")).to_contain_text("Benar: nomor ruang di gedung itu.")
    desk.check_sizes("bkn-dilepas")
    publish(office, careless(office)["unit_kerja"])
    desk.page.reload()
    desk.sees("Tidak ada baris yang disunting.")
