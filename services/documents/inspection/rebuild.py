"""A PDF made anew from its pages alone: what its owner saw on them stays, and nothing that acts or lies elsewhere.

Forms, notes and stamps are annotations, so they become part of the page first. A form's value or a typed note without
an appearance of its own gets one; a layer that was switched off stays off; what cannot be kept is told.
"""

import io
import re
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from services.documents.inspection.active import Activity, activity
from services.documents.inspection.model import RefusedError
from services.kernel.documents import FileFault

_PAGE_KEYS = frozenset({"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"})
"""What a page needs to be seen."""
_FOREIGN = frozenset(
    {
        "/A",
        "/AA",
        "/AF",
        "/Alternates",
        "/Dests",
        "/EF",
        "/JS",
        "/Metadata",
        "/Names",
        "/Next",
        "/OPI",
        "/OpenAction",
        "/PieceInfo",
        "/Ref",
        "/Requirements",
        "/RichMediaContent",
        "/RichMediaSettings",
        "/URI",
        "/XFA",
    }
)
"""Entries that run, fetch or carry something, or tell about the file; none of them shows on a page."""
_ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
"""Entries of a stream whose bytes lie in another file or on another machine."""
_CHOSEN_NAMES = frozenset(
    {
        "/XObject",
        "/Font",
        "/ExtGState",
        "/ColorSpace",
        "/Pattern",
        "/Shading",
        "/Properties",
        "/CharProcs",
        "/Colorants",
    }
)
"""Dictionaries whose keys a program chose: a font or a letter may be called A."""

_HIDDEN = 0b10_0010
"""The flags of an annotation that is not shown: Hidden, NoView (ISO 32000-2, table 167)."""
_MULTILINE = 1 << 12
_PASSWORD = 1 << 13
_SILENT = frozenset({"/Link", "/Popup", "/Widget"})
"""Annotations that show nothing themselves, or are looked at as fields of a form."""
_COMMENTED = frozenset({"/Text", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret", "/FileAttachment"})
"""Annotations whose words open only when pressed."""
_FONT_SIZE = re.compile(r"([\d.]+)\s+Tf")
_COLOUR = re.compile(r"(?:[\d.]+\s+){1,4}(?:g|rg|k)\b")
_LETTER = 0.5
"""How wide a letter of Helvetica is on average, in its size."""


def rebuild(source: Pdf) -> tuple[bytes, bool]:
    """The PDF anew, and whether everything that its owner saw could be kept.

    Raises:
        RefusedError: ACTIVE_CONTENT, when something dangerous is still there, where no entry can be asked for.
    """
    lost = _show_annotations(source)
    source.flatten_annotations("all")
    with Pdf.new() as clean:
        for page in source.pages:
            for key in set(page.obj.keys()) - _PAGE_KEYS:
                del page.obj[key]
            clean.pages.append(page)
        _keep_layers(source, clean)
        lost |= _strip(clean)
        if activity(clean) is Activity.DANGEROUS:
            raise RefusedError(FileFault.ACTIVE_CONTENT)
        target = io.BytesIO()
        clean.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return target.getvalue(), not lost


# ---- what is seen of annotations


def _show_annotations(source: Pdf) -> bool:
    """Give appearances to what has none; returns whether something cannot be shown."""
    lost = _show_values(source)
    off = _switched_off(source)
    for page in source.pages:
        kept = [each for each in _of_page(page.obj) if _objgen(each.get("/OC")) not in off]
        if "/Annots" in page.obj:
            page.obj.Annots = Array(kept)
        for annotation in kept:
            lost |= _is_lost(source, annotation)
    return lost


def _show_values(source: Pdf) -> bool:
    """Draw the values of a form that leaves it to the reader; returns whether a letter of them cannot be drawn."""
    fields = [each for page in source.pages for each in _of_page(page.obj) if _kind(each) == "/Widget"]
    form = source.Root.get("/AcroForm")
    if not isinstance(form, Dictionary) or not fields:
        return False
    if not form.get("/NeedAppearances") and all("/AP" in each or not _value(each) for each in fields):
        return False
    form.NeedAppearances = True
    source.generate_appearance_streams()
    complete = True
    for each in fields:
        flags, value = _flags(each), _value(each)
        if value and flags & _PASSWORD:
            value = "*" * len(value)
        elif not flags & _MULTILINE:
            continue
        complete &= _write(source, each, value, str(_inherited(each, "/DA") or ""))
    return not complete


def _is_lost(source: Pdf, annotation: Object) -> bool:
    kind = _kind(annotation)
    if int(annotation.get("/F", 0)) & _HIDDEN:
        return False
    if kind == "/FreeText" and "/AP" not in annotation:
        return not _write(source, annotation, str(annotation.get("/Contents", "")), str(annotation.get("/DA", "")))
    if kind in _COMMENTED and str(annotation.get("/Contents", "")).strip():
        return True
    if kind == "/Widget":
        return bool(_value(annotation)) and "/AP" not in annotation
    return kind not in _SILENT and "/AP" not in annotation


def _value(widget: Object) -> str:
    """What a field holds, as text; empty for a box without a tick."""
    value = _inherited(widget, "/V")
    if isinstance(value, Name):
        return "" if value == Name.Off else "on"
    return str(value).strip() if isinstance(value, (String, str)) else ""


def _flags(widget: Object) -> int:
    flags = _inherited(widget, "/Ff")
    return flags if isinstance(flags, int) else 0


def _inherited(widget: Object, key: str) -> object:
    """An entry of a field, its own or that of the fields it belongs to."""
    field: object = widget
    for _ in range(20):
        if not isinstance(field, Dictionary):
            return None
        if key in field:
            return field[key]
        field = field.get("/Parent")
    return None


def _write(source: Pdf, note: Object, words: str, style: str) -> bool:
    """Draw words into an annotation as a reader would that has no appearance; returns whether all letters could be."""
    left, low, right, high = (float(side) for side in note.Rect)
    width, height = abs(right - left), abs(high - low)
    size = float(found[1]) if (found := _FONT_SIZE.search(style)) and float(found[1]) else 12.0
    colour = found[0] if (found := _COLOUR.search(style)) else "0 g"
    drawn = words.encode("cp1252", "replace")
    lines = [_literal(line) for line in _wrapped(drawn.decode("cp1252"), max(1, int(width / (size * _LETTER))))]
    text = b" ' ".join(lines) + (b" '" if lines else b"")
    note.AP = Dictionary(
        N=source.make_stream(
            _background(note, width, height)
            + f"q 0 0 {width:.2f} {height:.2f} re W n BT {colour} /F1 {size:.2f} Tf {size * 1.2:.2f} TL "
            f"2 {height - 2:.2f} Td ".encode()
            + text
            + b" ET Q",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, width, height]),
            Resources=Dictionary(Font=Dictionary(F1=_helvetica())),
        )
    )
    return drawn.decode("cp1252") == words


