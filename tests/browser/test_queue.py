"""The queue on the running portal: a record is before one at a time, its papers beside it, decided by one letter."""

from playwright.sync_api import expect

from tests.browser.looking import PATIENCE, Eyes
from tests.support.office import Office

TAKE = "Ambil data berikutnya"


def test_two_of_an_office_are_never_handed_the_same_record(desk: Eyes, phone: Eyes, office: Office) -> None:
    office.enlist([office.person(0), office.person(1)])
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
    expect(phone.page.locator("h1")).to_contain_text(office.person(1)["nama"])
    phone.press("Kembalikan ke antrean")
    phone.at("/instansi/antrean/")

    desk.page.keyboard.press("?")
    expect(desk.page.locator("#keys")).to_be_visible()
    desk.check_sizes("instansi-antrean-pintasan")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("s")
    desk.at("/instansi/antrean/")
    (decided,) = office.stage.people(state="MEMENUHI_SYARAT")
    assert decided["nama"] == office.person(0)["nama"]
    noted = office.stage.staff("admin").get(f"{office.stage.registration}/people/{decided['id']}")["decisions"][-1]
    assert (noted["against_advice"], noted["without_papers"], noted["unopened"]) == (False, [], [])
