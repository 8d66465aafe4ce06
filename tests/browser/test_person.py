"""A listed person on a phone: account, dossier, submission, cards; and what he reads when something is wrong."""

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from playwright.sync_api import expect

from infra.local.client import Visitor
from services.kernel.pdf.text import grouped
from tests.browser.looking import PATIENCE, Eyes
from tests.kernel.papers import alternatives_of, text_of
from tests.support.office import PASSWORD, Office, Person
from tests.support.portal import Portal
from tools.sample import files, pictures

JPG, PDF = "image/jpeg", "application/pdf"
KB = 1024


@pytest.fixture(scope="module")
def listed(office: Office) -> Office:
    """The institution with five people on its list."""
    office.enlist([office.person(at) for at in range(5)])
    return office


def test_who_is_not_listed_reads_whom_to_ask_and_keeps_what_he_typed(phone: Eyes, listed: Office) -> None:
    somebody = identity(listed.person(900))
    phone.open("/akun/")
    phone.fill(**somebody)
    phone.press("Lanjutkan")
    panel = phone.page.locator("[data-problem=not-registered]")
    expect(panel).to_be_focused(timeout=PATIENCE)
    expect(panel).to_contain_text("Anda Belum Didaftarkan oleh Admin Instansi")
    expect(panel).to_contain_text("Halo Dukcapil 1500537")
    phone.holds(**somebody)
    phone.check("akun-belum-didaftarkan")
    phone.page.reload()
    phone.holds(**somebody)


def test_who_has_no_account_asks_whether_he_is_listed(phone: Eyes, listed: Office) -> None:
    person = identity(listed.person(2))
    phone.open("/cek-status/")
    phone.fill(nik=person["nik"], nama="Orang Lain")
    phone.press("Periksa")
    differs = phone.page.locator("[data-problem=not-registered]")
    expect(differs).to_be_focused(timeout=PATIENCE)
    expect(differs.get_by_role("button", name="Hubungi bagian kepegawaian instansi")).to_be_visible()
    phone.fill(nama=person["nama"].upper())
    phone.press("Periksa")
    found = phone.page.locator("#answer")
    expect(found).to_be_focused(timeout=PATIENCE)
    expect(found).to_contain_text("belum membuat daftar prafinalisasi")
    expect(found.get_by_role("link", name="Buat akun")).to_be_visible()
    phone.check("cek-status")


def test_what_is_wrong_is_said_beside_the_field(phone: Eyes, listed: Office) -> None:
    phone.open("/akun/")
    phone.press("Lanjutkan")
    phone.sees_fault("Isi NIK.")
    phone.check("akun-kosong")
    somebody = identity(listed.person(0)) | {"nik": "12345", "tanggal_lahir": "1990-02-31"}
    phone.fill(**somebody)
    phone.press("Lanjutkan")
    phone.sees_fault("Tanggal ini tidak ada pada kalender.")
    somebody["tanggal_lahir"] = "1990-02-28"
    phone.fill(**somebody)
    phone.press("Lanjutkan")
    phone.sees_fault("NIK harus tepat 16 angka.")
    expect(phone.page.locator("#nik")).to_have_attribute("aria-invalid", "true")
    phone.holds(**somebody)
    phone.check("akun-salah")


def test_files_that_cannot_be_taken_say_why_and_with_which_figures(phone: Eyes, listed: Office) -> None:
    person = listed.person(1)
    pass_identity_check(phone, person)
    said = phone.upload("KTP", "ktp.pdf", PDF, files.sk_pdf(person))
    expect(said).to_have_text("Jenis berkas tidak didukung. Yang diterima: JPG.")
    said = phone.upload("KTP", "ktp.jpg", JPG, files.html_as_pdf(person))
    expect(said).to_contain_text("Foto ini tidak dapat dibaca.")
    said = phone.upload("KTP", "ktp.jpg", JPG, files.ktp_grey_jpg(person))
    expect(said).to_contain_text("Ditolak:", timeout=PATIENCE)
    expect(said).to_contain_text("warna")
    phone.press("Lanjutkan")
    phone.sees_fault("Unggah KTP")
    phone.check("akun-berkas-salah")


