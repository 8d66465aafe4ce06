import io
import os
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String

from services.documents.inspection import inspect
from services.kernel.documents import RULES, DocumentType, FileFault, FileFlag
from tests.documents.inspection.makers import pdf, saved, swelling_pdf

SK, SPTJM, SURAT = DocumentType.SK, DocumentType.SPTJM, DocumentType.SURAT
SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def changed(change: Callable[[Pdf], None], pages: int = 1) -> bytes:
    with Pdf.open(io.BytesIO(pdf(pages))) as paper:
        change(paper)
        return saved(paper)


def script_at_open(paper: Pdf) -> None:
    paper.Root.OpenAction = SCRIPT


def script_on_page(paper: Pdf) -> None:
    paper.pages[0].obj.AA = Dictionary(O=SCRIPT)


def script_by_name(paper: Pdf) -> None:
    paper.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))


def attachment(paper: Pdf) -> None:
    paper.attachments["evil.exe"] = b"MZ payload"


def link(paper: Pdf) -> None:
    action = Dictionary(S=Name.Launch, F=String("evil.exe"))
    annot = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    paper.pages[0].obj.Annots = Array([paper.make_indirect(annot)])


HOSTILE = [script_at_open, script_on_page, script_by_name, attachment, link]


def stamp(paper: Pdf) -> None:
    """Put a visible signature on the page, as electronic signing does: a field with an appearance."""
    look = paper.make_stream(b"BT /F1 12 Tf 2 2 Td (Ditandatangani secara elektronik) Tj ET")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 20])
    look.Resources = paper.pages[0].obj.Resources
    signature = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 1, 2, 3]), Contents=b"0")
    field = paper.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("ttd"),
            F=4,
            Rect=Array([60, 60, 260, 80]),
            AP=Dictionary(N=look),
            V=paper.make_indirect(signature),
            P=paper.pages[0].obj,
        )
    )
    paper.pages[0].obj.Annots = Array([field])
    paper.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)


def reread(content: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(content))


def text_of(content: bytes) -> bytes:
    """Return every decoded stream, for looking for words."""
    with reread(content) as paper:
        return b"\n".join(thing.read_bytes() for thing in paper.objects if isinstance(thing, pikepdf.Stream))


def test_a_paper_is_rebuilt_with_its_pages() -> None:
    found = inspect(SK, pdf(3))
    assert (found.fault, found.flags, found.pages, found.content_type) == (None, (), 3, "application/pdf")
    with reread(found.content) as paper:
        assert len(paper.pages) == 3
        assert [float(side) for side in paper.pages[0].mediabox] == [0, 0, 595, 842]
    assert b"(SK 3) Tj" in text_of(found.content)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_acts_gets_into_the_copy(hostile: Callable[[Pdf], None]) -> None:
    found = inspect(SK, changed(hostile))
    assert found.accepted
    with reread(found.content) as paper:
        assert set(paper.Root.keys()) == {"/Type", "/Pages"}
        assert {"/Annots", "/AA"}.isdisjoint(paper.pages[0].obj.keys())
        everything = b"".join(thing.unparse(resolved=True) for thing in paper.objects)
    assert b"alert" not in everything
    assert b"evil" not in everything + text_of(found.content)


def test_a_quiet_letter_has_no_flag() -> None:
    assert inspect(SURAT, pdf()).flags == ()


def test_the_stamp_of_a_signature_stays_visible_and_is_flagged() -> None:
    found = inspect(SK, changed(stamp))
    assert found.flags == (FileFlag.SIGNED,)
    assert b"Ditandatangani secara elektronik" in text_of(found.content)
    assert b"ByteRange" not in found.content


def test_what_pages_inherit_goes_along() -> None:
    def lift(paper: Pdf) -> None:
        page = paper.pages[0].obj
        paper.Root.Pages.Resources, paper.Root.Pages.MediaBox = page.Resources, page.MediaBox
        del page.Resources, page.MediaBox

    with reread(inspect(SK, changed(lift)).content) as paper:
        assert "/F1" in paper.pages[0].obj.Resources.Font
        assert [float(side) for side in paper.pages[0].mediabox] == [0, 0, 595, 842]


