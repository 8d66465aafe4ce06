import io
import struct
import warnings

from PIL import Image, ImageChops, ImageOps

from services.documents.inspection.colour import look_at_ktp, look_at_portrait
from services.documents.inspection.model import Inspection, RefusedError
from services.kernel.documents import JPEG, DocumentType, FileFault, FileFlag, Rule

# 65 million pixels are a telephone's largest mode. One that is decoded takes at most 12 bytes: a progressive picture's
# coefficients, two for each of up to four components, and four of the picture itself. So all of them stay under 780 MB
# (measured: 4 components 745, three 620, a telephone's own 460), which `bounded.MEMORY` leaves room for.
MAX_PIXELS = 65_000_000
Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before any pixel is decoded, and names its figures

# Encoders write about ten scans. Each costs a walk over all pixels however few bytes it has, so thousands would hang.
_MAX_SCANS = 64
_START_OF_SCAN = b"\xff\xda"
_END = b"\xff\xd9"
_CUT = 24
"""Bytes left out to see where a picture without its end breaks off: some blocks of 16 pixels."""

# What decoders raise on bytes that only begin like a picture.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error)
_QUALITIES = (90, 84, 76, 68, 60, 50)


def inspect_picture(jenis: DocumentType, rule: Rule, content: bytes) -> Inspection:
    """Decode a JPEG within bounds, look at it, and write it anew without metadata or anything after its end.

    Raises:
        RefusedError: DAMAGED, TOO_MANY_PIXELS, RESOLUTION_TOO_LOW or BLACK_AND_WHITE.
    """
    if content.count(_START_OF_SCAN) > _MAX_SCANS:
        raise RefusedError(FileFault.DAMAGED)
    try:
        with warnings.catch_warnings(action="ignore"):  # a crooked EXIF block is dropped, not complained of
            image = _decode(content, rule) if content.rstrip(b"\0").endswith(_END) else _decode_open(content, rule)
    except _BROKEN as error:
        raise RefusedError(FileFault.DAMAGED) from error
    flags = _look(jenis, image)
    clean, width, height = _encode(image, rule.most)
    return Inspection(jenis, None, {}, flags, clean, JPEG, width, height)


def _decode(content: bytes, rule: Rule) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=["JPEG"]) as source:
        width, height = source.size
        if width * height > MAX_PIXELS:
            raise RefusedError(FileFault.TOO_MANY_PIXELS, width=width, height=height, pixels_limit=MAX_PIXELS)
        if min(width, height) < rule.min_side:
            raise RefusedError(FileFault.RESOLUTION_TOO_LOW, width=width, height=height)
        source.draft("RGB", (rule.max_side, rule.max_side))
        source.thumbnail((rule.max_side, rule.max_side), Image.Resampling.LANCZOS)  # before anything copies it whole
        upright = ImageOps.exif_transpose(source)
    image = upright if upright.mode in {"L", "RGB"} else upright.convert("RGB")
    image.info.clear()  # comments, profiles and dates would otherwise be written again
    return image


def _decode_open(content: bytes, rule: Rule) -> Image.Image:
    """Decode a picture that something follows, or whose own end is missing: that is no harm when every pixel is there.

    A decoder fills up what it lacks without a word. So the picture is held against itself with some bytes fewer: where
    the pixels reach the last row, only the last row can differ.
    """
    try:
        return _decode(content, rule)
    except _BROKEN:
        whole = _decode(content.rstrip(b"\xff") + _END, rule)
    if _refines(content):
        return whole
    cut = _decode(content[:-_CUT] + _END, rule)
    differing = ImageChops.difference(whole, cut).getbbox()
    if differing is None or differing[1] < whole.height - max(3, whole.height // 20):
        raise RefusedError(FileFault.DAMAGED)
    return whole


def _refines(content: bytes) -> bool:
    """Whether the last scan only sharpens by half a step what is there already (ITU-T T.81, B.2.3: Ah 1, Al 0)."""
    header = content.rfind(_START_OF_SCAN) + len(_START_OF_SCAN)
    last = header + int.from_bytes(content[header : header + 2], "big") - 1
    return last < len(content) and content[last] == 0x10


def _look(jenis: DocumentType, image: Image.Image) -> tuple[FileFlag, ...]:
    if jenis is DocumentType.KTP:
        return look_at_ktp(image)
    return look_at_portrait(image) if jenis is DocumentType.FOTO else ()


def _encode(image: Image.Image, most: int) -> tuple[bytes, int, int]:
    """Write the pixels alone, at the best quality and scale that fit `most` bytes."""
    while True:
        for quality in _QUALITIES:
            target = io.BytesIO()
            image.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
            if target.tell() <= most:
                return target.getvalue(), image.width, image.height
        image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))
