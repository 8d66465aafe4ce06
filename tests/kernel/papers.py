"""Reads printed papers back: what a person sees, what a scanner sees, what a screen reader is told."""

import io
import re
import subprocess

import pikepdf

Module = tuple[int, int]
Box = tuple[float, float, float, float]

_WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">')
_RUN = re.compile(rb"(\d+) (\d+) (\d+) 1\.02 re")


def text_of(paper: bytes) -> str:
    """Return the words in reading order, runs of white space as one space."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]  # from poppler-utils
    done = subprocess.run(command, input=paper, capture_output=True, check=True, timeout=20)
    return " ".join(done.stdout.decode().split())


def words_of(paper: bytes) -> list[Box]:
    """Return where the words stand: left, top, right and bottom in points from the upper left corner."""
    command = ["pdftotext", "-bbox", "-", "-"]  # from poppler-utils
    done = subprocess.run(command, input=paper, capture_output=True, check=True, timeout=20)
    return [(float(a), float(b), float(c), float(d)) for a, b, c, d in _WORD.findall(done.stdout.decode())]


def opened(paper: bytes) -> pikepdf.Pdf:
    return pikepdf.Pdf.open(io.BytesIO(paper))


def qr_of(paper: bytes) -> set[Module]:
    """Return the dark modules of the page's QR code as (column, row), row 0 the lowest."""
    with opened(paper) as pdf:
        drawn = pdf.pages[0].obj.Contents.read_bytes()
    runs = [tuple(map(int, run)) for run in _RUN.findall(drawn)]
    return {(start + step, row) for start, row, length in runs for step in range(length)}


def outline_of(paper: bytes) -> list[tuple[str, int]]:
    """Return the kinds of element below the document, with how many parts each has."""
    with opened(paper) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        return [(str(part.S)[1:], len(part.K) if isinstance(part.K, pikepdf.Array) else 1) for part in document.K]


def alternatives_of(paper: bytes) -> list[str]:
    """Return the texts that stand for the figures."""
    with opened(paper) as pdf:
        return [str(part.Alt) for part in pdf.Root.StructTreeRoot.K[0].K if "/Alt" in part]


def fonts_of(paper: bytes) -> dict[str, bool]:
    """Return the names of the page's fonts and whether each is embedded."""
    with opened(paper) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font.items()
        return {str(font.BaseFont)[8:]: "/FontFile2" in font.get("/FontDescriptor", {}) for _, font in fonts}
