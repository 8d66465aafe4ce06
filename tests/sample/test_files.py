"""Generated papers are what their names say, within or beyond the limits of domain.md §6."""

import io

import pikepdf
import pytest
from PIL import Image

from tools.sample import files
from tools.sample.people import person

KB = 1000
PERSON = person(5)


def picture(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("make", [files.ktp_jpg, files.photo_jpg, files.selfie_jpg])
def test_pictures_are_colour_jpgs_of_at_most_200_kb(make: files.Paper) -> None:
    data = make(PERSON)
    image = picture(data)
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert len(data) <= 200 * KB


def test_the_photo_has_a_blue_background() -> None:
    red, green, blue = picture(files.photo_jpg(PERSON)).getpixel((8, 8))  # type: ignore[misc] # RGB
    assert blue > 150 > green > red


@pytest.mark.parametrize("make", [files.ktp_grey_jpg, files.ktp_grey_rgb_jpg])
def test_a_grey_card_has_no_colour(make: files.Paper) -> None:
    _, *colours = picture(make(PERSON)).convert("YCbCr").split()
    assert all(126 <= value <= 130 for colour in colours for value in colour.tobytes())


def test_a_large_card_is_sound_but_over_the_limit() -> None:
    assert len(files.ktp_too_large_jpg(PERSON)) > 200 * KB
    assert picture(files.ktp_too_large_jpg(PERSON)).format == "JPEG"


def test_a_truncated_card_does_not_decode() -> None:
    with pytest.raises(OSError, match="truncated"):
        picture(files.ktp_truncated_jpg(PERSON))


@pytest.mark.parametrize(
    ("make", "least", "most"),
    [
        (files.ijazah_pdf, 100 * KB, 1000 * KB),
        (files.ijazah_small_pdf, 1, 99_999),
        (files.ijazah_too_large_pdf, 1000 * KB + 1, 5000 * KB),
        (files.sk_pdf, 1, 1000 * KB),
        (files.pay_proof_pdf, 1, 1000 * KB),
        (files.thk2_card_pdf, 1, 1000 * KB),
        (files.sptjm_pdf, 1, 2000 * KB),
    ],
)
def test_pdfs_open_and_have_the_size_they_should(make: files.Paper, least: int, most: int) -> None:
    data = make(PERSON)
    assert least <= len(data) <= most
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1


def test_a_locked_pdf_asks_for_a_password() -> None:
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(files.sk_encrypted_pdf(PERSON)))


@pytest.mark.parametrize("make", list(files.PAPERS.values()), ids=list(files.PAPERS))
def test_every_paper_is_the_same_each_time(make: files.Paper) -> None:
    if make is not files.sk_encrypted_pdf:  # encryption draws its own chance
        assert make(PERSON) == make(PERSON)
