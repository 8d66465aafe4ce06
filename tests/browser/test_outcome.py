"""After the close, and after the lock: what everybody is told, and what nobody is asked to do any more."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pendataan_verify.inclusion import check_proof
from playwright.sync_api import expect

from infra.local.client import Visitor, wait_for
from infra.local.demo import steps_institution
from infra.local.demo.stage import soon_after
from tests.browser.looking import PATIENCE, Eyes
from tests.browser.test_finalization import publish
from tests.support.office import PASSWORD, Office

QUALIFIED, RETURNED, UNDECIDED = 0, 1, 2
WHO = {"memenuhi": QUALIFIED, "dikembalikan": RETURNED, "belum": UNDECIDED}
REASON = "SK tidak terbaca."
STEPS = {
    "aktif": "/pendataan/aktif/",
    "biodata": "/pendataan/biodata/",
    "riwayat": "/pendataan/riwayat/",
    "isi": "/pendataan/riwayat/isi/",
    "resume": "/pendataan/resume/",
}
NEW_PASSWORD = "becak hijau di simpang lima"
GOES_ON = re.compile(r"^(Lanjutkan|Akhiri Proses Pendaftaran|Tambah riwayat|Selanjutnya|Simpan)$")


@pytest.fixture(scope="module")
def decided(office: Office) -> Office:
    """One qualified, one returned after he had submitted, one with no more than an account; the list is pre-final."""
    office.enlist([office.person(at) for at in range(4)])
    for at in (QUALIFIED, UNDECIDED):
        office.make_account(office.person(at))
    office.submit(office.person(RETURNED))
    decide(office, QUALIFIED, "MEMENUHI_SYARAT", steps_institution.AT_THE_OFFICE)
    decide(office, RETURNED, "DIKEMBALIKAN", REASON)
    steps_institution.prefinalize(office.stage)
    return office


@pytest.fixture(scope="module")
def closed(decided: Office) -> Office:
    """The same, a second after the people's own window has closed."""
    decided.stage.move_clock(decided.stage.window("DOSSIER") + timedelta(seconds=1))
    return decided


@pytest.fixture(scope="module")
def sealed(closed: Office) -> Office:
    """The same, locked by the deadline and sealed."""
    closed.stage.move_clock(soon_after(closed.stage.window("VERIFICATION")))

    def is_sealed() -> bool:
        closed.portal.wait_idle()
        closed.portal.advance(timedelta(minutes=1).total_seconds())
        return bool(closed.stage.staff("admin").get(closed.stage.finalization)["seal"])

    wait_for(is_sealed, "the seal", 180)
    return closed


def decide(office: Office, at: int, decision: str, reason: str) -> None:
    """Let the verifikator decide on one of them."""
    office.stage.staff("verifikator")
    steps_institution.decide(office.stage, listed(office, at), decision, reason)
    office.portal.wait_idle()


def listed(office: Office, at: int) -> dict[str, Any]:
    """One of them as the roster has him."""
    office.stage.staff("operator")
    (one,) = office.stage.people(q=office.person(at)["nama"])
    return one


def come(eyes: Eyes, office: Office, at: int) -> None:
    """Be one of them and open Data Saya."""
    eyes.enter(office.person(at)["nik"], PASSWORD)
    eyes.open("/pendataan/")
    eyes.settled()


def nothing_to_go_on_with(eyes: Eyes) -> None:
    """No button or link that looks like one asks for another step."""
    asking = eyes.page.locator("main").get_by_role("button", name=GOES_ON)
    looking_like_one = eyes.page.locator("main a.govuk-button").filter(has_text=GOES_ON, visible=True)
    expect(asking).to_have_count(0)
    expect(looking_like_one).to_have_count(0)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("memenuhi", "menyatakan Anda memenuhi syarat pendataan"),
        ("dikembalikan", "sampai penutupan data itu tidak diajukan lagi"),
        ("belum", "Data Anda tidak diajukan"),
    ],
)
def test_after_the_close_each_is_told_who_acts_next(phone: Eyes, closed: Office, who: str, words: str) -> None:
    come(phone, closed, WHO[who])
    phone.sees("Pengisian data ditutup 22 Oktober 2022 pukul 17.00 WIB")
    expect(phone.page.locator("#outcome")).to_contain_text(words)
    expect(phone.page.locator("#outcome")).to_contain_text("31 Oktober 2022 pukul 17.00 WIB")
    expect(phone.page.locator("#can")).to_contain_text("Mengganti email atau kata sandi")
    nothing_to_go_on_with(phone)
    phone.check_sizes(f"ditutup-{who}")


