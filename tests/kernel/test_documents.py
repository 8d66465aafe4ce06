import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.documents import (
    FILE_MOVES,
    JPEG,
    PDF,
    RULES,
    DocumentType,
    FileFault,
    FileFlag,
    FileState,
    Owner,
    explain,
    file_id,
    flag_text,
    parse_file_id,
    rule_of,
)
from services.kernel.english import english
from tests.support.english import indonesian_in

# domain.md §6, in bytes: formats, least, most, owner.
TABLE = {
    "KTP": ((JPEG,), 0, 204_800, Owner.PERSON),
    "FOTO": ((JPEG,), 0, 204_800, Owner.PERSON),
    "SWAFOTO": ((JPEG,), 0, 204_800, Owner.PERSON),
    "IJAZAH": ((PDF, JPEG), 100_000, 1_048_576, Owner.PERSON),
    "SK": ((PDF, JPEG), 0, 1_048_576, Owner.HISTORY),
    "BUKTI_BAYAR": ((PDF, JPEG), 0, 1_048_576, Owner.HISTORY),
    "KARTU_THK2": ((PDF, JPEG), 0, 1_048_576, Owner.PERSON),
    "SK_LEGALISIR": ((PDF, JPEG), 0, 1_048_576, Owner.HISTORY),
    "SURAT_PERNYATAAN": ((PDF, JPEG), 0, 1_048_576, Owner.HISTORY),
    "BUKTI_PERBAIKAN": ((PDF, JPEG), 0, 1_048_576, Owner.REQUEST),
    "SPTJM": ((PDF,), 0, 2_097_152, Owner.INSTITUTION),
    "SURAT": ((PDF,), 0, 2_097_152, Owner.INSTITUTION),
    "SURAT_UNIT": ((PDF, JPEG), 0, 1_048_576, Owner.UNIT),
    "PENGUMUMAN": ((PDF, JPEG), 0, 1_048_576, Owner.INSTITUTION),
    "BUKTI_LAPORAN": ((PDF, JPEG), 0, 1_048_576, Owner.CASE),
    "KTP_LAPORAN": ((JPEG,), 0, 204_800, Owner.CASE),
    "KK_LAPORAN": ((JPEG,), 0, 204_800, Owner.CASE),
    "SWAFOTO_LAPORAN": ((JPEG,), 0, 204_800, Owner.CASE),
}

PIXELS: dict[str, int | str] = {"width": 9000, "height": 9000, "pixels_limit": 65_000_000}
FIGURES: dict[str, int | str] = {
    "bytes": 1_200_000,
    "found": "PNG",
    "pages": 999,
    "width": 123,
    "height": 45,
    "pixels_limit": 65_000_000,
    "colour": 12,
    "colour_limit": 30,
}


def test_every_kind_has_the_limits_of_the_domain() -> None:
    ours = {jenis.value: (rule.formats, rule.least, rule.most, rule.owner) for jenis, rule in RULES.items()}
    assert ours == TABLE


def test_only_signed_papers_are_kept_as_they_came() -> None:
    assert {jenis for jenis, rule in RULES.items() if rule.keep_original} == {DocumentType.SPTJM, DocumentType.SURAT}


@pytest.mark.parametrize(("fault", "jenis"), list(itertools.product(FileFault, DocumentType)))
def test_each_reason_names_the_paper_and_says_what_to_do(fault: FileFault, jenis: DocumentType) -> None:
    text = explain(fault, jenis, FIGURES)
    assert rule_of(jenis).label.lower() in text.lower()
    assert re.search(r"[.] [A-Z][^.]+ (lagi|ulang)[^.]*[.]$", text), text
    assert "{" not in text
    assert not indonesian_in(english(text))


@pytest.mark.parametrize(
    ("fault", "jenis", "figures", "own", "limit"),
    [
        (FileFault.TOO_LARGE, "KTP", {"bytes": 204_801}, "200,1 KB", "200 KB"),
        (FileFault.TOO_LARGE, "SK", {"bytes": 1_048_577}, "1,1 MB", "1 MB"),
        (FileFault.TOO_LARGE, "SPTJM", {"bytes": 3_145_728}, "3 MB", "2 MB"),
        (FileFault.EMPTY, "KTP", {"bytes": 0}, "0 byte", "satu halaman"),
        (FileFault.WRONG_TYPE, "KTP", {"found": "HEIC"}, "HEIC", "JPG"),
        (FileFault.WRONG_TYPE, "SK", {"found": "PNG"}, "PNG", "PDF atau JPG"),
        (FileFault.TOO_MANY_PAGES, "SK", {"pages": 21}, "21 halaman", "20 halaman"),
        (
            FileFault.TOO_MANY_PIXELS,
            "SK",
            PIXELS,
            "9000 x 9000",
            "65 juta",
        ),
        (FileFault.RESOLUTION_TOO_LOW, "KTP", {"width": 320, "height": 200}, "320 x 200 piksel", "400 piksel"),
        (FileFault.BLACK_AND_WHITE, "KTP", {"colour": 12, "colour_limit": 30}, "1,2", "3,0"),
    ],
)
def test_a_reason_names_the_limit_and_the_files_own_figure(
    fault: FileFault, jenis: str, figures: dict[str, int | str], own: str, limit: str
) -> None:
    text = explain(fault, DocumentType(jenis), figures)
    assert own in text
    assert limit in text
    assert not indonesian_in(english(text))


def test_every_flag_has_words() -> None:
    assert all(flag_text(flag).endswith(".") for flag in FileFlag)


def test_the_whole_matrix_of_states() -> None:
    drawn = {
        ("MENUNGGU_UNGGAH", "DIPERIKSA"),
        ("MENUNGGU_UNGGAH", "DITERIMA"),
        ("MENUNGGU_UNGGAH", "DITOLAK"),
        ("MENUNGGU_UNGGAH", "DIGANTI"),
        ("DIPERIKSA", "DITERIMA"),
        ("DIPERIKSA", "DITOLAK"),
        ("DIPERIKSA", "DIGANTI"),
        ("DITERIMA", "DIGANTI"),
        ("DITOLAK", "DIGANTI"),
    }
    allowed = {(a.value, b.value) for a in FileState for b in FileState if FILE_MOVES.allowed(a, b)}
    assert allowed == drawn


subjects = st.from_regex(r"[A-Z2-7]{16}|I[0-9]{4}", fullmatch=True)


@given(subjects, st.sampled_from(DocumentType), st.integers(1, 999_999))
def test_a_file_id_is_read_back_as_it_was_written(subject: str, jenis: DocumentType, n: int) -> None:
    read = parse_file_id(file_id(subject, jenis, n))
    assert (read.subject, read.jenis, read.n) == (subject, jenis, n)
    assert str(read) == file_id(subject, jenis, n)


def test_an_institutions_file_is_told_from_a_persons() -> None:
    assert parse_file_id("I4012.SPTJM.1").institution == "4012"
    assert parse_file_id("IAAAABBBBCCCC234.KTP.1").institution is None


@pytest.mark.parametrize(
    "text", ["", "A.KTP", "A.KTP.0", "A.KTP.01", "A.PASPOR.1", "A/B.KTP.1", "A.KTP.1\n", "A.B.KTP.1"]
)
def test_what_is_no_file_id_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match="not a file id"):
        parse_file_id(text)


def test_a_subject_with_a_dot_cannot_become_an_id() -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        file_id("A.B", DocumentType.KTP, 1)
