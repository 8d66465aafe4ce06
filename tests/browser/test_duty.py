"""The last evening at bkn: what the duty officer watches, one banner to all, and a waiver for an office of one."""

from datetime import timedelta

from playwright.sync_api import expect

from services.kernel import clock
from tests.browser.looking import PATIENCE, Eyes
from tests.browser.verdicts import approve
from tests.support.office import Office

LETTER = {"letter_number": "800/12/CONTOH/2022", "letter_date": "2022-09-01"}
WHY = "Kantor hanya mempunyai seorang petugas sampai penggantinya datang."


def test_the_last_evening(desk: Eyes, phone: Eyes, office: Office) -> None:
    watch(desk, office)
    look_who_is_ready(desk, office)
    tell_everybody(desk, phone, office)


def watch(desk: Eyes, office: Office) -> None:
    """Closings, letters and how the services answer, without a zero that nobody counted."""
    desk.enter(office.login("bkn"))
    desk.open("/bkn/")
    desk.page.get_by_role("link", name="Piket", exact=True).click()
    desk.at("/bkn/piket/")
    expect(desk.page.locator("[data-rows=closings] tr").first).to_contain_text("WIB", timeout=PATIENCE)
    expect(desk.page.locator("[data-empty=late]")).to_have_text("Tidak ada yang terlambat.")
    expect(desk.page.locator("[data-rows=services] tr")).to_have_count(4)
    desk.page.evaluate("window.stays = 1")
    counted = desk.page.locator("[data-rows=services] tr").first.locator("td").nth(1)
    expect(counted).to_have_text("0", timeout=4 * PATIENCE)  # a minute is counted once it is over
    assert desk.page.evaluate("window.stays") == 1, "renewed in place"
    desk.check_sizes("bkn-piket")


def look_who_is_ready(desk: Eyes, office: Office) -> None:
    """Users and people come by facts; what bkn writes reaches the admin of whom it chose."""
    desk.page.get_by_role("link", name="Kesiapan", exact=True).click()
    desk.at("/bkn/kesiapan/")
    line = desk.page.locator("[data-rows=items] tr", has_text=office.code)
    expect(line).to_contain_text("1 admin", timeout=PATIENCE)
    expect(line).to_contain_text("Belum dapat diperkirakan")
    line.get_by_label(f"Pilih instansi {office.code}").check()
    desk.page.locator("#write summary").click()
    desk.fill(text="Mohon verifikator ditambah sebelum 20 Oktober 2022.")
    desk.check_sizes("bkn-kesiapan")
    desk.press("Kirim pesan")
    desk.answer("Ya")
    desk.sees("Pesan tercatat dan dikirim kepada admin 1 instansi.")
    desk.page.get_by_role("link", name="Piket", exact=True).click()
    desk.at("/bkn/piket/")


def tell_everybody(desk: Eyes, phone: Eyes, office: Office) -> None:
    """Seen as it will look, refused with a number, on every page also while no service answers, and taken down."""
    said = "Unggah berkas sedang lambat. Coba lagi pukul 15.00 WIB."
    phone.page.route("**/api/**", lambda route: route.abort())
    phone.line_cut = True
    phone.open("/bantuan/")
    expect(phone.page.locator("#banner")).to_be_hidden()
    desk.press("Pemberitahuan di semua halaman")
    desk.at("/bkn/pemberitahuan/")
    desk.sees("Tidak ada pemberitahuan yang sedang tampil.")
    until = office.portal.now().astimezone(clock.WIB) + timedelta(hours=3)
    desk.fill(level="GANGGUAN", id="Hubungi 0812-3456-7890 bila perlu.", en="Uploads are slow. Try again at 15:00 WIB.")
    desk.fill(until=f"{until:%Y-%m-%dT%H:%M}")
    desk.press("Tampilkan di semua halaman")
    desk.answer("Ya")
    desk.sees_fault("Tulis tanpa NIK")
    desk.fill(id=said)
    expect(desk.page.locator("#preview-id")).to_have_text(f"Gangguan: {said}")
    desk.check_sizes("bkn-pemberitahuan")
    desk.press("Tampilkan di semua halaman")
    desk.answer("Ya")
    desk.sees("Pemberitahuan tersimpan")
    for path, words in (("/bantuan/", f"Gangguan: {said}"), ("/en/pengumuman/", "Disruption: Uploads are slow.")):
        phone.open(path)
        expect(phone.page.locator("#banner")).to_contain_text(words)
        phone.check(f"banner{path.replace('/', '-')}")
    expect(desk.page.locator("#banner")).to_contain_text(said, timeout=2 * PATIENCE)  # on a page that stays open
    desk.press("Turunkan pemberitahuan")
    desk.answer("Ya")
    desk.sees("Pemberitahuan diturunkan")
    phone.open("/bantuan/")
    phone.settled()
    expect(phone.page.locator("#banner")).to_be_hidden()