def test_after_the_close_no_step_can_be_taken_but_contact_be_changed(phone: Eyes, closed: Office) -> None:
    come(phone, closed, UNDECIDED)
    for name, path in STEPS.items():
        phone.open(path)
        phone.settled()
        phone.sees("Pengisian data ditutup 22 Oktober 2022 pukul 17.00 WIB")
        nothing_to_go_on_with(phone)
        phone.check_sizes(f"ditutup-{name}")
    phone.open("/pendataan/akun/")
    phone.check_sizes("ditutup-akun-saya")
    phone.fill(new_email="baru@contoh.example", contact_current=PASSWORD)
    phone.press("Kirim kode ke email baru")
    phone.sees("Kode 6 angka dikirim ke baru@contoh.example")
    phone.fill(contact_code=Visitor(closed.portal.base_url).mailed_code("baru@contoh.example"))
    phone.press("Simpan email baru")
    phone.sees("Email diganti.")


def test_after_the_close_the_public_pages_say_so_first(phone: Eyes, closed: Office) -> None:
    phone.open("/")
    phone.sees("Pengisian data sudah ditutup")
    expect(phone.page.get_by_role("button", name="Buat Akun")).to_have_count(0)
    phone.check_sizes("ditutup-beranda")
    phone.open("/masuk/")
    phone.sees("Anda tetap dapat masuk untuk melihat apa yang terjadi")
    phone.check_sizes("ditutup-masuk")
    phone.open("/usulan/")
    phone.sees("Usulan sudah ditutup")
    phone.check_sizes("ditutup-usulan")
    phone.open("/akun/")
    phone.sees("Pembuatan akun sudah ditutup")
    phone.check_sizes("ditutup-akun")
    phone.press("Buka pengecekan identitas")
    person = closed.person(3)
    asked = ("nik", "nomor_kk", "nama", "tempat_lahir", "tanggal_lahir", "hp", "email")
    phone.fill(**{name: person[name] for name in asked})
    phone.press("Lanjutkan")
    phone.sees_fault("22 Oktober 2022 pukul 17.00 WIB")


def test_after_the_close_staff_are_offered_what_is_still_possible(desk: Eyes, closed: Office) -> None:
    desk.enter(closed.login("admin"))
    for name, path, words in (
        ("impor", "/instansi/impor/", "Penginputan dan perbaikan sudah ditutup"),
        ("tambah", "/instansi/orang/tambah/", "Penginputan sudah ditutup"),
        ("finalisasi", "/instansi/finalisasi/", "setelah semua yang wajib pada daftar periksa nol"),
        ("beranda", "/instansi/", "Ditutup"),
    ):
        desk.open(path)
        desk.settled()
        desk.sees(words)
        desk.check_sizes(f"ditutup-instansi-{name}")
    desk.open(f"/instansi/orang/detail/?id={listed(closed, UNDECIDED)['id']}")
    desk.sees("Perbaikan ditutup 22 Oktober 2022 pukul 17.00 WIB")
    desk.check_sizes("ditutup-instansi-orang")


def test_a_checklist_never_shows_what_nobody_counts_as_settled(desk: Eyes, closed: Office) -> None:
    desk.enter(closed.login("admin"))
    desk.open("/instansi/finalisasi/")
    desk.settled()
    line = desk.page.locator("[data-rows=checklist] li").filter(has_text="Orang tanpa berkas wajib")
    expect(line.locator(".govuk-tag")).to_have_text("Belum dihitung")
    expect(line.locator(".govuk-tag--green")).to_have_count(0)
    expect(line.locator(".checklist__count")).to_have_text("")


@pytest.mark.parametrize(
    ("who", "title", "state", "listed"),
    [
        ("memenuhi", "Anda masuk daftar final", "Memenuhi syarat", True),
        ("dikembalikan", "Belum diverifikasi: Anda tidak masuk daftar final", "Belum diverifikasi", False),
        ("belum", "Belum diverifikasi: Anda tidak masuk daftar final", "Belum diverifikasi", False),
    ],
)
def test_after_the_lock_each_is_told_what_became_of_him(
    phone: Eyes, sealed: Office, who: str, title: str, state: str, listed: bool
) -> None:
    come(phone, sealed, WHO[who])
    expect(phone.page.locator("#outcome h2")).to_have_text(title, timeout=PATIENCE)
    expect(phone.page.locator("#status .govuk-tag")).to_have_text(state)
    expect(phone.page.locator("#proof")).to_contain_text(f"dengan keadaan: {state}", timeout=PATIENCE)
    said = "juga membuktikan bahwa Anda ada" if listed else "bukan bukti bahwa Anda ada"
    expect(phone.page.locator("#proof").get_by_text(said)).to_be_visible()
    expect(phone.page.get_by_text(REASON).filter(visible=True)).to_have_count(int(who == "dikembalikan"))
    expect(phone.page.locator("#steps a[href]")).to_have_count(0)
    nothing_to_go_on_with(phone)
    phone.check_sizes(f"terkunci-{who}")
    phone.open(STEPS["resume"])
    phone.sees(title)
    nothing_to_go_on_with(phone)


