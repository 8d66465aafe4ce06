import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from services.documents.inspection import inspect
from services.kernel.documents import RULES, DocumentType, FileFault, FileFlag
from tests.documents.inspection.makers import SKY, Colour, card, jpeg, many_scans, noise, padded, portrait

KTP, FOTO, SK = DocumentType.KTP, DocumentType.FOTO, DocumentType.SK


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_colour_card_passes_without_a_doubt() -> None:
    found = inspect(KTP, jpeg(card()))
    assert (found.fault, found.flags) == (None, ())
    assert (found.width, found.height, found.pages) == (1011, 638, 0)
    assert found.content_type == "image/jpeg"
    assert found.sha256 == hashlib.sha256(found.content).hexdigest()


@pytest.mark.parametrize("mode", ["L", "1"])
def test_a_photocopy_of_a_card_is_refused(mode: str) -> None:
    refused = inspect(KTP, jpeg(card((800, 505)).convert(mode).convert("RGB"), quality=50))
    assert refused.fault is FileFault.BLACK_AND_WHITE
    assert refused.sha256 == ""


def test_a_yellowed_photocopy_is_only_doubted() -> None:
    found = inspect(KTP, jpeg(card(body=(235, 225, 180))))
    assert (found.fault, found.flags) == (None, (FileFlag.KTP_COLOUR_UNCERTAIN,))


@pytest.mark.parametrize("jenis", [FOTO, SK, DocumentType.BUKTI_BAYAR])
def test_other_papers_may_be_grey(jenis: DocumentType) -> None:
    assert inspect(jenis, jpeg(card().convert("L"))).accepted


@pytest.mark.parametrize(
    ("background", "flags"),
    [
        (SKY, ()),
        ((10, 30, 90), ()),
        ((120, 170, 230), ()),
        ((200, 30, 30), (FileFlag.BACKGROUND_NOT_BLUE,)),
        ((20, 120, 40), (FileFlag.BACKGROUND_NOT_BLUE,)),
        ((240, 240, 240), (FileFlag.BACKGROUND_UNCERTAIN,)),
        ((150, 150, 150), (FileFlag.BACKGROUND_UNCERTAIN,)),
    ],
)
def test_the_background_is_a_hint_and_never_a_refusal(background: Colour, flags: tuple[FileFlag, ...]) -> None:
    found = inspect(FOTO, jpeg(portrait(background)))
    assert (found.fault, found.flags) == (None, flags)


def test_a_blurred_card_is_flagged_and_taken() -> None:
    assert inspect(KTP, jpeg(card().filter(ImageFilter.GaussianBlur(6)))).flags == (FileFlag.BLURRED,)


@pytest.mark.parametrize(("jenis", "side"), [(KTP, 400), (FOTO, 300), (SK, 480)])
def test_the_shorter_side_decides(jenis: DocumentType, side: int) -> None:
    assert inspect(jenis, jpeg(card((700, side)))).accepted
    refused = inspect(jenis, jpeg(card((700, side - 1))))
    assert refused.fault is FileFault.RESOLUTION_TOO_LOW
    assert f"700 x {side - 1} piksel" in refused.message


def test_more_pixels_than_a_telephone_makes_are_refused_unread() -> None:
    refused = inspect(SK, jpeg(Image.new("L", (8126, 8000)), quality=10))
    assert refused.fault is FileFault.TOO_MANY_PIXELS
    assert "8126 x 8000 piksel" in refused.message


def test_a_large_scan_is_kept_smaller() -> None:
    found = inspect(SK, jpeg(card((4000, 3000)), quality=40))
    assert (found.width, found.height) == (2400, 1800)
    assert opened(found.content).size == (2400, 1800)


def test_place_and_camera_are_gone_and_the_picture_is_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Kamera"
    exif.get_ifd(0x8825)[2] = (6.0, 12.0, 0.0)
    found = inspect(KTP, jpeg(card(), exif=exif))
    kept = opened(found.content)
    assert kept.size == (638, 1011)
    assert dict(kept.getexif()) == {}
    assert {"exif", "icc_profile", "comment"}.isdisjoint(kept.info)


def test_what_hangs_behind_or_inside_the_picture_is_gone() -> None:
    found = inspect(KTP, padded(jpeg(card()), 120_000) + b"PK\x03\x04evil.exe")
    assert found.accepted
    assert b"evil.exe" not in found.content
    assert b"xxxxxxxx" not in found.content


def test_print_colours_become_screen_colours() -> None:
    assert opened(inspect(SK, jpeg(card().convert("CMYK"))).content).mode == "RGB"


@pytest.mark.parametrize("part", [0.02, 0.3, 0.9])
def test_a_cut_picture_is_damaged(part: float) -> None:
    whole = jpeg(card())
    assert inspect(KTP, whole[: int(len(whole) * part)]).fault is FileFault.DAMAGED


def test_a_picture_of_endless_scans_is_refused_unread() -> None:
    assert inspect(SK, many_scans((600, 600), 64)).accepted
    assert inspect(SK, many_scans((600, 600), 65)).fault is FileFault.DAMAGED


@pytest.mark.parametrize("jenis", [KTP, FOTO, SK])
def test_the_kept_copy_fits_the_limit_too(jenis: DocumentType) -> None:
    received = jpeg(noise((2400, 1800), 120), quality=12)
    received = received if len(received) <= RULES[jenis].most else jpeg(noise((900, 700), 120), quality=20)
    found = inspect(jenis, received)
    assert found.accepted
    assert 0 < len(found.content) <= RULES[jenis].most


def test_the_same_file_gives_the_same_copy() -> None:
    assert inspect(FOTO, jpeg(portrait())).sha256 == inspect(FOTO, jpeg(portrait())).sha256


EXIF = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00"
WHOLE = jpeg(card((500, 410)), exif=EXIF)
changes = st.lists(st.tuples(st.integers(3, 1200), st.integers(0, 255)), min_size=1, max_size=40)


@settings(max_examples=150, deadline=None)
@given(changes)
def test_broken_bytes_never_break_the_inspector(changes: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, byte in changes:
        content[place] = byte
    found = inspect(KTP, bytes(content))
    assert found.accepted == bool(found.content)