def _background(note: Object, width: float, height: float) -> bytes:
    colour = note.get("/C")
    if not isinstance(colour, Array) or len(colour) != len("rgb"):
        return b""
    red, green, blue = (float(part) for part in colour)
    return f"{red:.3f} {green:.3f} {blue:.3f} rg 0 0 {width:.2f} {height:.2f} re f ".encode()


def _helvetica() -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def _wrapped(words: str, letters: int) -> Iterator[str]:
    for paragraph in words.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and len(line) + 1 + len(word) > letters:
                yield line
                line = word
            else:
                line = f"{line} {word}" if line else word
        yield line


def _literal(line: str) -> bytes:
    return b"(" + re.sub(rb"([\\()])", rb"\\\1", line.encode("cp1252")) + b")"


# ---- layers


def _switched_off(source: Pdf) -> set[tuple[int, int]]:
    """The layers that are not shown when the document is opened."""
    layers = source.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary) or not isinstance(shown := layers.get("/D"), Dictionary):
        return set()
    off = {_objgen(each) for each in _each(shown.get("/OFF"))}
    if shown.get("/BaseState") == Name.OFF:
        off |= {_objgen(each) for each in _each(layers.get("/OCGs"))} - {
            _objgen(each) for each in _each(shown.get("/ON"))
        }
    return off - {(0, 0)}


def _keep_layers(source: Pdf, clean: Pdf) -> None:
    """Say of each layer whether it is shown; without that all are."""
    layers = source.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary) or not isinstance(layers.get("/D"), Dictionary) or "/OCGs" not in layers:
        return
    shown = {key: layers.D[key] for key in ("/BaseState", "/ON", "/OFF", "/AS") if key in layers.D}
    clean.Root.OCProperties = clean.copy_foreign(
        source.make_indirect(Dictionary({"/OCGs": layers.OCGs, "/D": Dictionary(shown)}))
    )


# ---- what does not belong to a page


def _strip(clean: Pdf) -> bool:
    """Take out of all copied objects what acts or lies elsewhere; returns whether something seen may have gone."""
    lost = False
    seen: set[tuple[int, int, bool]] = set()
    waiting: list[tuple[object, bool]] = [(clean.Root, False)]
    while waiting:
        thing, chosen = waiting.pop()
        mark = (*_objgen(thing), chosen)
        if mark in seen:
            continue
        if any(_objgen(thing)):
            seen.add(mark)
        if isinstance(thing, (Dictionary, Stream)):
            lost |= _strip_one(thing, [] if chosen else [key for key in _FOREIGN if key in thing])
            waiting += [(thing[key], key in _CHOSEN_NAMES and not chosen) for key in _askable(thing)]
        elif isinstance(thing, Array):
            waiting += [(each, False) for each in thing]
    return lost


def _strip_one(thing: Object, foreign: Iterable[str]) -> bool:
    for key in foreign:
        del thing[key]
    if not isinstance(thing, Stream):
        return False
    if Name.PS in (thing.get("/Subtype"), thing.get("/Subtype2")):  # a program for the printer
        thing.write(b"")
    elsewhere = [key for key in _ELSEWHERE if key in thing]
    for key in elsewhere:
        del thing[key]
    return bool(elsewhere)


def _askable(thing: Object) -> list[str]:
    """The keys that are text."""
    return [key for key in set(thing.keys()) if key.isprintable() or key.isascii()]


# ---- small helpers over objects


def _of_page(page: Object) -> list[Object]:
    return [each for each in _each(page.get("/Annots")) if isinstance(each, Dictionary)]


def _each(array: object) -> list[Object]:
    return list(array) if isinstance(array, Array) else []


def _kind(annotation: Object) -> str:
    kind = annotation.get("/Subtype")
    return kind.unparse().decode("ascii", "replace") if isinstance(kind, Name) else ""


def _objgen(thing: object) -> tuple[int, int]:
    return thing.objgen if isinstance(thing, Object) else (0, 0)
