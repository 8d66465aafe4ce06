"""Pages as pictures: all of them, bounded, and none where the library gives up."""

import io
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name
from PIL import Image

from services.documents.inspection import draw_bounded
from services.documents.inspection.draw_pages import LONGEST, draw_pages
from services.documents.inspection.wire import pictures_from_wire, pictures_to_wire
from services.kernel.documents import MB
from tests.documents.inspection.makers import pdf, saved


def sized(box: tuple[float, float], **page: object) -> bytes:
    """A paper of one page, larger than any program lets it be made where `page` says so."""
    with pikepdf.new() as paper:
        made = paper.add_blank_page(page_size=box)
        for key, value in page.items():
            made.obj[f"/{key}"] = value
        return saved(paper)


def sizes(pictures: list[bytes]) -> list[tuple[int, int]]:
    return [Image.open(io.BytesIO(picture)).size for picture in pictures]


def test_the_bounded_process_draws_the_same() -> None:
    paper = pdf(3)
    assert draw_bounded(paper) == draw_pages(paper)
    assert len(draw_pages(paper)) == 3


def dark(picture: bytes) -> int:
    """How many of a picture's pixels are rather dark."""
    return sum(Image.open(io.BytesIO(picture)).convert("L").histogram()[:128])


def test_what_is_on_a_page_is_in_its_picture() -> None:
    assert dark(draw_pages(sized((595, 842)))[0]) == 0
    assert dark(draw_pages(pdf(1))[0]) > 100


@pytest.mark.parametrize(
    ("subtype", "field"), [("/Stamp", None), ("/FreeText", None), ("/Widget", "/Sig"), ("/Widget", "/Tx")]
)
def test_stamps_filled_fields_and_visible_signatures_are_seen(subtype: str, field: str | None) -> None:
    with pikepdf.new() as paper:
        page = paper.add_blank_page(page_size=(595, 842))
        black = paper.make_stream(b"0 g 0 0 200 100 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 100])
        note = Dictionary(Subtype=Name(subtype), Rect=[100, 100, 300, 200], F=4, AP=Dictionary(N=black))
        if field:
            note.FT, note.T = Name(field), pikepdf.String("bidang")
        page.obj.Annots = pikepdf.Array([paper.make_indirect(note)])
        paper.Root.AcroForm = Dictionary(Fields=page.obj.Annots if field else [])
        assert dark(draw_pages(saved(paper))[0]) == pytest.approx(200 * 100 * (LONGEST / 842) ** 2, rel=0.02)


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ((595, 842), (1240, LONGEST)),
        ((842, 595), (LONGEST, 1240)),
        ((3, 3), (12, 12)),
        ((14_400, 7200), (LONGEST, LONGEST // 2)),
        ((14_400, 3), (LONGEST, 1)),
    ],
)
def test_a_page_is_drawn_so_large_and_no_larger(box: tuple[float, float], size: tuple[int, int]) -> None:
    assert sizes(draw_pages(sized(box))) == [size]


def test_a_turned_page_is_drawn_as_it_is_read() -> None:
    assert sizes(draw_pages(sized((595, 842), Rotate=90))) == [(LONGEST, 1240)]


@pytest.mark.parametrize("page", [{"UserUnit": 75_000}, {"MediaBox": [0, 0, 10**9, 10**9]}, {"MediaBox": [0, 0, 0, 0]}])
def test_no_page_is_too_large_to_be_drawn(page: dict[str, object]) -> None:
    assert max(sizes(draw_pages(sized((595, 842), **page)))[0]) <= LONGEST


def written(content: bytes) -> bytes:
    """A paper of one page with this content, packed."""
    with pikepdf.new() as paper:
        page = paper.add_blank_page(page_size=(595, 842))
        page.obj.Contents = paper.make_stream(zlib.compress(content), Filter=pikepdf.Name.FlateDecode)
        return saved(paper)


def test_a_paper_that_takes_too_much_memory_has_no_pictures() -> None:
    swelling = written(b" " * 64 * MB)
    assert len(swelling) < MB // 8
    assert len(draw_bounded(swelling)) == 1
    assert draw_bounded(swelling, memory=150 * MB) == []


def test_a_paper_that_takes_too_long_has_no_pictures() -> None:
    hatched = written(b"0 0 m 595 842 l S " * 150_000)
    assert len(hatched) < MB // 8
    assert draw_bounded(hatched, seconds=1.5) == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nonsense", pdf(2)[:400], saved(pikepdf.new()), b"\xff\xd8\xff"])
def test_what_is_no_paper_has_no_pictures(content: bytes) -> None:
    assert draw_bounded(content) == []


def test_a_locked_paper_has_no_pictures() -> None:
    with pikepdf.open(io.BytesIO(pdf(1))) as paper:
        assert draw_bounded(saved(paper, encryption=pikepdf.Encryption(owner="o", user="u"))) == []


@settings(max_examples=20)
@given(st.lists(st.binary(max_size=40), max_size=5))
def test_pictures_survive_the_wire(pictures: list[bytes]) -> None:
    assert pictures_from_wire(pictures_to_wire(pictures)) == pictures
