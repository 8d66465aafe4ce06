"""Which SPTJM number a PDF itself carries: its pages first, then what it says about itself, and nothing in doubt."""

import contextlib
import io
import random
from collections.abc import Callable

import pikepdf
import pytest

from services.documents.inspection import inspect, read_number_bounded
from services.documents.inspection.printed_number import MAX_PAGES, printed_number
from services.kernel.bounded import WorkerError
from services.kernel.documents import MB, DocumentType
from tests.documents.inspection.makers import pdf, saved
from tests.documents.inspection.signing import signed

OURS, OLD = "SPTJM-9901-4", "SPTJM-9901-3"


def paper(*pages: str, title: str = "", xmp: str = "") -> bytes:
    """A PDF with these words on its pages, in its information and in its XMP."""
    with pikepdf.open(io.BytesIO(pdf(len(pages)))) as made:
        for page, words in zip(made.pages, pages, strict=True):
            page.obj.Contents = made.make_stream(f"BT /F1 12 Tf 60 760 Td ({words}) Tj ET".encode())
        if title:
            made.docinfo["/Title"] = title
        if xmp:
            made.Root.Metadata = made.make_stream(f"<x:xmpmeta>{xmp}</x:xmpmeta>".encode())
        return saved(made, fix_metadata_version=False)


@pytest.mark.parametrize(
    "words",
    [OURS, f"Nomor: {OURS}", f"Nomor: {OURS} 2022", f"{OURS}, {OURS}", f"{OURS}.", "SPTJM - 9901 - 4"],
)
def test_the_number_on_a_page(words: str) -> None:
    assert printed_number(paper(words)) == OURS


@pytest.mark.parametrize(
    "words", ["", "SPTJM", "sptjm-9901-4", "SPTJM-990-4", "SPTJM-9901-0", "SPTJM-99011-4", "XSPTJM-9901-4", "9901-4"]
)
def test_what_is_no_number(words: str) -> None:
    assert printed_number(paper(words)) is None


def test_a_longer_number_is_another_one() -> None:
    assert printed_number(paper("SPTJM-9901-42")) == "SPTJM-9901-42"
    assert printed_number(paper("SPTJM-9901-4000000")) is None


@pytest.mark.parametrize("about", [{"title": OURS}, {"xmp": f"<dc:title>{OURS}</dc:title>"}])
def test_what_it_says_about_itself_counts_where_its_pages_say_nothing(about: dict[str, str]) -> None:
    assert printed_number(paper("Pindaian", **about)) == OURS
    assert printed_number(paper(OLD, **about)) == OLD, "the paper is what is signed"


@pytest.mark.parametrize("content", [paper(OURS, OLD), paper(f"{OURS} {OLD}"), paper("", title=OURS, xmp=OLD)])
def test_who_names_several_names_none(content: bytes) -> None:
    assert printed_number(content) is None


def test_only_the_first_pages_are_read() -> None:
    cover = [""] * (MAX_PAGES - 1)
    assert printed_number(paper(*cover, OURS)) == OURS
    assert printed_number(paper(*cover, "", OURS)) is None


def test_a_signature_leaves_the_number() -> None:
    content = signed(paper("", title=OURS))
    assert content.startswith(paper("", title=OURS))
    assert printed_number(content) == OURS
    assert printed_number(signed(paper(OURS))) == OURS


def test_the_bounded_process_finds_the_same() -> None:
    assert read_number_bounded(paper(OURS)) == OURS
    assert read_number_bounded(paper("Pindaian")) is None


def endless(content: bytes) -> bytes:
    """A number, and behind it some ten million operators from a few kilobytes."""
    with pikepdf.open(io.BytesIO(content)) as made:
        made.pages[0].obj.Contents = made.make_stream(made.pages[0].obj.Contents.read_bytes() + b" q Q" * 10_000_000)
        return saved(made)


def looping(content: bytes) -> bytes:
    """A drawing that draws itself."""
    with pikepdf.open(io.BytesIO(content)) as made:
        form = made.make_stream(b"/X Do")
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 9, 9]
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        page = made.pages[0].obj
        page.Resources.XObject = pikepdf.Dictionary(X=form)
        page.Contents = made.make_stream(page.Contents.read_bytes() + b" /X Do")
        return saved(made)


def misfit(content: bytes) -> bytes:
    """A font whose description is of another kind in every place."""
    with pikepdf.open(io.BytesIO(content)) as made:
        font = made.pages[0].obj.Resources.Font.F1
        font.Encoding, font.ToUnicode, font.Widths = pikepdf.Array([1]), pikepdf.Dictionary(), pikepdf.String("x")
        return saved(made)


def tried_again(content: bytes) -> str | None:
    """What is read when a machine too busy to start a process in a second is given more, as a message comes again."""
    for seconds in (1, 4, 16):
        with contextlib.suppress(WorkerError):
            return read_number_bounded(content, seconds=seconds)
    return read_number_bounded(content, seconds=60)


def test_a_paper_that_takes_too_long_carries_none_and_is_accepted() -> None:
    hostile = endless(paper(OURS))
    assert len(hostile) < MB
    assert inspect(DocumentType.SPTJM, hostile).accepted
    assert tried_again(hostile) is None


def test_a_paper_that_takes_too_much_memory_carries_none() -> None:
    assert read_number_bounded(endless(paper(OURS)), memory=150 * MB) is None


@pytest.mark.parametrize("hostile", [looping, misfit])
def test_a_crooked_paper_neither_breaks_nor_hangs_the_reader(hostile: Callable[[bytes], bytes]) -> None:
    content = hostile(paper(OURS))
    assert inspect(DocumentType.SPTJM, content).accepted
    assert read_number_bounded(content) in {None, OURS}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"x" * 1000])
def test_what_is_no_pdf_carries_none(content: bytes) -> None:
    assert read_number_bounded(content) is None


@pytest.mark.parametrize("seed", range(6))
def test_broken_bytes_give_a_number_or_none(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same bytes for the same seed
    content = bytearray(signed(paper(OURS, title=OURS)))
    for _ in range(30):
        content[chance.randrange(len(content))] = chance.randrange(256)
    found = read_number_bounded(bytes(content))
    assert found is None or found.startswith("SPTJM-")


def test_when_the_process_cannot_start_nothing_is_said_about_the_file() -> None:
    with pytest.raises(WorkerError):
        read_number_bounded(paper(OURS), seconds=0.01)
