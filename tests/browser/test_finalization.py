"""From pre-finalizing to the sealed list, its SPTJM and a reopening, as admin, public, bkn, PPK and person see it."""

import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from infra.local.client import Visitor, wait_for
from infra.local.demo import steps_institution
from tests.browser import letters, statements
from tests.browser.looking import PATIENCE, ROOT, Eyes
from tests.support.office import PASSWORD, Office

PEOPLE = 6
DRAINED = timedelta(seconds=90)
"""After this the next run of the locker finds that what was in flight is through."""
SHA256 = re.compile(r"^[0-9a-f]{64}$")


@pytest.fixture(scope="module")
def verified(office: Office) -> Office:
    """The institution with six people, all but one of them verified; the first has an account."""
    office.enlist([office.person(at) for at in range(PEOPLE)])
    office.make_account(office.person(0))
    office.stage.staff("verifikator")
    people = office.stage.people()
    last = next(one for one in people if one["state"] == "TERDAFTAR")
    for one in (each for each in people if each is not last):
        steps_institution.decide(office.stage, one, "MEMENUHI_SYARAT", steps_institution.AT_THE_OFFICE)
    office.portal.wait_idle()
    return office


def test_from_prefinal_list_to_a_reopened_one(desk: Eyes, phone: Eyes, verified: Office, tmp_path: Path) -> None:
    prefinalize(desk, verified)
    read_prefinal_list(phone, verified)
    propose_somebody(phone, desk, verified)
    letters.ask_for_time(desk, verified)
    letters.decide(desk, verified)
    finalize(desk, verified)
    statements.sign_and_return(desk, verified)
    statements.sign_and_accept(desk, verified)
    read_final_list(phone, verified, tmp_path)
    download_proof(phone, verified, tmp_path)
    take_over(desk, verified, tmp_path)
    letters.reopen(desk, verified)


def prefinalize(desk: Eyes, office: Office) -> None:
    """The admin is asked twice."""
    desk.enter(office.login("admin"))
    desk.open("/instansi/finalisasi/")
    expect(desk.page.locator("#round")).to_contain_text("Penginputan", timeout=PATIENCE)
    desk.check("instansi-finalisasi")
    desk.press("Lakukan prafinalisasi")
    desk.answer("Tidak")
    expect(desk.page.locator("#round")).to_contain_text("Penginputan")
    desk.press("Lakukan prafinalisasi")
    desk.answer("Ya, lanjutkan")
    desk.sees("Prafinalisasi (uji publik)")
    snapshot = desk.page.locator("#prefinal dd")
    expect(snapshot).to_contain_text(["1", str(PEOPLE), "1 September 2022"])
    office.stage.let_drain()
    office.portal.wait_idle()
    desk.page.reload()
    expect(desk.page.locator("#prefinal code")).to_have_text(SHA256, timeout=PATIENCE)
    desk.check("instansi-finalisasi-prafinal")


def read_prefinal_list(phone: Eyes, office: Office) -> None:
    """Anybody finds the institution, and himself on its list; nothing private is there."""
    person = office.person(0)
    publish(office, "PRAFINALISASI: uji publik")
    phone.open("/pengumuman/")
    phone.page.get_by_label("Cari instansi").fill(office.code)
    phone.check("pengumuman")
    phone.press(office.name)
    phone.at(f"/pengumuman/{office.code}/")
    phone.sees("PRAFINALISASI: uji publik, belum final")
    search = phone.page.get_by_label("Cari nama di daftar ini")
    search.fill(person["nama"].upper())
    hit = phone.page.locator("[data-index] tbody tr").filter(has_text=person["unit_kerja"])
    expect(hit.first).to_contain_text(person["nama"], timeout=PATIENCE)
    expect(phone.page.locator("main")).not_to_contain_text(person["nik"])
    phone.check("pengumuman-prafinal")
    search.fill("zzz tidak ada")
    phone.sees("Tidak ada nama yang cocok.")


def propose_somebody(phone: Eyes, desk: Eyes, office: Office) -> None:
    """An usulan from the list's page reaches the institution's inbox; its sender follows it, and takes it back."""
    phone.page.locator("main").get_by_role("link", name="diusulkan").click()
    phone.at("/usulan/")
    expect(phone.page.locator("#institution")).to_have_value(re.compile(office.code))
    phone.press("Kirim usulan")
    phone.sees_fault("Isi alasan.")
    person = office.person(90)
    phone.fill(nik=person["nik"], nama="Contoh Terlupa", unit_kerja="Dinas Contoh", jabatan="Tenaga Administrasi")
    phone.fill(tanggal_lahir=person["tanggal_lahir"], sejak="2019-03-04")
    phone.fill(alasan="Bekerja sejak 2019, ada SK.", email="contoh@contoh.example")
    phone.check("usulan")
    phone.press("Kirim usulan")
    phone.at("/laporan/")
    phone.sees("Laporan Anda sudah diterima dan menunggu ditangani.")
    phone.check("laporan")
    desk.enter(office.login("operator"))
    desk.open("/instansi/laporan/")
    desk.page.locator("[data-rows=items] a").first.click()
    desk.sees("Contoh Terlupa")
    desk.check("instansi-laporan")
    phone.press("Cabut laporan")
    phone.answer("Ya")
    phone.sees("Laporan ini sudah Anda cabut.")


