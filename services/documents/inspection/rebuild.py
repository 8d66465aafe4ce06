"""A PDF made anew from its pages alone: what its owner saw on them stays, and nothing that acts or lies elsewhere.

Forms, notes and stamps are annotations, so they become part of the page first. A form's value or a typed note without
an appearance of its own gets one; a layer that was switched off stays off; what cannot be kept is told.
"""

import io
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from services.documents.inspection.active import Activity, activity
from services.documents.inspection.annotations import show_annotations
from services.documents.inspection.layers import keep_layers, number_of
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


def rebuild(source: Pdf) -> tuple[bytes, bool]:
    """The PDF anew, and whether everything that its owner saw could be kept.

    Raises:
        RefusedError: ACTIVE_CONTENT, when something dangerous is still there, where no entry can be asked for.
    """
    lost = show_annotations(source)
    source.flatten_annotations("all")
    with Pdf.new() as clean:
        for page in source.pages:
            for key in set(page.obj.keys()) - _PAGE_KEYS:
                del page.obj[key]
            clean.pages.append(page)
        keep_layers(source, clean)
        lost |= _strip(clean)
        if activity(clean) is Activity.DANGEROUS:
            raise RefusedError(FileFault.ACTIVE_CONTENT)
        target = io.BytesIO()
        clean.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return target.getvalue(), not lost


def _strip(clean: Pdf) -> bool:
    """Take out of all copied objects what acts or lies elsewhere; returns whether something seen may have gone."""
    lost = False
    seen: set[tuple[int, int, bool]] = set()
    waiting: list[tuple[object, bool]] = [(clean.Root, False)]
    while waiting:
        thing, chosen = waiting.pop()
        mark = (*number_of(thing), chosen)
        if mark in seen:
            continue
        if any(number_of(thing)):
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