@pytest.mark.parametrize(("jenis", "most"), [(SK, 20), (SPTJM, 50)])
def test_the_number_of_pages_has_a_limit(jenis: DocumentType, most: int) -> None:
    assert inspect(jenis, pdf(most)).accepted
    refused = inspect(jenis, pdf(most + 1))
    assert refused.fault is FileFault.TOO_MANY_PAGES
    assert f"{most + 1} halaman" in refused.message
    assert f"{most} halaman" in refused.message


def test_a_paper_without_pages_is_empty() -> None:
    with Pdf.new() as paper:
        assert inspect(SK, saved(paper)).fault is FileFault.EMPTY


def locked(user: str) -> bytes:
    with reread(pdf()) as paper:
        return saved(paper, encryption=pikepdf.Encryption(owner="pemilik", user=user))


@pytest.mark.parametrize("jenis", [SK, SPTJM])
def test_a_paper_that_opens_with_a_password_only_is_refused(jenis: DocumentType) -> None:
    assert inspect(jenis, locked("rahasia")).fault is FileFault.ENCRYPTED


def test_a_paper_that_opens_for_everybody_is_taken_whatever_its_owner_forbade() -> None:
    found = inspect(SK, locked(""))
    assert found.accepted
    with reread(found.content) as paper:
        assert not paper.is_encrypted
    assert b"(SK 1) Tj" in text_of(found.content)
    letter = locked("")
    assert inspect(SPTJM, letter).content == letter


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"x" * 5000, b"%PDF-1.5\n1 0 obj\n<<>>\nendobj\n"])
def test_what_only_begins_like_a_pdf_is_damaged(content: bytes) -> None:
    assert inspect(SK, content).fault is FileFault.DAMAGED


def test_a_stream_that_swells_is_damaged() -> None:
    assert inspect(SK, swelling_pdf(1_000)).fault is FileFault.EMPTY
    assert inspect(SK, swelling_pdf(100_000_000)).fault is FileFault.DAMAGED


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf\r\n", b"HTTP/1.1 200 OK", b"x" * 1000])
def test_something_before_the_header_is_borne(before: bytes) -> None:
    found = inspect(SK, before + pdf())
    assert found.accepted
    assert b"(SK 1) Tj" in text_of(found.content)


@pytest.mark.parametrize("before", [b"x" * 1024, b"PK\x03\x04", b"\x89PNG\r\n\x1a\n"])
def test_a_header_further_on_or_within_another_kind_makes_no_pdf(before: bytes) -> None:
    assert inspect(SK, before + pdf()).fault is FileFault.WRONG_TYPE


def test_the_same_paper_gives_the_same_copy() -> None:
    assert inspect(SK, pdf(2)).content == inspect(SK, pdf(2)).content


def test_the_copy_fits_the_limit_too() -> None:
    noise = os.urandom(RULES[SK].most - 3_000)

    def fill(paper: Pdf) -> None:
        paper.pages[0].obj.Resources.XObject = Dictionary(X=paper.make_stream(noise))

    received = changed(fill)
    assert len(received) <= RULES[SK].most
    found = inspect(SK, received)
    assert found.accepted
    assert len(found.content) <= RULES[SK].most


changes = st.lists(st.tuples(st.floats(0.005, 0.999), st.integers(0, 255)), min_size=1, max_size=60)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([script_at_open, attachment, link, stamp]), changes)
def test_broken_bytes_never_break_the_inspector(
    change: Callable[[Pdf], None], changes: list[tuple[float, int]]
) -> None:
    content = bytearray(changed(change))
    for place, byte in changes:
        content[int(place * len(content))] = byte
    for jenis in (SK, SURAT):
        found = inspect(jenis, bytes(content))
        assert found.accepted == bool(found.content)
