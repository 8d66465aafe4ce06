"""Figures and pictures in a page of the documentation, between two marks."""

from collections.abc import Mapping
from pathlib import Path

BEGIN, END = "<!-- figures: written by --page -->", "<!-- end of figures -->"


def refresh(page: Path, figures: str, drawn: Mapping[str, str]) -> None:
    """Replace the page's figures, and the pictures in the folder `pictures` beside it.

    Raises:
        ValueError: when the page has not both marks.
    """
    before, begin, rest = page.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{page} lacks the marks {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n\n{figures}\n{END}{after}")
    for name, svg in drawn.items():
        (page.parent / "pictures" / name).write_text(svg)
