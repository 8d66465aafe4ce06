"""The scripts' rooms: each takes from those before it, never from one that stands on it."""

import re

from infra.services import ROOT

ROOMS = ("core", "time", "form", "upload", "session", "lists", "records", "institutions", "pages")
_SOURCE = ROOT / "web" / "src"
_IMPORT = re.compile(r'(?:from\s+|import\s*\(?\s*|new URL\()"(\.{1,2}/[^"]+\.js)"')


def test_every_script_stands_in_a_room() -> None:
    assert {file.relative_to(_SOURCE).parts[0] for file in _SOURCE.rglob("*.*")} == set(ROOMS)


def test_no_room_takes_from_one_that_stands_on_it() -> None:
    upward = []
    for file in _SOURCE.rglob("*.js"):
        here = file.relative_to(_SOURCE)
        for target in _IMPORT.findall(file.read_text("utf-8")):
            there = (file.parent / target).resolve().relative_to(_SOURCE)
            if ROOMS.index(there.parts[0]) > ROOMS.index(here.parts[0]):
                upward.append((str(here), str(there)))
    assert upward == []
