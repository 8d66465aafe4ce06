from pathlib import Path

import pytest
from PIL import Image

from services.documents.inspection import Inspection, inspect
from services.kernel.documents import RULES, DocumentType, FileFault, FileFlag
from tests.documents.inspection.makers import card, encoded, jpeg, padded, pdf, portrait

TAKES_JPEG = [jenis for jenis, rule in RULES.items() if "image/jpeg" in rule.formats]
PDF_ONLY = [DocumentType.SPTJM, DocumentType.SURAT]


@pytest.mark.parametrize("jenis", TAKES_JPEG)
def test_the_largest_size_is_taken_and_one_byte_more_is_not(jenis: DocumentType) -> None:
    most = RULES[jenis].most
    picture = jpeg(card())
    assert inspect(jenis, padded(picture, most)).accepted
    refused = inspect(jenis, padded(picture, most + 1))
    assert (refused.fault, refused.figures) == (FileFault.TOO_LARGE, {"bytes": most + 1})
    assert refused.content == b""


@pytest.mark.parametrize("jenis", PDF_ONLY)
def test_a_pdf_of_the_largest_size_is_taken_and_one_byte_more_is_not(jenis: DocumentType) -> None:
    most = RULES[jenis].most
    paper = pdf()
    assert inspect(jenis, paper + b"\n" * (most - len(paper))).accepted
    assert inspect(jenis, paper + b"\n" * (most + 1 - len(paper))).fault is FileFault.TOO_LARGE


def test_an_ijazah_below_100_kb_is_taken_with_a_hint() -> None:
    scan = jpeg(card())
    usual, small = (inspect(DocumentType.IJAZAH, padded(scan, size)) for size in (100_000, 99_999))
    assert (usual.accepted, small.accepted) == (True, True)
    assert FileFlag.SMALL not in usual.flags
    assert FileFlag.SMALL in small.flags
    assert FileFlag.SMALL not in inspect(DocumentType.SK, padded(scan, 99_999)).flags


@pytest.mark.parametrize("jenis", DocumentType)
def test_nothing_is_told_to_be_empty(jenis: DocumentType) -> None:
    assert inspect(jenis, b"").fault is FileFault.EMPTY


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (encoded(card(), "PNG"), "PNG"),
        (encoded(card((64, 64)), "GIF"), "GIF"),
        (encoded(card((64, 64)), "BMP"), "BMP"),
        (encoded(card((64, 64)), "TIFF"), "TIFF"),
        (encoded(card((64, 64)), "WEBP"), "WebP"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "video"),
        (b"PK\x03\x04" + b"\x00" * 60, "Word atau Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word atau Excel lama"),
        (b"<html>", "tidak dikenal"),
        (b"\xff\xd8", "tidak dikenal"),
        (pdf(), "PDF"),
    ],
)
def test_another_kind_is_named_whatever_it_is_called(content: bytes, name: str) -> None:
    refused = inspect(DocumentType.KTP, content)
    assert refused.fault is FileFault.WRONG_TYPE
    assert name in str(refused.figures["found"])
    assert name in refused.message


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_a_moving_picture_is_told_apart(kind: str) -> None:
    frames = [portrait(size=(60, 80)), portrait((200, 30, 30), size=(60, 80))]
    content = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100, loop=0)
    assert inspect(DocumentType.FOTO, content).fault is FileFault.ANIMATED


def test_a_jpeg_is_no_signed_statement() -> None:
    assert inspect(DocumentType.SPTJM, jpeg(card())).fault is FileFault.WRONG_TYPE


def test_the_kind_is_complained_of_before_the_size() -> None:
    large = encoded(Image.effect_noise((1000, 1000), 90), "PNG")
    assert len(large) > RULES[DocumentType.KTP].most
    assert inspect(DocumentType.KTP, large).fault is FileFault.WRONG_TYPE


def test_a_file_on_disk_is_judged_as_its_bytes(tmp_path: Path) -> None:
    content = jpeg(card())
    file = tmp_path / "ktp"
    file.write_bytes(content)
    assert inspect(DocumentType.KTP, file) == inspect(DocumentType.KTP, content)


def test_a_result_shows_no_bytes_of_the_file() -> None:
    found: Inspection = inspect(DocumentType.KTP, jpeg(card()))
    assert "content=" not in repr(found)