def test_a_photo_of_several_megabytes_is_made_small_before_it_is_sent(phone: Eyes, listed: Office) -> None:
    person = listed.person(1)
    large = from_a_phone(pictures.draw_card(person))
    assert len(large) > 3_000_000
    pass_identity_check(phone, person)
    with phone.page.expect_request("**/api/documents/uploads") as asked:
        phone.uploaded("KTP", "IMG_20220901.jpg", JPG, large)
    wanted = json.loads(asked.value.post_data or "")
    assert wanted["ukuran"] <= 200 * KB


def test_a_file_outlives_a_lost_connection_and_a_closed_page(phone: Eyes, listed: Office) -> None:
    person = listed.person(1)
    pass_identity_check(phone, person)
    phone.line_cut = True
    phone.page.route(re.compile(r"/[\w-]*quarantine"), lambda route: route.abort("connectionreset"))
    said = phone.upload("FOTO", "foto.jpg", JPG, files.photo_jpg(person))
    expect(said).to_contain_text("Sambungan terputus. Dilanjutkan sendiri")
    there = phone.page.url
    phone.page.goto("about:blank")  # nothing is sent between the line's return and the page's
    phone.page.unroute_all()
    phone.page.goto(there)
    expect(phone.page.locator("[data-upload=FOTO] [role=status]")).to_contain_text("Diterima.", timeout=2 * PATIENCE)


def test_from_identity_check_to_cards_and_back(phone: Eyes, listed: Office, tmp_path: Path) -> None:
    person = listed.person(0)
    pass_identity_check(phone, person)
    make_account(phone, person, listed.portal)
    sign_in_and_confirm(phone, person)
    fill_biodata(phone, person)
    prove_history(phone, person)
    submit(phone)
    print_cards(phone, person)
    take_copies(phone, person, tmp_path)
    withdraw(phone)


def test_who_mistyped_often_is_let_in_all_the_same(phone: Eyes, listed: Office) -> None:
    person = listed.person(2)
    listed.make_account(person)
    phone.open("/masuk/")
    phone.fill(login=person["nik"])
    for n in range(7):
        phone.fill(password=f"bukan kata sandinya {n}")
        with phone.page.expect_response(lambda answer: answer.status == 401):
            phone.press("Masuk")
        phone.sees_fault("sandi")
    phone.check("masuk-pemeriksaan")
    phone.fill(password=PASSWORD)
    phone.press("Masuk")
    phone.at("/pendataan/")


def pass_identity_check(phone: Eyes, person: Person) -> None:
    """Step 1."""
    phone.open("/akun/")
    phone.fill(**identity(person))
    phone.press("Lanjutkan")
    phone.at("/akun/lengkapi/")
    phone.sees(person["nama"])


def make_account(phone: Eyes, person: Person, portal: Portal) -> None:
    """Steps 2 and 3: a password that will not do, the files, back and forth, a code from the mail, Ya."""
    phone.uploaded("KTP", "ktp.jpg", JPG, files.ktp_jpg(person))
    phone.uploaded("FOTO", "foto.jpg", JPG, files.photo_jpg(person))
    phone.fill(password="pendek")
    phone.press("Lanjutkan")
    phone.sees_fault("12")
    phone.fill(password="indonesia1945")
    phone.press("Lanjutkan")
    phone.sees_fault("terlalu mudah ditebak")
    phone.check("akun-sandi-salah")
    phone.fill(password=PASSWORD)
    phone.press("Lanjutkan")
    phone.at("/akun/periksa/")
    phone.sees(person["email"])
    phone.check_sizes("akun-periksa")
    assert phone.paper("Buka berkas KTP").startswith(b"\xff\xd8")
    phone.page.get_by_role("link", name="Ubah Nomor HP").click()
    phone.at("/akun/lengkapi/")
    expect(phone.page.locator("#hp")).to_be_focused()
    phone.holds(password=PASSWORD)
    phone.check("akun-lengkapi")
    expect(phone.page.locator("[data-upload=KTP] [role=status]")).to_contain_text("Diterima.")
    phone.press("Lanjutkan")
    phone.press("Proses Pembuatan Akun")
    phone.sees_fault("Buktikan dahulu bahwa ini Anda")
    phone.press("Kirim kode ke email")
    phone.sees("Kode dikirim.")
    phone.check_sizes("akun-kode")
    phone.fill(contact_code=Visitor(portal.base_url).mailed_code(person["email"]))
    phone.press("Periksa kode")
    phone.sees("Terbukti. Akun dapat dibuat.")
    phone.press("Proses Pembuatan Akun")
    phone.answer("Tidak")
    phone.at("/akun/periksa/")
    phone.press("Proses Pembuatan Akun")
    phone.answer("Ya")
    phone.at("/akun/selesai/")
    phone.check("akun-selesai")
    card = phone.paper("Cetak Informasi Pendaftaran")
    assert person["nama"] in text_of(card)
    assert person["nik"] not in text_of(card)


