"""Papers of generated people, sound and faulty, as bytes. Every one says CONTOH: none can pass for real.

Each function takes a person of `tools.sample.people`; sizes keep the limits of domain.md §6 unless the
name says otherwise.
"""

import io
from collections.abc import Callable
from typing import Any, TypeAlias

import pikepdf
from PIL import Image

from tools.sample.papers import draw_sheet
from tools.sample.pictures import draw_card, draw_portrait

Person: TypeAlias = dict[str, Any]
Paper: TypeAlias = Callable[[Person], bytes]

_BLUE, _GREEN = (38, 92, 178), (150, 168, 140)


def ktp_jpg(person: Person) -> bytes:
    """An identity card in colour."""
    return _jpeg(draw_card(person))


def photo_jpg(person: Person) -> bytes:
    """A passport photo before a blue background."""
    return _jpeg(draw_portrait(person, _BLUE))


def selfie_jpg(person: Person) -> bytes:
    """A picture of the same face before another background."""
    return _jpeg(draw_portrait(person, _GREEN, scale=1.25))


def ktp_grey_jpg(person: Person) -> bytes:
    """A black-and-white copy of the card."""
    return _jpeg(draw_card(person).convert("L"))


def ktp_grey_rgb_jpg(person: Person) -> bytes:
    """A black-and-white copy that a scanner stored as colour."""
    return _jpeg(draw_card(person).convert("L").convert("RGB"))


def ktp_too_large_jpg(person: Person) -> bytes:
    """A sound card of more than 200 KB."""
    return _jpeg(draw_card(person).resize((2600, 1640)), quality=97)


def ktp_rotated_jpg(person: Person) -> bytes:
    """A card lying on its side by its EXIF note, with a camera's place in it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Contoh"
    stream = io.BytesIO()
    draw_card(person).save(stream, "JPEG", quality=80, exif=exif)
    return stream.getvalue()


def ktp_truncated_jpg(person: Person) -> bytes:
    """An upload that broke off in the middle."""
    whole = ktp_jpg(person)
    return whole[: len(whole) // 2]


def ktp_png(person: Person) -> bytes:
    """A PNG, whatever its name says."""
    stream = io.BytesIO()
    draw_card(person).save(stream, "PNG")
    return stream.getvalue()


def ijazah_pdf(person: Person) -> bytes:
    """A certificate with a scanned page, 100 KB to 1 MB."""
    lines = [f"Nomor: {person['nomor_ijazah']}", person["nama"], person["sekolah"], person["tanggal_lulus"]]
    return draw_sheet("IJAZAH", lines, scan=(900, 640))


def ijazah_small_pdf(person: Person) -> bytes:
    """A certificate below 100 KB: taken, with a hint."""
    return draw_sheet("IJAZAH", [person["nama"]])


def ijazah_too_large_pdf(person: Person) -> bytes:
    """A certificate of more than 1 MB."""
    return draw_sheet("IJAZAH", [person["nama"]], scan=(3400, 2400))


def sk_pdf(person: Person) -> bytes:
    """The decree of the first appointment."""
    lines = [
        f"Nomor: {person['nomor_sk']}, tanggal {person['tanggal_sk']}",
        f"Mengangkat {person['nama']} sebagai {person['jabatan']}",
        f"pada {person['unit_kerja']} terhitung mulai tanggal {person['tanggal_mulai']}",
        f"{person['jabatan_penandatangan']}",
    ]
    return draw_sheet("SURAT KEPUTUSAN", lines)


def pay_proof_pdf(person: Person) -> bytes:
    """A list of payments."""
    honor = f"Rp {person.get('nominal_honor', 0):,}".replace(",", ".")
    return draw_sheet("DAFTAR PEMBAYARAN HONORARIUM", [f"{person['nama']}: {honor}", person["unit_kerja"]])


def thk2_card_pdf(person: Person) -> bytes:
    """The registration card of a THK-II participant."""
    return draw_sheet("KARTU PESERTA THK-II", [person.get("no_peserta_thk2", "-"), person["nama"]])


def sptjm_pdf(person: Person) -> bytes:
    """A signed statement of responsibility, as a scan."""
    return draw_sheet("SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK", ["Ditandatangani", person["nama"]], scan=(300, 120))


def sk_encrypted_pdf(person: Person) -> bytes:
    """A decree that asks for a password."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(sk_pdf(person))) as pdf:
        pdf.save(stream, encryption=pikepdf.Encryption(owner="contoh", user="contoh"))
    return stream.getvalue()


def sk_script_pdf(person: Person) -> bytes:
    """A decree that runs a script when it is opened."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(sk_pdf(person))) as pdf:
        script = {"/S": pikepdf.Name.JavaScript, "/JS": "app.alert('contoh')"}
        pdf.Root.OpenAction = pikepdf.Dictionary(script)
        pdf.save(stream)
    return stream.getvalue()


def sk_truncated_pdf(person: Person) -> bytes:
    """An upload of a decree that broke off."""
    return sk_pdf(person)[:700]


def html_as_pdf(_: Person) -> bytes:
    """A web page that was saved under a PDF's name."""
    return b"<!doctype html><title>contoh</title><p>Sesi berakhir</p>"


def _jpeg(picture: Image.Image, quality: int = 82) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=quality, optimize=True)
    return stream.getvalue()


PAPERS: dict[str, Paper] = {
    "ktp.jpg": ktp_jpg,
    "foto.jpg": photo_jpg,
    "swafoto.jpg": selfie_jpg,
    "ijazah.pdf": ijazah_pdf,
    "sk.pdf": sk_pdf,
    "bukti-bayar.pdf": pay_proof_pdf,
    "kartu-thk2.pdf": thk2_card_pdf,
    "sptjm.pdf": sptjm_pdf,
    "salah-ktp-hitam-putih.jpg": ktp_grey_jpg,
    "salah-ktp-besar.jpg": ktp_too_large_jpg,
    "salah-ktp-terpotong.jpg": ktp_truncated_jpg,
    "salah-ktp-png.jpg": ktp_png,
    "ijazah-kecil.pdf": ijazah_small_pdf,
    "salah-ijazah-besar.pdf": ijazah_too_large_pdf,
    "salah-sk-terkunci.pdf": sk_encrypted_pdf,
    "salah-sk-terpotong.pdf": sk_truncated_pdf,
    "salah-sk-skrip.pdf": sk_script_pdf,
    "salah-halaman-web.pdf": html_as_pdf,
}
