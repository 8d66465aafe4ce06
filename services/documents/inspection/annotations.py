"""What is seen of a PDF's annotations: made visible where they leave it to the reader, and told where that cannot be.

Forms, typed notes and stamps are annotations; a copy that keeps pages alone must draw them first (ISO 32000-2, 12.5).
"""

import re
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from services.documents.inspection.layers import each_of, number_of, switched_off

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


def show_annotations(source: Pdf) -> bool:
    """Draw what has no appearance and take off what was not shown; returns whether something cannot be kept."""
    lost = _show_values(source)
    off = switched_off(source)
    for page in source.pages:
        kept = [each for each in _of_page(page.obj) if number_of(each.get("/OC")) not in off and not _is_hidden(each)]
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
    if kind == "/FreeText" and "/AP" not in annotation:
        return not _write(source, annotation, str(annotation.get("/Contents", "")), str(annotation.get("/DA", "")))
    if kind in _COMMENTED and str(annotation.get("/Contents", "")).strip():
        return True
    if kind == "/Widget":
        return bool(_value(annotation)) and "/AP" not in annotation
    return kind not in _SILENT and "/AP" not in annotation


def _is_hidden(annotation: Object) -> bool:
    return bool(int(annotation.get("/F", 0)) & _HIDDEN)


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


def _of_page(page: Object) -> list[Object]:
    return [each for each in each_of(page.get("/Annots")) if isinstance(each, Dictionary)]


def _kind(annotation: Object) -> str:
    kind = annotation.get("/Subtype")
    return kind.unparse().decode("ascii", "replace") if isinstance(kind, Name) else ""
