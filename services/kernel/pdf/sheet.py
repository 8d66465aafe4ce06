import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from services.kernel.pdf.dates import pdf_date
from services.kernel.pdf.fonts import REGULAR, font, printable, width_of
from services.kernel.pdf.qr import draw_qr
from services.kernel.pdf.tags import Path, Tags
from services.kernel.pdf.text import Run, Style, runs_of, wrapped

rl_config.useA85 = 0  # plain binary streams: a fifth smaller and a sixth faster than text-safe ones

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class About:
    """What a paper says about itself in its metadata; `created` is also the only time in the file."""

    title: str
    subject: str
    author: str
    created: datetime


class Sheet:
    """A paper being drawn, page by page. Places are points from the lower left corner, text hangs from its upper edge.

    Everything drawn is either content (`tagged`) or `decoration`, never neither: that is what makes the paper
    readable to a screen reader. The same facts give the same bytes.
    """

    def __init__(self, about: About, size: tuple[float, float]) -> None:
        self.width, self.height = size
        self._target = io.BytesIO()
        font(REGULAR)  # or an unembedded Helvetica would be every page's first font
        self.canvas = Canvas(
            self._target,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang="id-ID",
            initialFontName=REGULAR,
        )
        self.canvas.setTitle(about.title)
        self.canvas.setSubject(about.subject)
        self.canvas.setAuthor(about.author)
        self.canvas.setCreator("Portal Pendataan Tenaga Non-ASN")
        self.canvas.setDateFormatter(lambda *_: pdf_date(about.created))
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        self._tags = Tags(self.canvas._doc)  # noqa: SLF001 - the catalogue has no other door

    @contextmanager
    def tagged(self, kind: str, alt: str = "", within: Path = ()) -> Iterator[None]:
        """Mark what is drawn inside as one element of the document (`H1`, `P`, `TH`, `Figure` …)."""
        number = self._tags.mark(kind, alt, within)
        self.canvas.addLiteral(f"/{kind} <</MCID {number}>> BDC")
        yield
        self.canvas.addLiteral("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """Mark what is drawn inside as having no meaning: lines, bands, tints."""
        self.canvas.addLiteral("/Artifact BMC")
        yield
        self.canvas.addLiteral("EMC")

    def write(
        self,
        at: tuple[float, float],
        width: float,
        words: str,
        style: Style,
        *,
        tag: str = "P",
        within: Path = (),
        align: Align = "left",
    ) -> float:
        """Write wrapped text and return where its lower edge is."""
        x, y = at
        with self.tagged(tag, within=within):
            lines = wrapped(words, width, style)
            for number, line in enumerate(lines, 1):
                runs = list(runs_of(line, style))
                start = x + _indent(runs, width, style, align)
                # Without a space at its end a screen reader joins a line's last word to the next line's first.
                self._line(start, y - style.size, [*runs, (style.font, " ")] if number < len(lines) else runs, style)
                y -= style.line
        return y

    def code(self, at: tuple[float, float], words: str, style: Style) -> None:
        """Write unwrapped text inside an element that is already open."""
        self._line(at[0], at[1] - style.size, ((style.font, printable(words)),), style)

    def box(self, at: tuple[float, float], size: tuple[float, float], colour: str) -> None:
        """Fill a rectangle, as decoration."""
        with self.decoration():
            self.canvas.setFillColor(HexColor(colour))
            self.canvas.rect(*at, *size, stroke=0, fill=1)

    def rule(self, start: tuple[float, float], end: tuple[float, float], colour: str, weight: float = 0.5) -> None:
        """Draw a line, as decoration."""
        with self.decoration():
            self.canvas.setStrokeColor(HexColor(colour))
            self.canvas.setLineWidth(weight)
            self.canvas.line(*start, *end)

    def frame(self, at: tuple[float, float], size: tuple[float, float], colour: str, *, dashed: bool = False) -> None:
        """Draw the outline of a rectangle, as decoration."""
        with self.decoration():
            self.canvas.setStrokeColor(HexColor(colour))
            self.canvas.setLineWidth(0.6)
            self.canvas.setDash([2, 2] if dashed else [])
            self.canvas.rect(*at, *size, stroke=1, fill=0)
            self.canvas.setDash([])

    def qr(self, at: tuple[float, float], side: float, content: str, alt: str, colour: str) -> None:
        """Draw a QR code as a figure; `alt` says what it leads to."""
        with self.tagged("Figure", alt):
            self.canvas.setFillColor(HexColor(colour))
            draw_qr(self.canvas, content, *at, side)

    def picture(self, at: tuple[float, float], size: tuple[float, float], jpeg: bytes, alt: str) -> None:
        """Place a picture as a figure."""
        with self.tagged("Figure", alt):
            self.canvas.drawImage(ImageReader(io.BytesIO(jpeg)), *at, *size)

    @property
    def page(self) -> int:
        """The number of the page that is drawn on, from 1."""
        return int(self.canvas.getPageNumber())

    def next_page(self) -> None:
        """Close the page and go on with the next one."""
        self.canvas.showPage()
        self._tags.next_page()

    def finish(self) -> bytes:
        """Close the only or last page and return the file."""
        self.canvas.showPage()
        self._tags.finish()
        self.canvas.save()
        return self._target.getvalue()

    def _line(self, x: float, y: float, runs: Iterable[Run], style: Style) -> None:
        self.canvas.setFillColor(HexColor(style.colour))
        for name, words in runs:
            font(name)
            self.canvas.setFont(name, style.size)
            self.canvas.drawString(x, y, words)
            x += width_of(words, name, style.size)


def _indent(runs: Iterable[Run], width: float, style: Style, align: Align) -> float:
    if align == "left":
        return 0.0
    used = sum(width_of(words, name, style.size) for name, words in runs)
    return (width - used) / (2 if align == "centre" else 1)
