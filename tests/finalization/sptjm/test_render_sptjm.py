import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import segno

from services.documents.inspection.printed_number import printed_number
from services.finalization.sptjm.render_model import SealedList, Signer, Statement
from services.finalization.sptjm.render_sptjm import render_sptjm
from services.kernel.cases import CaseKind
from services.kernel.pdf import grouped
from services.kernel.values.numbers import number_text
from tests.documents.inspection.makers import saved
from tests.documents.inspection.signing import signed
from tests.kernel.papers import Box, alternatives_of, fonts_of, opened, outline_of, qr_of, text_of, words_of

SHA256 = hashlib.sha256(b"daftar").hexdigest()
SEALED = SealedList(
    root=SHA256,
    total=3912,
    thk2=412,
    non_asn=3500,
    epoch=3,
    sealed_at=datetime(2022, 10, 31, 10, 0, 35, tzinfo=UTC),
)
STATEMENT = Statement(
    number="SPTJM-4012-3",
    code="4012",
    institution="Pemerintah Kabupaten Contoh",
    signer=Signer(nama="Bambang Contoh", nip="197001011995031001", jabatan="Bupati Contoh"),
    sealed=SEALED,
    due=datetime(2022, 11, 7, 10, tzinfo=UTC),
    site="https://portal.contoh.id",
    made_at=datetime(2022, 11, 1, 2, tzinfo=UTC),
)
LONG_OFFICE = "Menteri Koordinator Bidang Pembangunan Manusia dan Kebudayaan serta Pemberdayaan Perempuan " * 2
LONG = replace(
    STATEMENT,
    number="SPTJM-4012-13",
    institution=LONG_OFFICE.replace("Menteri", "Kementerian").strip(),
    signer=Signer(
        nama="Prof. Dr. Ir. H. Raden Mas Suryaningrat Wirjosoekarto, S.H., M.Si.", nip="", jabatan=LONG_OFFICE
    ),
)


NAME = ("KEMENTERIAN PEMBERDAYAAN WILAYAH MMMM " * 6)[:200]
LONGEST = replace(STATEMENT, institution=NAME, signer=Signer(nama=NAME, nip=STATEMENT.signer.nip, jabatan=NAME))
"""As long as what BKN may record."""
WITH_CASES = replace(LONGEST, open_cases={CaseKind.USULAN: 1204, CaseKind.TANGGAPAN: 0, CaseKind.KEBERATAN: 3})
FOOT = 802
"""Where the line above the foot stands, in points from the upper edge."""


def test_it_says_for_how_many_people_of_which_categories() -> None:
    words = text_of(render_sptjm(STATEMENT))
    assert "SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK" in words
    assert (
        "Sebanyak 3.912 orang, terdiri atas 412 Tenaga Honorer Kategori II (THK-II) dan 3.500 tenaga Non-ASN" in words
    )
    assert "THK-II 412 orang Non-ASN 3.500 orang Jumlah dalam daftar 3.912 orang" in words
    assert "bertanggung jawab mutlak" in words
    assert "B/1511/M.SM.01.00/2022" in words
    assert "bukan merupakan pengangkatan" in words


def test_it_names_the_list_by_its_hash_for_the_eye_and_for_a_scanner() -> None:
    made = render_sptjm(STATEMENT)
    words = text_of(made)
    assert all(group in words for group in grouped(SHA256, 8))
    assert "".join(grouped(SHA256, 8)) in words.replace(" ", "")
    url = f"https://portal.contoh.id/pengumuman/4012/#root={SHA256}"
    assert alternatives_of(made) == [f"Kode QR menuju {url}"]
    rows = segno.make(url, error="m", boost_error=False, micro=False).matrix
    assert len(qr_of(made)) == sum(map(sum, rows))


def test_it_names_the_seal_its_instant_and_the_due_date() -> None:
    words = text_of(render_sptjm(STATEMENT))
    assert "Disegel 31 Oktober 2022 17.00 WIB" in words
    assert "paling lambat 7 November 2022 17.00 WIB" in words
    assert "Nomor: SPTJM-4012-3" in words


def test_it_has_a_place_for_the_signer_and_the_meterai() -> None:
    words = text_of(render_sptjm(STATEMENT))
    assert words.count("Bambang Contoh") == 2
    assert "NIP 197001011995031001" in words
    assert "Meterai Rp10.000" in words
    assert re.search(r"Dibuat di [.]{20,}", words)
    assert re.search(r"pada tanggal [.]{20,}", words)


def test_a_signer_without_nip_has_no_line_for_it() -> None:
    signer = replace(STATEMENT.signer, nip="")
    assert "NIP" not in text_of(render_sptjm(replace(STATEMENT, signer=signer)))


def test_it_holds_no_number_of_a_person_but_the_signers() -> None:
    words = text_of(render_sptjm(STATEMENT))
    assert set(re.findall(r"(?<![0-9a-f])\d{16,}(?![0-9a-f])", words)) == {"197001011995031001"}


