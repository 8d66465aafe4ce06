"""bkn loads a list of job titles, sees what it would do, orders its run, and calls it off again: others live here."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.looking import PATIENCE, Eyes
from tests.support.office import Office
from tools.sample.titles import TITLES, titles_csv


def test_a_list_is_loaded_looked_at_ordered_and_called_off(desk: Eyes, office: Office) -> None:
    desk.enter(office.login("bkn"))
    desk.open("/bkn/")
    desk.press("Daftar jabatan yang dikecualikan")
    desk.at("/bkn/jabatan/")
    desk.check_sizes("bkn-jabatan")
    content = titles_csv("B/88/CONTOH/2022", date(2022, 8, 29))
    wrong = {"name": "salah.csv", "mimeType": "text/csv", "buffer": content.replace(b"Nomor surat", b"Catatan")}
    desk.page.set_input_files("#file", wrong)  # type: ignore[arg-type]
    desk.press("Unggah daftar")
    expect(desk.page.locator("[data-rows=faults]")).to_contain_text("Nomor surat", timeout=PATIENCE)
    desk.open("/bkn/jabatan/")
    desk.page.set_input_files("#file", {"name": "daftar.csv", "mimeType": "text/csv", "buffer": content})
    desk.press("Unggah daftar")
    run = desk.page.get_by_role("button", name="Jalankan daftar")
    expect(run).to_be_visible(timeout=PATIENCE)
    expect(desk.page.locator("dl")).to_contain_text(str(TITLES))
    desk.check_sizes("bkn-jabatan-daftar")
    run.click()
    desk.answer("Ya")
    desk.sees("Daftar ini dijadwalkan.")
    desk.press("Batalkan")
    desk.answer("Ya")
    desk.sees("Dibatalkan. Tidak ada data yang diubah.")
    expect(run).to_be_visible(timeout=PATIENCE)