def test_after_the_lock_the_public_reads_how_many_are_left_out(phone: Eyes, sealed: Office) -> None:
    publish(sealed, "FINAL: daftar bersegel")
    phone.open(f"/pengumuman/{sealed.code}/")
    phone.sees("3 orang yang didaftarkan instansi tidak ada pada daftar final ini")
    phone.sees("3 belum diverifikasi sampai data dikunci")
    expect(phone.page.locator("main")).not_to_contain_text(sealed.person(RETURNED)["nama"])
    phone.check_sizes("terkunci-pengumuman")
    phone.open(f"/pengumuman/{sealed.code}/perubahan/")
    phone.sees("Perubahan")
    phone.check_sizes("pengumuman-perubahan")


def test_after_the_lock_staff_read_only(desk: Eyes, sealed: Office) -> None:
    desk.enter(sealed.login("admin"))
    one = listed(sealed, UNDECIDED)
    for name, path in (
        ("beranda", "/instansi/"),
        ("orang", f"/instansi/orang/detail/?id={one['id']}"),
        ("impor", "/instansi/impor/"),
        ("finalisasi", "/instansi/finalisasi/"),
        ("sptjm", "/instansi/sptjm/"),
    ):
        desk.open(path)
        desk.settled()
        asking = desk.page.locator("main button[data-submit]:visible, main input[type=file]:visible")
        expect(asking).to_have_count(0)
        desk.check_sizes(f"terkunci-instansi-{name}")
    desk.open("/instansi/orang/detail/?id=" + one["id"])
    desk.sees("Data instansi sudah terkunci dan hanya dapat dibaca.")


def test_two_years_later_he_resets_his_password_and_takes_a_copy_equal_to_what_was_sealed(
    phone: Eyes, sealed: Office, tmp_path: Path
) -> None:
    person, stage = sealed.person(QUALIFIED), sealed.stage
    root = stage.staff("admin").get(stage.finalization)["seal"]["root"]
    stage.move_clock(stage.now() + timedelta(days=731))
    phone.open("/masuk/")
    phone.page.locator("main summary", has_text="Lupa kata sandi?").click()
    phone.press("Buat kata sandi baru")
    phone.at("/akun/lupa-sandi/")
    who = {name: person[name] for name in ("nik", "tanggal_lahir")}
    phone.fill(**who)
    phone.press("Lanjutkan")
    expect(phone.page.locator("#new")).to_be_focused(timeout=PATIENCE)
    phone.fill(password=NEW_PASSWORD, password_again=NEW_PASSWORD, reset_code="000000")
    phone.press("Simpan kata sandi")
    phone.sees_fault("Kode")
    phone.check_sizes("akun-lupa-sandi-kode")
    phone.fill(reset_code=Visitor(sealed.portal.base_url).mailed_code(person["email"]))
    phone.press("Simpan kata sandi")
    phone.sees("Kata sandi baru tersimpan")
    phone.open("/masuk/")
    phone.fill(login=person["nik"], password=NEW_PASSWORD)
    phone.press("Masuk")
    phone.at("/pendataan/")
    phone.open("/pendataan/salinan/")
    phone.press("Minta salinan data")
    expect(phone.page.locator("[data-copy=data] [data-state=SIAP]")).to_be_visible(timeout=2 * PATIENCE)
    copy = json.loads(Path(phone.save("Unduh salinan data (JSON)", tmp_path)).read_text("utf-8"))
    is_what_was_sealed(copy, person, root, key_of(sealed))


def is_what_was_sealed(copy: dict[str, Any], person: dict[str, Any], root: str, pem: bytes) -> None:
    """The copy's values are those under the seal's root, and those are what his institution imported in 2022."""
    assert check_proof(copy["proof"], root, pem).broken == []
    private = copy["proof"]["roster"]["private"]
    assert copy["registered"] == private["row"]
    assert private["row"].items() <= person.items()
    assert {"nik", "nama", "tanggal_lahir", "nomor_sk", "tanggal_mulai"} <= private["row"].keys()
    for name in ("state", "nomor_registrasi", "kategori"):
        assert copy[name] == private[name]
    assert copy["outcome"] == "LISTED"
    assert copy["proof"]["list"]["entry"]["nama"] == copy["nama"] == person["nama"]


def key_of(office: Office) -> bytes:
    """The public key that anybody checks seals with."""
    return Visitor(office.portal.base_url).send("GET", "/segel/kunci.pem", expect=200).content