@pytest.mark.parametrize("page", [0, 1])
def test_nothing_runs_into_something_else_with_an_annex(page: int) -> None:
    with opened(render_sptjm(WITH_CASES)) as pdf:
        del pdf.pages[1 - page]
        require_apart(words_of(saved(pdf)))


@pytest.mark.parametrize("statement", [STATEMENT, LONG, LONGEST])
def test_nothing_runs_into_something_else(statement: Statement) -> None:
    require_apart(words_of(render_sptjm(statement)))


def require_apart(words: list[Box]) -> None:
    """No word covers another one, or the line above the foot."""
    assert words
    for index, (left, top, right, bottom) in enumerate(words):
        assert 0 < left < right < 595
        assert 0 < top < bottom < FOOT or FOOT < top < bottom < 842
        covered = [other for other in words[index + 1 :] if overlap((left, top, right, bottom), other)]
        assert covered == []


@pytest.mark.parametrize("statement", [STATEMENT, LONG, LONGEST])
def test_it_carries_its_number_for_machines_also_when_it_is_signed(statement: Statement) -> None:
    paper = render_sptjm(statement)
    for made in (paper, signed(paper)):
        assert made.startswith(paper)
        assert printed_number(made) == statement.number
    with opened(paper) as pdf:
        del pdf.pages[0].obj.Contents
        assert printed_number(saved(pdf)) == statement.number, "also by its information alone"
        del pdf.docinfo["/Title"]
        assert printed_number(saved(pdf)) is None


@pytest.mark.parametrize("statement", [STATEMENT, LONG, LONGEST])
def test_it_is_one_a4_page_that_machines_can_read(statement: Statement) -> None:
    made = render_sptjm(statement)
    with opened(made) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(side)) for side in pdf.pages[0].mediabox] == [0, 0, 595, 842]
        assert str(pdf.docinfo["/Title"]) == statement.number
    kinds = [kind for kind, _ in outline_of(made)]
    assert (kinds.count("H1"), kinds.count("Table"), kinds.count("L"), kinds.count("Figure")) == (1, 2, 1, 1)
    assert all(fonts_of(made).values())


def test_the_longest_office_is_printed_whole() -> None:
    words = "".join(text_of(render_sptjm(LONG)).split())
    assert "".join(LONG.signer.nama.split()) in words
    assert words.count("".join(LONG_OFFICE.split())) >= 2


def test_the_same_statement_is_the_same_bytes_and_another_seal_is_not() -> None:
    other = replace(SEALED, root=hashlib.sha256(b"lain").hexdigest())
    assert render_sptjm(STATEMENT) == render_sptjm(STATEMENT)
    assert render_sptjm(STATEMENT) != render_sptjm(replace(STATEMENT, sealed=other))


def test_cases_that_were_open_stand_in_an_annex_on_a_page_of_its_own() -> None:
    made = render_sptjm(WITH_CASES)
    words = text_of(made)
    assert "1.207 kasus yang dapat mengubahnya belum diputuskan, sebagaimana tercantum dalam lampiran" in words
    assert "1. Usulan: orang yang belum terdata 1.204 2. Keberatan atas putusan 3 Jumlah 1.207" in words
    assert f"Lampiran SPTJM nomor {WITH_CASES.number}" in words
    assert printed_number(made) == printed_number(signed(made)) == WITH_CASES.number
    with opened(made) as pdf:
        assert len(pdf.pages) == 2
    kinds = [kind for kind, _ in outline_of(made)]
    assert (kinds.count("H1"), kinds.count("Table")) == (1, 3)
    assert render_sptjm(WITH_CASES) == made


def test_without_open_cases_nothing_is_said_of_any() -> None:
    none = replace(STATEMENT, open_cases=dict.fromkeys(CaseKind, 0))
    assert render_sptjm(none) == render_sptjm(STATEMENT)
    assert "lampiran" not in text_of(render_sptjm(STATEMENT)).lower()


def overlap(one: Box, other: Box) -> bool:
    """Whether two words cover each other by more than the air that a font leaves around its letters."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 1 and high > 0.45 * min(one[3] - one[1], other[3] - other[1])


@pytest.mark.parametrize("root", ["", "abc", SHA256.upper(), SHA256 + "0"])
def test_what_is_no_hash_is_refused(root: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        replace(SEALED, root=root)


@pytest.mark.parametrize(("thk2", "non_asn"), [(411, 3500), (-1, 3913)])
def test_counts_that_do_not_add_up_are_refused(thk2: int, non_asn: int) -> None:
    with pytest.raises(ValueError, match="add up"):
        replace(SEALED, thk2=thk2, non_asn=non_asn)


def test_numbers_are_written_as_indonesian_does() -> None:
    assert [number_text(number) for number in (0, 999, 1000, 139560, 2360723)] == [
        "0",
        "999",
        "1.000",
        "139.560",
        "2.360.723",
    ]