def sign_in_and_confirm(phone: Eyes, person: Person) -> None:
    """Step 4 begins."""
    phone.press("Lanjutkan Login Pendaftaran")
    phone.fill(login=person["nik"], password="bukan-kata-sandinya")
    phone.press("Masuk")
    phone.sees_fault("sandi")
    phone.check("masuk-salah")
    phone.fill(login=person["nik"], password=PASSWORD)
    phone.press("Masuk")
    phone.at("/pendataan/")
    phone.check("pendataan-mulai")
    phone.press("Lanjutkan")
    phone.at("/pendataan/aktif/")
    phone.fill(active="true")
    phone.press("Lanjutkan")


def fill_biodata(phone: Eyes, person: Person) -> None:
    """Contact, education and the certificate, first one that is too large and one that is small."""
    phone.at("/pendataan/biodata/")
    said = phone.upload("IJAZAH", "ijazah.pdf", PDF, files.ijazah_too_large_pdf(person))
    expect(said).to_have_text(re.compile(r"Berkas Anda [\d,]+ MB; batasnya 1(,0)? MB\."))
    phone.uploaded("IJAZAH", "ijazah.pdf", PDF, files.ijazah_small_pdf(person))
    expect(phone.page.locator("[data-upload=IJAZAH] [role=status]")).to_contain_text("Berkas ini kecil")
    phone.uploaded("IJAZAH", "ijazah.pdf", PDF, files.ijazah_pdf(person))
    phone.fill(sekolah="")
    phone.press("Selanjutnya")
    phone.sees_fault("sekolah")
    phone.check("pendataan-biodata-salah")
    phone.fill(sekolah=person["sekolah"])
    phone.press("Selanjutnya")
    phone.at("/pendataan/riwayat/")


def prove_history(phone: Eyes, person: Person) -> None:
    """The papers of the appointment the institution entered, and a row of his own that he takes away again."""
    phone.sees("Pengangkatan pertama, dari instansi")
    phone.page.get_by_role("link", name="Ubah atau unggah dokumen").click()
    phone.uploaded("SK", "sk.pdf", PDF, files.sk_pdf(person))
    phone.uploaded("BUKTI_BAYAR", "bukti.pdf", PDF, files.pay_proof_pdf(person))
    phone.press("Kembali ke riwayat")
    phone.press("Tambah riwayat")
    phone.at("/pendataan/riwayat/isi/")
    phone.fill(nomor_sk="800/9/2012", tanggal_sk="2012-01-02", tanggal_mulai="2012-01-02", tanggal_akhir="2012-12-31")
    phone.fill(jabatan="Tenaga Administrasi", unit_kerja="Dinas Contoh", sumber_pembayaran="APBD_51")
    phone.press("Simpan")
    phone.sees("Riwayat tersimpan. Sekarang unggah dokumennya.")
    phone.uploaded("SK", "sk-2012.pdf", PDF, files.sk_pdf(person))
    phone.press("Kembali ke riwayat")
    phone.check_sizes("pendataan-riwayat")
    assert phone.paper("Buka berkas SK jabatan").startswith(b"%PDF")
    phone.press(re.compile("^Hapus"))
    phone.answer("Ya")
    expect(phone.page.locator(".history")).to_have_count(1, timeout=PATIENCE)
    phone.press("Selanjutnya")


