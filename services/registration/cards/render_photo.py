import io

from PIL import Image, ImageOps

# 30 x 40 mm at 300 dots per inch: what a printer can show, a third of the bytes of the stored photo.
_PIXELS = (354, 472)


def card_photo(jpeg: bytes) -> bytes:
    """Return the photo cut to 3 x 4 and scaled for print, the head kept when it is too high."""
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as photo:
        photo.draft("RGB", (_PIXELS[0] * 2, _PIXELS[1] * 2))
        cut = ImageOps.fit(photo.convert("RGB"), _PIXELS, Image.Resampling.BICUBIC, centering=(0.5, 0.2))
    target = io.BytesIO()
    cut.save(target, "JPEG", quality=86, optimize=True)
    return target.getvalue()
