import io

import pypdfium2

LONGEST = 1754
"""Pixels of a picture's longer side: A4 at 150 dots an inch. A page that says it is a kilometre long gets no more."""
_LARGEST_SCALE = 4.0
"""Of a page that is smaller than a card: 72 points an inch, so 288 dots."""
_QUALITY = 70


def draw_pages(content: bytes) -> list[bytes]:
    """The pages of a PDF as JPEG pictures, as a reader without scripts shows them.

    Pictures are bounded, what a page does before it is one is not: see `draw_bounded`.

    Raises:
        pypdfium2.PdfiumError: it cannot be opened, or one of its pages cannot be drawn.
    """
    source = pypdfium2.PdfDocument(content)
    source.init_forms()  # without it neither what a form holds nor a signature that is seen would be drawn
    return [_draw(source[number]) for number in range(len(source))]


def _draw(page: pypdfium2.PdfPage) -> bytes:
    scale = min(_LARGEST_SCALE, LONGEST / max(1.0, *page.get_size()))
    picture = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    page.close()
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()
