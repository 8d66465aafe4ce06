from collections.abc import Iterator, Sequence
from itertools import groupby

import segno
from reportlab.pdfgen.canvas import Canvas


def draw_qr(canvas: Canvas, content: str, x: float, y: float, side: float) -> None:
    """Draw a QR code (error correction M) with its lower left corner at x, y; `side` is in points.

    One path of horizontal runs, in modules: far faster to make than one square per module, and smaller. The
    four modules of quiet zone around it are the caller's to leave free.
    """
    rows = segno.make(content, error="m", boost_error=False, micro=False).matrix
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(side / len(rows), side / len(rows))
    # The sliver of overlap hides the hairlines that screens draw between touching rectangles.
    runs = (
        f"{start} {len(rows) - 1 - row} {length} 1.02 re"
        for row, modules in enumerate(rows)
        for start, length in _runs(modules)
    )
    canvas.addLiteral(" ".join(runs) + " f")
    canvas.restoreState()


def _runs(modules: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for dark, group in groupby(modules):
        length = len(list(group))
        if dark:
            yield start, length
        start += length
