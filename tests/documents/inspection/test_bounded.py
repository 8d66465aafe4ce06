import sys
import time

import pytest
from PIL import Image

from services.documents.inspection import inspect, inspect_bounded
from services.documents.inspection.bounded import MEMORY
from services.documents.inspection.wire import from_wire, to_wire
from services.kernel.bounded import WorkerError
from services.kernel.documents import MB, DocumentType, FileFault, rule_of
from tests.documents.inspection.makers import card, jpeg, many_scans, pdf, portrait

KTP, SK = DocumentType.KTP, DocumentType.SK


@pytest.mark.parametrize(
    ("jenis", "content"),
    [(KTP, jpeg(card())), (SK, pdf(2)), (KTP, b""), (KTP, pdf()), (DocumentType.FOTO, jpeg(portrait((200, 30, 30))))],
)
def test_the_bounded_process_finds_the_same(jenis: DocumentType, content: bytes) -> None:
    assert inspect_bounded(jenis, content) == inspect(jenis, content)


def test_a_file_that_takes_too_much_memory_is_damaged() -> None:
    # A progressive picture is held whole while it is decoded: 59 million pixels from 0.2 MB.
    picture = jpeg(Image.new("L", (7800, 7600)), quality=10, progressive=True)
    assert inspect_bounded(SK, picture).accepted
    assert inspect_bounded(SK, picture, memory=120 * MB).fault is FileFault.DAMAGED


@pytest.mark.parametrize(("mode", "options"), [("RGB", {"subsampling": 0}), ("CMYK", {})])
def test_the_largest_pictures_are_accepted_with_room_to_spare(mode: str, options: dict[str, int]) -> None:
    """65 million pixels, progressive, so that all coefficients are held, and too long to be decoded smaller."""
    grey = Image.new(mode, (4799, 13_544), (128,) * len(mode))
    picture = jpeg(grey, quality=10, progressive=True, **options)
    found = inspect_bounded(SK, picture, seconds=60, memory=MEMORY * 4 // 5)
    assert found.fault is None
    assert max(found.width, found.height) == rule_of(SK).max_side


def test_a_file_that_takes_too_long_is_damaged() -> None:
    picture = many_scans((8000, 8000), 64)
    began = time.monotonic()
    assert inspect_bounded(SK, picture, seconds=120).accepted
    took = time.monotonic() - began  # on this machine, as busy as it is; the process starts in a fourteenth of it
    assert inspect_bounded(SK, picture, seconds=took / 3).fault is FileFault.DAMAGED


def test_when_the_process_cannot_start_nothing_is_said_about_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["/nowhere"])
    with pytest.raises(WorkerError):
        inspect_bounded(KTP, jpeg(card()))


def test_the_process_is_ended_when_time_is_up() -> None:
    with pytest.raises(WorkerError):
        inspect_bounded(KTP, jpeg(card()), seconds=0.01)


def test_a_result_survives_the_wire() -> None:
    found = inspect(DocumentType.FOTO, jpeg(portrait((200, 30, 30))))
    assert from_wire(to_wire(found)) == found


@pytest.mark.parametrize("answer", [b"", b"{}\n", b'{"jenis": "PASPOR"}\n', b"null\n"])
def test_what_is_no_result_is_refused(answer: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_wire(answer)
