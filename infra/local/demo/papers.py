"""What a printed card says, read back as its holder reads it."""

import io
import re

from pypdf import PdfReader

_CODE = re.compile(r"\b(?:[0-9A-Z]{4} ){4}[0-9A-Z]{4}\b")


def words_of(pdf: bytes) -> str:
    """The text of a PDF, runs of white space as one space.

    Raises:
        pypdf.errors.PyPdfError: it is no PDF.
    """
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def code_of(words: str) -> str | None:
    """The code printed on a card, in its groups as they stand there."""
    found = _CODE.search(words)
    return found[0] if found else None
