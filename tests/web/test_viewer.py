"""A paper beside the record: page by page, larger, turned, by keys and buttons; what is asked for, and what is kept."""

import functools
import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.support.axe import find_violations
from tests.web.browser import Answer, Apis, Headed, problem
from tests.web.test_staff_person import DECIDING, PERSON, opened, verifier

__all__ = ["verifier"]

FIRST, SECOND = "p1.SK.1", "p1.SK.2"
SK = "SK jabatan atau kontrak"
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
ROW = {
    "id": "pertama", "jabatan": "Guru Kelas", "tanggal_mulai": "2020-01-02", "tanggal_akhir": None, "own": False,
    "first": True, "instansi": None, "sumber_pembayaran": "BOS",
}  # fmt: skip


def file(identifier: str = SECOND, state: str = "DITERIMA", **changed: Any) -> dict[str, Any]:
    return {
        "id": identifier, "jenis": "SK", "riwayat": "pertama", "state": state, "code": None, "message": None,
        "ukuran": 1000, "at": "2022-10-02T09:15:00+07:00", "hints": [], **changed,
    }  # fmt: skip


def pages(identifier: str = SECOND, count: int = 3, **changed: Any) -> dict[str, Any]:
    shown = file(identifier, "DITERIMA" if identifier == SECOND else "DIGANTI")
    return {"file": shown, "pages": count, "code": None, "message": None, "versions": [shown],
            "opening": f"word-for-{identifier}", **changed}  # fmt: skip


@functools.cache
def picture(number: int = 1) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (60, 80), (40 * number, 90, 90)).save(target, "JPEG")
    return target.getvalue()


def drawn(number: int) -> Headed:
    return 200, picture(number), {"Content-Type": "image/jpeg"}


def serve(apis: Apis, answer: dict[str, Any]) -> None:
    """Documents' answers about a file and its pages."""
    identifier = answer["file"]["id"]
    apis.answers[f"GET documents/files/{identifier}/pages"] = (200, answer)
    for number in range(1, answer["pages"] + 1):
        apis.answers[f"GET documents/files/{identifier}/pages/{number}"] = drawn(number)


def look(page: Page, apis: Apis) -> Locator:
    """Open the record and its SK."""
    opened(page, apis, files=[file()], histories=[ROW])
    page.get_by_role("button", name="Buka SK").click()
    viewer = page.locator(".viewer")
    expect(viewer).to_be_visible()
    return viewer


def asked(apis: Apis, what: str) -> int:
    return [name for name, _ in apis.asked].count(f"GET documents/files/{what}")


