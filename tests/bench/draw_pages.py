"""`python -m tests.bench.draw_pages`: what it takes to draw the pages of papers as large as they may be.

Scans of A4 in grey at 150 dots an inch, every line written, squeezed until they fit the limit of an SK (1 MB); wall and
processor of the bounded process, its start included, and what the pictures weigh. Figures in
docs/adr/0020-pages-as-pictures.md.
"""

import io
import random
import resource
import sys
import time

from PIL import Image, ImageDraw

from services.documents.inspection import draw_bounded
from services.kernel.documents import MB
from tests.documents.inspection import makers

A4 = (1240, 1754)


def scanned(pages: int) -> bytes:
    """A paper of so many scanned pages, of 1 MB at most."""
    made = [_page(random.Random(number)) for number in range(pages)]  # noqa: S311 - the same page each time
    for quality in (60, 30, 15, 8, 4, 2):
        target = io.BytesIO()
        made[0].save(target, "PDF", save_all=True, append_images=made[1:], quality=quality, resolution=150)
        if target.tell() <= MB:
            break
    return target.getvalue()


def _page(drawn: random.Random) -> Image.Image:
    page = Image.new("L", A4, 250)
    draw = ImageDraw.Draw(page)
    for line in range(120, 1640, 44):
        for word in range(140, 1080, 94):
            draw.text((word, line), "".join(drawn.choices("abdefgiklmnoprstu", k=8)), fill=30, font_size=22)
    return page


def main() -> int:
    """The table."""
    papers = {f"{pages} scanned": scanned(pages) for pages in (1, 5, 20)} | {"20 printed": makers.pdf(20)}
    print("| pages | PDF, KB | wall, s | processor, s | pictures, KB a page |\n|---|---:|---:|---:|---:|")
    for name, paper in papers.items():
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        pictures = draw_bounded(paper)
        wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        weight = sum(map(len, pictures)) / len(pictures) / 1024
        print(f"| {name} | {len(paper) // 1024} | {wall:.2f} | {spent:.2f} | {weight:.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
