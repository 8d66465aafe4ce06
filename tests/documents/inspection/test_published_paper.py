"""What hangs in public is refused where its own text holds numbers of people (domain.md, section 8)."""

import io
from datetime import datetime

import pytest
from reportlab.lib.pagesizes import A4

from services.documents.inspection.inspect_file import inspect
from services.documents.inspection.published_paper import number_in
from services.kernel import clock
from services.kernel.documents import DocumentType, FileFault
from services.kernel.pdf import About, Flow, Part, Sheet
from services.kernel.security.personal_numbers import PersonalNumber as Number

NIK = "9901014107900001"
AT = datetime(2022, 10, 5, 9, tzinfo=clock.WIB)


def paper(*sentences: str) -> bytes:
    flow = Flow(Sheet(About("Pengumuman", "", "", AT), A4), "Pengumuman")
    flow.part(Part("Pengumuman", sentences=sentences))
    return flow.finish()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"1 Siti {NIK} Guru", Number.SIXTEEN_DIGITS),
        (f"{NIK} 9901011212120001", Number.SIXTEEN_DIGITS),
        ("9901 0141 0790 0001", Number.SIXTEEN_DIGITS),
        ("990101 410790 0001", Number.SIXTEEN_DIGITS),
        ("Siti, 01-07-1990, Guru", Number.BIRTH_DATE),
        ("Siti 1990/07/01", Number.BIRTH_DATE),
        ("Yogyakarta, 1 Juli 1990", Number.BIRTH_DATE),
        (" ".join(f"08123456789{n}" for n in range(6)), Number.PHONE),
        (" ".join(f"orang{n}@contoh.id" for n in range(6)), Number.PHONE),
    ],
)
def test_numbers_of_people_are_found(text: str, found: Number) -> None:
    assert number_in(text) is found


@pytest.mark.parametrize(
    "text",
    [
        "Kepala, Siti, NIP 197001011995031001",
        "NIP 19700101 199503 1 001",
        "Yogyakarta, 5 Oktober 2022; berlaku 05-10-2022 sampai 22/10/2022",
        "Telepon (0274) 123456, WhatsApp 081234567890, email bkpsdm@contoh.go.id",
        "SMA 17 Agustus 1945, SDN 013, Kelas 10/11/12",
        "Nomor 800/1234/2022 tentang Undang-Undang Nomor 5 Tahun 2014",
        "No. 1 K7000001AB Siti Guru Non-ASN",
    ],
)
def test_what_is_at_home_on_such_a_paper_passes(text: str) -> None:
    assert number_in(text) is None


def test_a_pdf_with_a_nik_is_refused_with_what_to_do() -> None:
    found = inspect(DocumentType.PENGUMUMAN, paper("Daftar honorer", f"Siti {NIK}"))
    assert found.fault is FileFault.PERSONAL_NUMBER
    assert "hapus nomornya" in found.message
    assert NIK not in found.message


def test_a_clean_one_is_taken_and_so_is_the_same_number_in_a_paper_that_hangs_nowhere() -> None:
    assert inspect(DocumentType.PENGUMUMAN, paper("Daftar Prafinalisasi Nomor 1", "Siti, Guru")).accepted
    assert inspect(DocumentType.SK, paper(f"Siti {NIK}")).accepted


def test_what_cannot_be_read_is_damaged_and_never_accepted() -> None:
    assert inspect(DocumentType.PENGUMUMAN, io.BytesIO(b"%PDF-1.7\nnothing").getvalue()).fault is FileFault.DAMAGED