def test_a_waiver_for_an_office_of_one(desk: Eyes, phone: Eyes, office: Office) -> None:
    """The admin who entered a row decides on it while the waiver holds; PPK and public read of it."""
    admin = office.stage.staff("admin")
    own = {"nomor_kk", "hp", "email"}  # the institution does not enter them
    row = {name: value for name, value in office.person(3).items() if value and name not in own}
    pid = admin.post(f"{office.stage.registration}/people", row, expect=201)["id"]
    desk.enter(office.login("bkn"))
    desk.open(f"/bkn/instansi/?kode={office.code}")
    desk.press("Pengecualian kantor satu petugas")
    desk.at("/bkn/instansi/pengecualian/")
    day = (office.portal.now() + timedelta(days=3)).date().isoformat()
    desk.fill(until=day, reason="terlalu singkat", **LETTER)
    desk.press("Beri pengecualian")
    desk.sees_fault("paling sedikit 30 huruf")
    desk.fill(reason=WHY)
    desk.check_sizes("bkn-pengecualian")
    desk.press("Beri pengecualian")
    desk.answer("Ya")
    desk.at("/bkn/instansi/")
    expect(desk.page.locator("#waived")).to_contain_text(WHY, timeout=PATIENCE)
    expect(desk.page.locator("#waived")).to_contain_text("Putusan yang diambil dengan pengecualian: 0.")
    desk.enter(office.login("admin"))
    desk.open(f"/instansi/orang/putusan/?id={pid}")
    desk.sees("Dengan pengecualian BKN Anda boleh memutusnya")
    approve(desk)
    expect(desk.page.locator("[data-rows=decisions]")).to_contain_text("dengan pengecualian BKN", timeout=PATIENCE)
    desk.check_sizes("instansi-orang-pengecualian")
    desk.enter(office.login("ppk"))
    desk.open("/instansi/sptjm/")
    expect(desk.page.locator("#waived")).to_contain_text(
        "Putusan yang diambil dengan pengecualian: 1.", timeout=PATIENCE
    )
    desk.check_sizes("instansi-sptjm-pengecualian")
    office.portal.wait_idle()
    office.portal.advance(timedelta(minutes=2).total_seconds())
    office.portal.wait_idle()
    phone.open(f"/pengumuman/{office.code}/")
    expect(phone.page.locator("#pengecualian")).to_contain_text("BKN mengizinkannya", timeout=PATIENCE)
    phone.check("pengumuman-pengecualian")
    desk.enter(office.login("bkn"))
    desk.open(f"/bkn/instansi/pengecualian/?kode={office.code}")
    desk.fill(withdrawal="Petugas kedua sudah bertugas sejak hari ini.")
    desk.press("Cabut pengecualian")
    desk.answer("Ya")
    desk.sees("Pengecualian dicabut")
    desk.check("bkn-pengecualian-dicabut")
