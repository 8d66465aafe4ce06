"""One-page PDF papers, with a noisy picture where a scan's weight is wanted."""

import io
from collections.abc import Sequence
from random import Random

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def draw_sheet(title: str, lines: Sequence[str], scan: tuple[int, int] | None = None) -> bytes:
    """A sheet with a title, lines and CONTOH behind them; `scan` is the size in pixels of a picture of grain."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    width, height = A4
    canvas.saveState()
    canvas.setFillGray(0.88)
    canvas.setFont("Helvetica-Bold", 96)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(40)
    canvas.drawCentredString(0, 0, "CONTOH")
    canvas.restoreState()
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawCentredString(width / 2, height - 110, title)
    canvas.setFont("Helvetica", 12)
    for index, line in enumerate(lines):
        canvas.drawCentredString(width / 2, height - 170 - 24 * index, str(line))
    if scan:
        canvas.drawImage(ImageReader(_grain(title, scan)), 70, 90, width - 140, 260)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _grain(seed: str, size: tuple[int, int]) -> io.BytesIO:
    """Paper grain: noise, which packs badly, as real scans do."""
    noise = Random(seed).randbytes(size[0] * size[1])  # noqa: S311 - the same data for the same seed
    picture = Image.frombytes("L", size, noise).point([200 + value // 5 for value in range(256)])
    stream = io.BytesIO()
    picture.convert("RGB").save(stream, "JPEG", quality=70)
    stream.seek(0)
    return stream
