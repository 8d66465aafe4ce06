"""The queue on the running portal: a record is before one at a time, its papers beside it, decided by one letter.

Or passed by, once its papers were opened, and approved with others.
"""

import re

from playwright.sync_api import expect

from tests.browser.looking import PATIENCE, Eyes
from tests.support.office import Office

TAKE = "Ambil data berikutnya"


def test_two_of_an_office_are_never_handed_the_same_record(desk: Eyes, phone: Eyes, office: Office) -> None:
    office.enlist([office.person(seed) for seed in range(3)])
    office.submit(office.person(0))
    office.portal.wait_idle()
    desk.enter(office.login("verifikator"))
    desk.open("/instansi/antrean/")
    expect(desk.page.locator("#counts h2")).to_have_text("Yang menunggu Anda: 1")
    desk.check_sizes("instansi-antrean")
    desk.press(TAKE)
    desk.at("/instansi/orang/putusan/")
    expect(desk.page.locator("h1")).to_contain_text(office.person(0)["nama"])
    expect(desk.page.locator("#held")).to_be_visible()
    expect(desk.page.locator("#spread img")).to_have_count(5, timeout=PATIENCE)
    desk.check_sizes("instansi-antrean-putusan")

    phone.enter(office.login("admin"))
    phone.open("/instansi/antrean/")
    phone.settled()
    phone.press(TAKE)
    phone.sees("Semua data yang menunggu sedang diperiksa petugas lain.")
    phone.page.locator("#state").select_option("TERDAFTAR")
    phone.press(TAKE)
    phone.at("/instansi/orang/putusan/")
    others = re.compile("|".join(office.person(seed)["nama"] for seed in (1, 2)))
    expect(phone.page.locator("h1")).to_contain_text(others)
    phone.press("Kembalikan ke antrean")
    phone.at("/instansi/antrean/")

    office.submit(office.person(2))
    office.portal.wait_idle()
    desk.page.keyboard.press("?")
    expect(desk.page.locator("#keys")).to_be_visible()
    desk.check_sizes("instansi-antrean-pintasan")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("s")
    expect(desk.page.locator("h1")).to_contain_text(office.person(2)["nama"])
    (decided,) = office.stage.people(state="MEMENUHI_SYARAT")
    assert decided["nama"] == office.person(0)["nama"]

    expect(desk.page.locator("#spread img")).to_have_count(5, timeout=PATIENCE)
    desk.page.keyboard.press("n")
    desk.at("/instansi/antrean/")
    desk.press("Lihat yang dapat disetujui")
    desk.sees("Dapat disetujui: 1")
    desk.check_sizes("instansi-antrean-sekaligus")
    desk.press("Setujui semua yang dapat disetujui")
    desk.press("Ya")
    desk.sees("Disetujui: 1")
    admin, path = office.stage.staff("admin"), f"{office.stage.registration}/people"
    approved = office.stage.people(state="MEMENUHI_SYARAT")
    assert {one["nama"] for one in approved} == {office.person(0)["nama"], office.person(2)["nama"]}
    for one in approved:
        noted = admin.get(f"{path}/{one['id']}")["decisions"][-1]
        assert (noted["against_advice"], noted["without_papers"], noted["unopened"]) == (False, [], [])
