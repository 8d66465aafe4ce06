import io
import re

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, NullObject, StreamObject

# Our own paper is one page; what an office puts before it (a cover, a note of its secretariat) is seldom longer.
MAX_PAGES = 5
# More text than any letter has on a page: beyond it there is nothing to look for.
_MAX_LETTERS = 200_000

# SPTJM-<institution>-<epoch>, as finalization prints it; extraction may put blanks where the fonts leave room.
_NUMBER = re.compile(r"(?<![A-Za-z0-9])SPTJM\s?-\s?([0-9]{4})\s?-\s?([1-9][0-9]{0,5})(?![0-9])")


def printed_number(content: bytes) -> str | None:
    """Return the SPTJM number that a PDF itself carries, or None when it carries none (a scan) or several.

    What stands on its first pages counts; only where they say nothing does the document's information (title,
    subject, keywords) or its XMP. A strange file may raise anything, hang or swell: see `read_number_bounded`.
    """
    reader = PdfReader(io.BytesIO(content))
    on_pages = {number for page in reader.pages[:MAX_PAGES] for number in _numbers(page.extract_text())}
    found = on_pages or set(_numbers(_about(reader)))
    return found.pop() if len(found) == 1 else None


def _about(reader: PdfReader) -> str:
    """What a document says about itself. XMP is searched as it stands: no parser for what a stranger declares."""
    info = reader.metadata or DictionaryObject()
    words = [str(info[name]) for name in info]
    xmp = reader.root_object.get("/Metadata", NullObject()).get_object()
    if isinstance(xmp, StreamObject):
        words.append(xmp.get_data().decode(errors="replace"))
    return " ".join(words)


def _numbers(words: str) -> list[str]:
    return [f"SPTJM-{code}-{epoch}" for code, epoch in _NUMBER.findall(words[:_MAX_LETTERS])]
