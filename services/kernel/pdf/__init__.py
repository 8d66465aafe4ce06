"""Printed papers: sheets to draw on, tagged for screen readers, the same bytes for the same facts."""

from services.kernel.pdf.dates import day_text, minute_text
from services.kernel.pdf.flow import Flow, Part
from services.kernel.pdf.fonts import BOLD, ITALIC, REGULAR, printable
from services.kernel.pdf.qr import draw_qr
from services.kernel.pdf.sheet import About, Sheet
from services.kernel.pdf.text import Style, bold, grouped, height_of, shrunk, wrapped

__all__ = [
    "BOLD",
    "ITALIC",
    "REGULAR",
    "About",
    "Flow",
    "Part",
    "Sheet",
    "Style",
    "bold",
    "day_text",
    "draw_qr",
    "grouped",
    "height_of",
    "minute_text",
    "printable",
    "shrunk",
    "wrapped",
]