def submit(phone: Eyes) -> None:
    """Resume, statement, the end."""
    phone.at("/pendataan/resume/")
    expect(phone.page.locator("#resume")).to_be_visible(timeout=PATIENCE)
    expect(phone.page.locator("#missing")).to_be_hidden()
    phone.press("Akhiri Proses Pendaftaran")
    phone.sees_fault("Beri centang")
    phone.page.locator("#statement").check()
    expect(phone.page.locator("#files")).to_contain_text("Pengangkatan pertama: ")
    phone.check_sizes("pendataan-resume")
    phone.press("Akhiri Proses Pendaftaran")
    phone.at("/pendataan/selesai/")
    phone.sees("Pendaftaran selesai diajukan")


def print_cards(phone: Eyes, person: Person) -> None:
    """Both cards, and the page their QR codes lead to."""
    for name in ("Cetak Kartu Informasi Akun", "Cetak Kartu Pendataan"):
        card = phone.paper(name)
        assert person["nik"] not in text_of(card)
        assert "bukan" in text_of(card).lower()
    address = next(found for words in alternatives_of(card) if (found := re.search(r"/kartu/\?kode=\w+", words)))
    phone.open(address[0])
    phone.sees("Kartu ini asli")
    phone.sees(person["nama"])
    expect(phone.page.locator("main")).not_to_contain_text(person["nik"])
    phone.check("kartu")
    phone.open("/kartu/")
    phone.fill(kode=" ".join(grouped(address[0].partition("=")[2].lower(), 4)))
    phone.press("Periksa")
    phone.sees("Kartu ini asli")


def take_copies(phone: Eyes, person: Person, folder: Path) -> None:
    """Copies of data and files, made while he looks on, and the resume on paper."""
    phone.open("/pendataan/")
    phone.press("Salinan data dan berkas Anda")
    phone.at("/pendataan/salinan/")
    assert person["nama"] in text_of(phone.paper("Cetak resume (PDF)"))
    phone.press("Minta salinan data")
    phone.press("Minta salinan berkas")
    for kind in ("data", "files"):
        ready = phone.page.locator(f"[data-copy={kind}] [data-state=SIAP]")
        expect(ready).to_be_visible(timeout=2 * PATIENCE)
    phone.check_sizes("salinan")
    data = json.loads(Path(phone.save("Unduh salinan data (JSON)", folder)).read_text("utf-8"))
    assert (data["registered"]["nik"], data["state"]) == (person["nik"], "DIAJUKAN")
    assert person["nik"] in text_of(Path(phone.save("Unduh salinan data (PDF)", folder)).read_bytes())
    with zipfile.ZipFile(phone.save("Unduh salinan berkas (ZIP)", folder)) as archive:
        assert archive.testzip() is None
        listed = {one["name"]: one["sha256"] for one in json.loads(archive.read("daftar-berkas.json"))["files"]}
        assert {"ktp-1.jpg", "foto-1.jpg", "riwayat-pertama/sk-1.pdf"} <= listed.keys()
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in listed.items())


def withdraw(phone: Eyes) -> None:
    """He follows his record and takes it back to correct it."""
    phone.open("/pendataan/")
    phone.sees("Data sudah diajukan dan menunggu verifikasi instansi.")
    expect(phone.page.locator("#files")).to_contain_text("Pengangkatan pertama: ")
    phone.check_sizes("pendataan")
    phone.press("Tarik pengajuan")
    phone.sees("Akun sudah ada, data belum diajukan.")
    phone.press("Keluar", within="header")
    phone.at("/masuk/")


def identity(person: Person) -> dict[str, str]:
    """What step 1 asks."""
    asked = ("nik", "nomor_kk", "nama", "tempat_lahir", "tanggal_lahir", "hp", "email")
    return {name: person[name] for name in asked}


def from_a_phone(picture: Image.Image) -> bytes:
    """The picture as a phone takes it: 12 megapixels with noise, several megabytes."""
    taken = picture.resize((4000, 3000))
    noise = Image.frombytes("RGB", (1000, 750), Random(1).randbytes(1000 * 750 * 3)).resize(taken.size)  # noqa: S311
    stream = io.BytesIO()
    Image.blend(taken, noise, 0.12).save(stream, "JPEG", quality=95)
    return stream.getvalue()
