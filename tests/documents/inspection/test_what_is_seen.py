"""A rebuilt PDF shows what its owner saw: values of forms, typed notes, layers; what cannot be kept is flagged."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from services.documents.inspection import Inspection, inspect
from services.kernel.documents import DocumentType, FileFlag
from tests.documents.inspection.makers import pdf, saved

SK = DocumentType.SK
RECT = Array([60, 600, 260, 640])


def taken(change: Callable[[Pdf], object]) -> Inspection:
    with Pdf.open(io.BytesIO(pdf())) as paper:
        change(paper)
        found = inspect(SK, saved(paper))
    assert found.accepted
    return found


def seen(found: Inspection) -> bytes:
    with Pdf.open(io.BytesIO(found.content)) as paper:
        return b"\n".join(thing.read_bytes() for thing in paper.objects if isinstance(thing, pikepdf.Stream))


def note(paper: Pdf, subtype: Name, **more: Any) -> Object:
    made = paper.make_indirect(Dictionary(Type=Name.Annot, Subtype=subtype, Rect=RECT, F=4, **more))
    paper.pages[0].obj.Annots = Array([*paper.pages[0].obj.get("/Annots", []), made])
    return made


def field(paper: Pdf, *, needed: bool = True, **more: Any) -> Object:
    made = note(paper, Name.Widget, T=String("isian"), DA=String("/F1 12 Tf 0 g"), **{"FT": Name.Tx, **more})
    fonts = Dictionary(Font=paper.pages[0].obj.Resources.Font)
    paper.Root.AcroForm = Dictionary(Fields=Array([made]), DR=fonts, DA=String("/F1 12 Tf 0 g"))
    if needed:
        paper.Root.AcroForm.NeedAppearances = True
    return made


def look(paper: Pdf, words: bytes) -> Object:
    return paper.make_stream(
        b"BT /F1 12 Tf 2 2 Td (" + words + b") Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 40]),
        Resources=paper.pages[0].obj.Resources,
    )


@pytest.mark.parametrize("needed", [True, False])
def test_a_value_without_an_appearance_is_drawn(needed: bool) -> None:
    found = taken(lambda paper: field(paper, needed=needed, V=String("BUDI CONTOH")))
    assert b"BUDI CONTOH" in seen(found)
    assert found.flags == ()


def test_a_value_newer_than_its_appearance_is_drawn_anew() -> None:
    found = taken(lambda paper: field(paper, V=String("BARU"), AP=Dictionary(N=look(paper, b"LAMA"))))
    assert b"BARU" in seen(found)


def test_an_appearance_that_nothing_doubts_is_kept() -> None:
    found = taken(lambda paper: field(paper, needed=False, V=String("x"), AP=Dictionary(N=look(paper, b"SEPERTI INI"))))
    assert b"SEPERTI INI" in seen(found)


def test_a_value_of_several_lines_keeps_all_of_them() -> None:
    found = taken(lambda paper: field(paper, Ff=1 << 12, V=String("Jalan Satu\nKota (Dua)")))
    assert b"(Jalan Satu) '" in seen(found)
    assert rb"(Kota \(Dua\)) '" in seen(found)


def test_a_password_is_not_drawn() -> None:
    found = taken(lambda paper: field(paper, Ff=1 << 13, V=String("rahasia")))
    assert b"rahasia" not in seen(found)
    assert b"*******" in seen(found)


def test_a_typed_note_is_drawn_in_its_size_and_colour() -> None:
    def write(paper: Pdf) -> None:
        note(paper, Name.FreeText, Contents=String("Sudah dilegalisir"), DA=String("/Helv 9 Tf 1 0 0 rg"))

    found = taken(write)
    assert b"1 0 0 rg /F1 9.00 Tf" in seen(found)
    assert b"(Sudah dilegalisir) '" in seen(found)
    assert found.flags == ()


def test_a_long_note_is_wrapped() -> None:
    found = taken(lambda paper: note(paper, Name.FreeText, Contents=String("kata " * 30), DA=String("/Helv 12 Tf")))
    assert seen(found).count(b" '") > 3


@pytest.mark.parametrize(
    "more",
    [
        {"Subtype": Name.Ink, "InkList": Array([Array([60, 600, 90, 610])])},
        {"Subtype": Name.Highlight, "QuadPoints": Array([60, 610, 90, 610, 60, 600, 90, 600])},
        {"Subtype": Name.Text, "Contents": String("catatan yang harus dibuka")},
        {"Subtype": Name.FreeText, "Contents": String("\u4e2d"), "DA": String("/Helv 12 Tf")},
    ],
)
def test_what_cannot_be_kept_is_flagged(more: dict[str, Any]) -> None:
    def mark(paper: Pdf) -> None:
        note(paper, **{"subtype": more["Subtype"], **{k: v for k, v in more.items() if k != "Subtype"}})

    assert taken(mark).flags == (FileFlag.NOT_ALL_KEPT,)


@pytest.mark.parametrize("subtype", [Name.Link, Name.Popup])
def test_what_shows_nothing_is_no_loss(subtype: Name) -> None:
    assert taken(lambda paper: note(paper, subtype)).flags == ()


@pytest.mark.parametrize("flags", [2, 32])
def test_what_was_hidden_stays_hidden(flags: int) -> None:
    def hide(paper: Pdf) -> None:
        made = note(paper, Name.Stamp, AP=Dictionary(N=look(paper, b"TERSEMBUNYI")))
        made.F = flags

    found = taken(hide)
    assert b"TERSEMBUNYI" not in seen(found)
    assert found.flags == ()


def layered(paper: Pdf, **shown: Any) -> Object:
    layer = paper.make_indirect(Dictionary(Type=Name.OCG, Name=String("konsep")))
    paper.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(**shown))
    return layer


@pytest.mark.parametrize("base", [Name.ON, Name.OFF])
def test_a_layer_that_was_off_stays_off(base: Name) -> None:
    def switch_off(paper: Pdf) -> None:
        layer = layered(paper, BaseState=base)
        if base == Name.ON:
            paper.Root.OCProperties.D.OFF = Array([layer])
        paper.pages[0].obj.Resources.Properties = Dictionary(L=layer)

    with Pdf.open(io.BytesIO(taken(switch_off).content)) as copy:
        layers = copy.Root.OCProperties
        assert layers.D.BaseState == base
        assert [each.objgen for each in layers.OCGs] == [copy.pages[0].obj.Resources.Properties.L.objgen]
        assert [each.objgen for each in layers.D.get("/OFF", [])] == (
            [layers.OCGs[0].objgen] if base == Name.ON else []
        )


def test_a_note_on_a_layer_that_was_off_is_not_drawn() -> None:
    def write(paper: Pdf) -> None:
        layer = layered(paper)
        paper.Root.OCProperties.D.OFF = Array([layer])
        note(paper, Name.FreeText, Contents=String("KONSEP"), DA=String("/Helv 12 Tf"), OC=layer)

    assert b"KONSEP" not in seen(taken(write))