def kept(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("() => JSON.parse(sessionStorage.getItem('openings:p1') ?? '{}')")
    return found


def size(viewer: Locator) -> tuple[int, int]:
    width, height = viewer.locator("canvas").evaluate("(canvas) => [canvas.width, canvas.height]")
    return width, height


def stretched(viewer: Locator) -> float:
    """How wide the page is shown, in widths of its place."""
    shown, place = viewer.locator("canvas").evaluate("(shown) => [shown.offsetWidth, shown.parentElement.clientWidth]")
    return round(float(shown / place), 1)


@pytest.mark.parametrize("wide", [360, 1280])
def test_a_paper_is_read_beside_the_record(verifier: Page, apis: Apis, wide: int) -> None:
    verifier.set_viewport_size({"width": wide, "height": 800})
    serve(apis, pages(file=file(hints=[{"code": "small", "message": "Berkas ini kecil."}])))
    viewer = look(verifier, apis)
    expect(viewer.get_by_role("heading")).to_have_text(f"{SK} \u00b7 Guru Kelas, 2 Januari 2020 \u2013 sekarang")
    expect(viewer).to_contain_text("Berkas ini kecil.")
    expect(viewer.get_by_role("status")).to_have_text("Halaman 1 dari 3")
    expect(viewer.get_by_role("img")).to_have_accessible_name(f"{SK}, halaman 1 dari 3")
    assert (size(viewer), stretched(viewer)) == ((60, 80), 1)
    expect(viewer).to_be_focused()
    assert kept(verifier) == {SECOND: f"word-for-{SECOND}"}
    expect(viewer.get_by_role("link", name="Buka berkasnya")).to_have_attribute(
        "href", f"/api/documents/files/{SECOND}/link"
    )
    assert find_violations(verifier) == []
    assert verifier.evaluate(FITS)
    viewer.get_by_role("button", name="Perbesar").click()
    viewer.get_by_role("button", name="Putar").click()
    assert (size(viewer), stretched(viewer)) == ((80, 60), 1.5)
    viewer.get_by_role("button", name="Halaman berikutnya").click()
    expect(viewer.get_by_role("status")).to_have_text("Halaman 2 dari 3")
    assert (size(viewer), stretched(viewer)) == ((80, 60), 1.5), "the next page stands as this one does"
    assert verifier.evaluate(FITS)
    viewer.get_by_role("button", name="Tutup").click()
    expect(viewer).to_have_count(0)
    expect(verifier.get_by_role("button", name="Buka SK")).to_be_focused()


def test_a_paper_is_read_by_keys_and_asked_for_once(verifier: Page, apis: Apis) -> None:
    serve(apis, pages())
    viewer = look(verifier, apis)
    where = viewer.get_by_role("status")
    for key, shown in [("PageUp", 1), ("PageDown", 2), ("PageDown", 3), ("PageDown", 3), ("PageUp", 2)]:
        verifier.keyboard.press(key)
        expect(where).to_have_text(f"Halaman {shown} dari 3")
    expect(viewer.get_by_role("button", name="Halaman berikutnya")).to_have_attribute("aria-disabled", "false")
    assert [asked(apis, f"{SECOND}/pages/{number}") for number in (1, 2, 3)] == [1, 1, 1]
    assert asked(apis, f"{SECOND}/pages") == 1
    for _ in range(6):
        verifier.keyboard.press("+")
    assert stretched(viewer) == 4
    for _ in range(6):
        verifier.keyboard.press("-")
    verifier.keyboard.press("r")
    assert (size(viewer), stretched(viewer)) == ((80, 60), 1)
    verifier.keyboard.press("Control+r")
    assert size(viewer) == (80, 60), "that is the browser's own"
    verifier.reload()
    expect(verifier.locator("#person")).to_be_visible()
    assert kept(verifier) == {SECOND: f"word-for-{SECOND}"}, "and what was opened is still known"
    verifier.get_by_role("button", name="Buka SK").click()
    expect(where).to_have_text("Halaman 1 dari 3")
    verifier.keyboard.press("Escape")
    expect(viewer).to_have_count(0)


def test_a_paper_that_cannot_be_drawn_is_offered_and_not_said_to_be_opened(verifier: Page, apis: Apis) -> None:
    serve(apis, pages(count=0, code="not-drawn", message="Berkas ini tidak dapat ditampilkan: buka berkasnya."))
    viewer = look(verifier, apis)
    expect(viewer).to_contain_text("Berkas ini tidak dapat ditampilkan: buka berkasnya.")
    expect(viewer.locator("canvas")).to_be_hidden()
    assert kept(verifier) == {}
    apis.answers["POST registration/sessions/refresh"] = (204, None)
    with verifier.expect_popup():
        viewer.get_by_role("link", name="Buka berkasnya").click()
    assert kept(verifier) == {SECOND: f"word-for-{SECOND}"}


def test_a_page_that_does_not_come_says_so_and_is_asked_for_again(verifier: Page, apis: Apis) -> None:
    serve(apis, pages(count=1))
    path = f"GET documents/files/{SECOND}/pages/1"
    apis.answers[path] = (503, problem("try-again", 503))
    viewer = look(verifier, apis)
    expect(viewer.locator("[data-broken]")).to_be_visible()
    assert kept(verifier) == {}
    apis.answers[path] = drawn(1)
    expect(viewer.locator("canvas")).to_be_hidden()
    viewer.get_by_role("button", name="Coba lagi").click()
    expect(viewer.locator("canvas")).to_be_visible()
    expect(viewer.locator("[data-broken]")).to_be_hidden()
    assert size(viewer) == (60, 80)


def test_a_session_that_ended_is_renewed_before_a_page(verifier: Page, apis: Apis) -> None:
    serve(apis, pages(count=1))
    answers: Iterator[Answer | Headed] = iter([(401, problem("unauthenticated", 401)), drawn(1)])
    apis.answers[f"GET documents/files/{SECOND}/pages/1"] = lambda _: next(answers)
    viewer = look(verifier, apis)
    expect(viewer.get_by_role("status")).to_have_text("Halaman 1 dari 1")
    assert size(viewer) == (60, 80)
    assert asked(apis, f"{SECOND}/pages") == 2


def test_an_old_version_is_looked_at_and_named_as_one(verifier: Page, apis: Apis) -> None:
    old = file(FIRST, "DIGANTI", at="2022-10-01T09:15:00+07:00")
    for identifier in (SECOND, FIRST):
        serve(apis, pages(identifier, versions=[file(), old]))
    viewer = look(verifier, apis)
    expect(viewer.get_by_text("Ini versi lama.")).to_be_hidden()
    versions = viewer.locator("[data-version]")
    assert versions.all_inner_texts() == ["2 Oktober 2022 pukul 09.15 WIB", "1 Oktober 2022 pukul 09.15 WIB"]
    expect(versions.first).to_be_disabled()
    versions.last.click()
    expect(viewer.get_by_text("Ini versi lama.")).to_be_visible()
    expect(viewer.get_by_role("status")).to_have_text("Halaman 1 dari 3")
    assert kept(verifier) == {SECOND: f"word-for-{SECOND}", FIRST: f"word-for-{FIRST}"}
    expect(versions.last).to_be_disabled()


@pytest.mark.parametrize(
    ("answer", "said"), [((403, problem("forbidden", 403)), "Rincian forbidden."), ((0, None), "")]
)
def test_a_paper_that_may_not_be_opened_says_why(verifier: Page, apis: Apis, answer: Answer, said: str) -> None:
    apis.answers[f"GET documents/files/{SECOND}/pages"] = answer
    opened(verifier, apis, files=[file()])
    verifier.get_by_role("button", name="Buka SK").click()
    expect(verifier.locator("#errors")).to_contain_text(said or "Tidak tersambung")
    expect(verifier.locator(".viewer")).to_have_count(0)


def test_a_paper_that_was_looked_at_asks_for_no_reason_any_more(verifier: Page, apis: Apis) -> None:
    serve(apis, pages())
    rests = [{"file": SECOND, "jenis": "SK", "criteria": ["MASA_KERJA"]}]
    deciding = {**DECIDING, "standing": [], "resting": rests, "waived_until": None, "withdrawable_until": None}
    record = {**PERSON, "files": [file()], "deciding": deciding}
    apis.answers["GET registration/institutions/9901/people/p1"] = (200, record)
    verifier.goto("/instansi/orang/putusan/?id=p1")
    verifier.locator("[name='criteria.MASA_KERJA'][value=LOLOS]").check()
    reason = verifier.locator("[data-criterion=MASA_KERJA] [data-why]")
    expect(reason).to_be_visible()
    verifier.get_by_role("button", name="Buka SK").click()
    expect(reason).to_be_hidden()
