"""What in a PDF acts, or fetches, or carries another file, when somebody opens it (ISO 32000-2, 7.11, 12.5 and 12.6).

Names are any bytes (ISO 32000-2, 7.3.5): one that is not UTF-8 cannot be asked for, so what stands directly in such an
object is read from a copy with that name spelt otherwise.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum, auto

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf, Stream, String

_DANGEROUS = frozenset({"/JavaScript", "/Launch", "/GoToR", "/GoToE"})
"""Actions no signed paper needs: they run a script or a program, or open another file."""
_SENDING = frozenset({"/URI", "/SubmitForm", "/ImportData"})
"""Actions that reach out; a link that somebody must press is none, one at opening is."""
_ACTING = frozenset(
    {"/SubmitForm", "/ImportData", "/Rendition", "/Sound", "/Movie", "/GoTo3DView", "/RichMediaExecute"}
)
_PLAYING = frozenset({"/RichMedia", "/3D", "/Movie", "/Screen", "/Sound"})

_ODD_BYTE = re.compile(rb"#([89A-Fa-f][0-9A-Fa-f])")
_REFERENCE = re.compile(rb"(?<![\w.])\d+ \d+ R\b")
_DEEPEST = 50
_MAX_CHAIN = 50


class Activity(Enum):
    """How much a PDF does by itself."""

    NONE = auto()
    SOME = auto()
    """Forms, sound, film: to be looked at with care."""
    DANGEROUS = auto()
    """Scripts, programs, other files, attachments, or something that reaches out when it is opened."""


def activity(source: Pdf) -> Activity:
    """The worst that a PDF does by itself."""
    found = [_activity(thing) for thing in dictionaries(source)]
    if Activity.DANGEROUS in found or any(_name(action, "/S") in _SENDING for action in _at_opening(source)):
        return Activity.DANGEROUS
    return Activity.SOME if Activity.SOME in found else Activity.NONE


def dictionaries(source: Pdf) -> Iterator[Object]:
    """Every dictionary and stream of a PDF, also those that stand directly in others."""
    for thing in source.objects:
        yield from _within(_readable(thing), _DEEPEST)


def _within(thing: Object, depth: int) -> Iterator[Object]:
    if depth and isinstance(thing, (Dictionary, Stream)):
        yield thing
        for key in set(thing.keys()):
            yield from _part(thing[key], depth)
    elif depth and isinstance(thing, Array):
        for value in thing:
            yield from _part(value, depth)


def _part(value: object, depth: int) -> Iterator[Object]:
    """What stands elsewhere under its own number is walked from there."""
    if isinstance(value, Object) and not value.is_indirect:
        yield from _within(value, depth - 1)


def _readable(thing: Object) -> Object:
    """The object itself, or where a name in it is not UTF-8 a copy of what can be read without that name."""
    if not isinstance(thing, (Dictionary, Stream, Array)):
        return thing
    raw = (thing.stream_dict if isinstance(thing, Stream) else thing).unparse()
    if not _ODD_BYTE.search(raw):
        return thing
    with suppress(pikepdf.PdfError, ValueError):
        return Object.parse(_REFERENCE.sub(b"null", _ODD_BYTE.sub(rb"_\1", raw)))
    return Dictionary()


def _activity(thing: Object) -> Activity:
    action = _name(thing, "/S")
    if (
        action in _DANGEROUS
        or isinstance(thing.get("/JS"), String)
        or isinstance(thing.get("/EF"), Dictionary)
        or (isinstance(thing, Stream) and "/F" in thing)
    ):
        return Activity.DANGEROUS
    if action in _ACTING or _name(thing, "/Subtype") in _PLAYING or "/AA" in thing or "/XFA" in thing:
        return Activity.SOME
    return Activity.NONE


def _at_opening(source: Pdf) -> Iterator[Object]:
    """The actions of opening the document or a page, with those that follow each."""
    waiting = [source.Root.get("/OpenAction"), *_triggered(source.Root)]
    for page in source.pages:
        waiting += _triggered(page.obj)
    for _ in range(_MAX_CHAIN * (len(source.pages) + 1)):
        if not waiting:
            return
        action = waiting.pop()
        if isinstance(action, Dictionary):
            yield action
            waiting.append(action.get("/Next"))
        elif isinstance(action, Array):  # a place in the document, or several actions
            waiting += [each for each in action if isinstance(each, Dictionary) and "/S" in each]


def _triggered(owner: Object) -> list[object]:
    triggers = owner.get("/AA")
    return [triggers[key] for key in set(triggers.keys())] if isinstance(triggers, Dictionary) else []


def _name(thing: Object, key: str) -> str:
    """A name as text; empty where there is none, or one that is no text."""
    value = thing.get(key)
    with suppress(UnicodeDecodeError):
        return str(value) if isinstance(value, pikepdf.Name) else ""
    return ""