def finalize(desk: Eyes, office: Office) -> None:
    """By hand, before the deadline: not while somebody is without verdict; then everything locks and is sealed."""
    desk.enter(office.login("admin"))
    desk.open("/instansi/finalisasi/")
    desk.sees("Sekarang ada 1 orang tanpa putusan")
    desk.sees("setelah semua yang wajib pada daftar periksa nol")
    expect(desk.page.get_by_role("button", name="Finalisasi")).to_have_count(0)
    last = next(one for one in office.stage.people() if one["state"] == "TERDAFTAR")
    office.stage.staff("verifikator")
    steps_institution.decide(office.stage, last, "MEMENUHI_SYARAT", steps_institution.AT_THE_OFFICE)
    office.portal.wait_idle()
    desk.page.reload()
    desk.page.get_by_label("Saya sudah memeriksa daftar ini").check()
    desk.press("Finalisasi")
    desk.sees_fault("Isi alasan.")
    desk.fill(reason="Daftar baru tertempel hari ini; semua sudah diberi tahu.")
    desk.press("Finalisasi")
    expect(desk.page.locator("#ask-final")).to_contain_text("THK-II belum dikonfirmasi")
    desk.answer("Ya, lanjutkan")
    desk.sees("Sedang dikunci")
    office.portal.advance(DRAINED.total_seconds())
    expect(desk.page.locator("#seal code").first).to_have_text(SHA256, timeout=2 * PATIENCE)
    expect(desk.page.get_by_role("button", name="Lakukan prafinalisasi")).to_have_count(0)
    desk.check_sizes("instansi-finalisasi-segel")


def read_final_list(phone: Eyes, office: Office, folder: Path) -> None:
    """The final list shows the seal on record; what is linked beside it proves to be what the SPTJM speaks of."""
    root = office.stage.staff("admin").get(office.stage.finalization)["seal"]["root"]
    publish(office, "SPTJM sudah diterima BKN.")
    phone.open(f"/pengumuman/{office.code}/")
    phone.page.reload()  # the phone may keep the pre-final page it saw for a minute
    phone.sees("FINAL: daftar bersegel")
    phone.sees("SPTJM sudah diterima BKN.")
    expect(phone.page.locator(".seal code")).to_have_text(root)
    phone.check("pengumuman-final")
    saved = [phone.save(name, folder) for name in ("index.json", "segel.json", "kunci.pem")]
    assert verify("list", "--list", saved[0], "--seal", saved[1], "--root", root, "--key", saved[2]) == "SAMA"


def download_proof(phone: Eyes, office: Office, folder: Path) -> None:
    """A person takes home the proof that he is in the seal."""
    phone.enter(office.person(0)["nik"], PASSWORD)
    phone.open("/pendataan/")
    phone.check("pendataan-bukti")
    proof = phone.save("Unduh bukti", folder)
    assert verify("proof", proof, "--key", str(folder / "kunci.pem")) == "SAMA"


def take_over(desk: Eyes, office: Office, folder: Path) -> None:
    """The PPK takes the package with him, and what is in it proves itself."""
    desk.enter(office.login("ppk"))
    desk.open("/instansi/pertanggungjawaban/")
    desk.sees("SPTJM sudah diterima BKN")
    expect(desk.page.locator(":is([data-print], [data-send]):visible")).to_have_count(0)
    desk.check_sizes("instansi-serah-terima")
    with zipfile.ZipFile(desk.save("Unduh paket serah terima (ZIP)", folder)) as package:
        package.extractall(folder / "paket")
    there = folder / "paket"
    listed = ("--list", str(there / "index.json"), "--seal", str(there / "segel.json"))
    assert verify("list", *listed, "--key", str(folder / "kunci.pem")) == "SAMA"
    assert len(list(there.glob("SPTJM-*.pdf"))) == 1


def verify(*arguments: str) -> str:
    """The last line of what anybody's own check says, run as a journalist runs it."""
    command = [sys.executable, "-m", "pendataan_verify", *arguments]
    done = subprocess.run(command, cwd=ROOT / "tools" / "verify", capture_output=True, text=True, check=False)
    return (done.stdout.splitlines() or [done.stderr])[-1]


def publish(office: Office, words: str) -> None:
    """Let minutes go by until the institution's public page says this."""
    anybody = Visitor(office.portal.base_url)

    def shown() -> bool:
        office.portal.wait_idle()
        office.portal.advance(timedelta(minutes=1).total_seconds())
        office.portal.wait_idle()
        return words in anybody.send("GET", f"/pengumuman/{office.code}/").content.decode()

    wait_for(shown, f"the public page to say {words!r}", 120)
