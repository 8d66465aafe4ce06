"""Working through the queue: what it counts, the next record, single letters, and when they do nothing."""

import base64
import json
import random
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import ME, Apis
from tests.web.test_judge import DECIDING, KTP_MISSING, advised
from tests.web.test_staff_person import PERSON
from tools.sample.verdicts import CRITERIA

OFFICE = "registration/institutions/9901"
FILE = {
    "riwayat": None, "state": "DITERIMA", "code": None, "message": None, "marked_at": None, "openable": True,
    "promised_at": None,
}  # fmt: skip
COUNTS = {"total": 2, "by_advice": {"LOLOS": 1, "PERLU_DITINJAU": 1, "TIDAK": 0}}
QUEUE = {
    "waiting": 6, "voided": COUNTS, "submitted": COUNTS, "returned": COUNTS, "unsubmitted": COUNTS, "unanswered": 3,
    "since": "2022-09-01", "second": 0, "open": True,
}  # fmt: skip
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
UNTIL = "2022-09-20T10:20:00+07:00"


def turn(person: str | None, *, busy: bool = False) -> tuple[int, dict[str, Any]]:
    return 200, {"id": person, "until": UNTIL if person else None, "left": 6, "busy": busy}


@pytest.fixture
def verifier(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "verifikator", "name": "Petugas"})
    apis.answers[f"GET {OFFICE}/queue"] = (200, QUEUE)
    apis.answers[f"POST {OFFICE}/queue/turns"] = turn("p2")
    for at, name in enumerate(("Rina Contoh", "Budi Contoh", "Citra Contoh"), 1):
        person = {**PERSON, **advised(), "deciding": DECIDING, "id": f"p{at}", "nama": name}
        apis.answers[f"GET {OFFICE}/people/p{at}"] = (200, person)
        apis.answers[f"POST {OFFICE}/people/p{at}/verdicts"] = (200, {"v": 4, "state": "MEMENUHI_SYARAT"})
    return page


def at_work(page: Page, person: str = "p1", more: str = "") -> None:
    """On the page of a record out of the queue."""
    page.goto(f"/instansi/orang/putusan/?antrean=1&id={person}{more}")
    expect(page.locator("#person")).to_be_visible()


def test_the_queue_counts_by_its_filter_and_hands_out_the_next_record(verifier: Page, apis: Apis) -> None:
    verifier.goto("/instansi/antrean/?advice=LOLOS&shuffled=true")
    expect(verifier.locator("#counts h2")).to_have_text("Yang menunggu Anda: 6")
    expect(verifier.locator("#parts tbody tr").first).to_have_text("Putusannya batal 2 1 1 0")
    verifier.get_by_role("button", name="Ambil data berikutnya").click()
    verifier.wait_for_url("**/instansi/orang/putusan/?advice=LOLOS&shuffled=true&antrean=1&id=p2")
    assert apis.sent(f"POST {OFFICE}/queue/turns") == [{"advice": "LOLOS", "shuffled": True}]
    expect(verifier.locator("#held")).to_contain_text("sampai 20 September 2022 pukul 10.20 WIB")


@pytest.mark.parametrize(("busy", "told"), [(True, "sedang diperiksa petugas lain"), (False, "Tidak ada data")])
def test_where_there_is_none_the_queue_says_why(verifier: Page, apis: Apis, *, busy: bool, told: str) -> None:
    apis.answers[f"POST {OFFICE}/queue/turns"] = turn(None, busy=busy)
    verifier.goto("/instansi/antrean/")
    verifier.get_by_role("button", name="Ambil data berikutnya").click()
    expect(verifier.get_by_text(told)).to_be_focused()
    at_work(verifier)
    verifier.keyboard.press("n")
    verifier.wait_for_url("**/instansi/antrean/?habis=*")
    expect(verifier.get_by_text(told)).to_be_visible()


def test_outside_the_window_nothing_is_handed_out(verifier: Page, apis: Apis) -> None:
    apis.answers[f"GET {OFFICE}/queue"] = (200, {**QUEUE, "open": False})
    verifier.goto("/instansi/antrean/")
    expect(verifier.locator("#shut")).to_be_visible()
    expect(verifier.get_by_role("button", name="Ambil data berikutnya")).to_be_disabled()
    expect(verifier.locator("#together")).to_be_hidden()


def test_a_plain_record_takes_one_key_and_leads_to_the_next(verifier: Page, apis: Apis) -> None:
    at_work(verifier, more="&state=DIAJUKAN")
    verifier.keyboard.press("s")
    verifier.wait_for_url("**/putusan/?state=DIAJUKAN&antrean=1&id=p2")
    expect(verifier.locator("#before")).to_contain_text("Tersimpan: Rina Contoh Memenuhi syarat")
    expect(verifier.locator("#before a")).to_have_attribute(
        "href", "/instansi/orang/putusan/?state=DIAJUKAN&antrean=1&id=p1"
    )
    assert apis.sent(f"POST {OFFICE}/queue/turns") == [{"state": "DIAJUKAN", "shuffled": False}]


def test_every_paper_is_shown_and_thereby_opened(verifier: Page, apis: Apis) -> None:
    """Then no reason is asked for; one that cannot be drawn says so, and is opened by its letter."""
    kinds = {"p1.KTP.1": "KTP", "p1.FOTO.1": "FOTO"}
    files = [{**FILE, "id": file, "jenis": jenis} for file, jenis in kinds.items()]
    resting = [{"file": file, "criteria": ["USIA"]} for file in kinds]
    person = {**PERSON, **advised(), "files": files, "deciding": {**DECIDING, "resting": resting}}
    apis.answers[f"GET {OFFICE}/people/p1"] = (200, person)
    for file, (at, pages) in zip(files, enumerate((1, 0)), strict=True):
        paper = {"file": {**file, "hints": []}, "pages": pages, "versions": [], "opening": f"signed{at}"}
        apis.answers[f"GET documents/files/{file['id']}/pages"] = (200, paper)
    verifier.route("**/pages/1", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
    at_work(verifier)
    shown = verifier.locator("#spread li")
    expect(shown.nth(0).get_by_alt_text("KTP, halaman 1 dari 1")).to_be_visible()
    expect(shown.nth(1)).to_contain_text("tidak dapat ditampilkan")
    verifier.keyboard.press("s")
    expect(verifier.locator("#errors")).to_contain_text("belum Anda buka")
    verifier.keyboard.press("b")
    expect(verifier.locator(".viewer")).to_be_visible()
    verifier.locator("[data-file]").evaluate("link => link.removeAttribute('href')")
    verifier.locator("[data-file]").click()
    verifier.keyboard.press("s")
    verifier.wait_for_url("**&id=p2")
    (sent,) = apis.sent(f"POST {OFFICE}/people/p1/verdicts")
    assert sorted(sent["opened"]) == ["signed0", "signed1"]


def test_letters_choose_and_say_what_they_chose(verifier: Page, apis: Apis) -> None:
    person = {**PERSON, **advised(USIA="PERLU_DITINJAU"), "deciding": DECIDING}
    apis.answers[f"GET {OFFICE}/people/p1"] = (200, person)
    at_work(verifier)
    for key in ("l", "l", "l", "l"):
        verifier.keyboard.press(key)
    expect(verifier.locator("#said")).to_have_text("Masa kerja: Sesuai.")
    verifier.keyboard.press("6")
    verifier.keyboard.press("l")
    verifier.keyboard.press("5")
    expect(verifier.locator("#USIA-LOLOS")).to_be_focused()
    verifier.keyboard.press("l")
    expect(verifier.locator("#said")).to_have_text("Usia: Sesuai. Pilih alasannya.")
    expect(verifier.locator("#USIA-reason")).to_be_focused()
    verifier.locator("#USIA-reason").select_option("ASLI_DIPERIKSA")
    verifier.keyboard.press("s")  # in a field it is a letter
    assert apis.bodies(f"POST {OFFICE}/people/p1/verdicts") == []
    verifier.locator("#USIA-reason").select_option("ASLI_DIPERIKSA")
    verifier.keyboard.press("Control+Enter")
    verifier.wait_for_url("**&id=p2")
    (sent,) = apis.sent(f"POST {OFFICE}/people/p1/verdicts")
    assert [each["verdict"] for each in sent["criteria"]] == ["LOLOS"] * len(CRITERIA)
    assert sent["criteria"][4]["reason_code"] == "ASLI_DIPERIKSA"


def test_letters_do_nothing_while_somebody_types_or_when_they_are_turned_off(verifier: Page, apis: Apis) -> None:
    apis.answers[f"GET {OFFICE}/people/p1"] = (200, {**PERSON, **advised(), "deciding": {**DECIDING, **KTP_MISSING}})
    at_work(verifier)
    verifier.keyboard.press("1")
    verifier.keyboard.press("t")
    text = verifier.locator("#AKTIF-text")
    text.focus()
    verifier.keyboard.type("lts?n1")
    expect(text).to_have_value("lts?n1")
    verifier.keyboard.press("Control+a")
    expect(verifier.locator("#form input:checked")).to_have_count(1)
    verifier.locator("h1").focus()
    verifier.keyboard.press("?")
    expect(verifier.locator("#keys")).to_be_visible()
    verifier.keyboard.press("l")
    verifier.get_by_label("Pintasan satu huruf aktif").uncheck()
    verifier.keyboard.press("Escape")
    verifier.keyboard.press("2")
    verifier.keyboard.press("l")
    expect(verifier.locator("#form input:checked")).to_have_count(1)
    verifier.reload()
    expect(verifier.locator("#person")).to_be_visible()
    verifier.keyboard.press("l")
    expect(verifier.locator("#said")).to_have_text("")


def test_a_record_is_given_back_or_left_for_the_next(verifier: Page, apis: Apis) -> None:
    apis.answers[f"DELETE {OFFICE}/queue/turns/p1"] = (204, None)
    at_work(verifier)
    verifier.get_by_role("button", name="Kembalikan ke antrean").click()
    verifier.wait_for_url("**/instansi/antrean/?")
    at_work(verifier)
    verifier.get_by_role("button", name="Berikutnya tanpa memutuskan").click()
    verifier.wait_for_url("**&id=p2")
    assert apis.bodies(f"POST {OFFICE}/people/p1/verdicts") == []


def test_somebody_else_decided_meanwhile_is_told_and_loses_nothing(verifier: Page, apis: Apis) -> None:
    moved = {"type": "version-moved", "title": "Data sudah berubah", "status": 409, "detail": "Muat ulang."}
    apis.answers[f"POST {OFFICE}/people/p1/verdicts"] = (409, moved)
    at_work(verifier)
    verifier.keyboard.press("s")
    expect(verifier.locator("#errors")).to_contain_text("Data sudah berubah")
    expect(verifier.locator("#form input:checked")).to_have_count(len(CRITERIA))


def test_outside_the_queue_nothing_of_it_is_offered(verifier: Page) -> None:
    verifier.goto("/instansi/orang/putusan/?id=p1")
    expect(verifier.locator("#person")).to_be_visible()
    for hidden in ("#to-queue", "#skip", "#give-back", "#held", "#before"):
        expect(verifier.locator(hidden)).to_be_hidden()
    verifier.keyboard.press("n")
    verifier.keyboard.press("s")
    expect(verifier.locator("#saved")).to_be_visible()


def candidate(person: str, nama: str, why: str | None = None, state: str = "DIAJUKAN") -> dict[str, Any]:
    """A record as the preview shows it."""
    unit = "Sekolah Dasar Negeri Contoh Satu"
    about = {"v": 3, "nama": nama, "unit_kerja": unit, "registration_number": f"ABCDE1234{person[-1]}", "state": state}
    return {"person": person, **about, "why": why}


@pytest.mark.parametrize("width", [360, 1280])
def test_what_was_looked_at_is_approved_together(verifier: Page, apis: Apis, width: int) -> None:
    """Shown with what is left out and why, asked about, and told of each that was left after all."""
    flagged, moved = "Ada tanda pada data ini. Periksa dan putuskan sendiri-sendiri.", "Data ini diubah di tempat lain."
    shown = [
        candidate("p1", "Rina Contoh"),
        candidate("p2", "Budi Contoh"),
        candidate("p3", "Citra Contoh", flagged),
        candidate("p4", "Dewi Contoh", "Data ini sudah diputuskan.", "MEMENUHI_SYARAT"),
    ]
    apis.answers[f"POST {OFFICE}/approvals/preview"] = (200, {"items": shown})
    done = [{"person": "p1", "v": 4, "state": "MEMENUHI_SYARAT", "why": None}]
    left = [{"person": "p2", "v": None, "state": None, "why": moved}]
    apis.answers[f"POST {OFFICE}/approvals"] = (200, {"items": [*done, *left]})
    verifier.set_viewport_size({"width": width, "height": 900})
    verifier.goto("/instansi/antrean/")
    verifier.get_by_role("button", name="Lihat yang dapat disetujui").click()
    expect(verifier.locator("#together-none")).to_be_focused()
    assert apis.bodies(f"POST {OFFICE}/approvals/preview") == []
    verifier.evaluate(
        "for (const n of [1, 2, 3, 4]) sessionStorage[`openings:p${n}`] = JSON.stringify({f: `word${n}`})"
    )
    verifier.get_by_role("button", name="Lihat yang dapat disetujui").click()
    expect(verifier.locator("#together-found h3")).to_have_text("Dapat disetujui: 2")
    expect(verifier.locator("#ready tbody tr").first).to_have_text(
        "Rina Contoh ABCDE12341 Sekolah Dasar Negeri Contoh Satu"
    )
    verifier.locator("#together-others summary").click()
    expect(verifier.locator("#together-others li")).to_have_text([f"Citra Contoh: {flagged}"])
    assert verifier.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(verifier) == []
    verifier.get_by_role("button", name="Setujui semua yang dapat disetujui").click()
    expect(verifier.locator("#ask-together")).to_contain_text("Dapat disetujui: 2")
    verifier.locator("#ask-together [value=no]").click()
    assert apis.bodies(f"POST {OFFICE}/approvals") == []
    verifier.wait_for_timeout(600)  # as long as the page is deaf
    verifier.get_by_role("button", name="Setujui semua yang dapat disetujui").click()
    verifier.wait_for_timeout(600)
    verifier.locator("#ask-together [value=yes]").click()
    expect(verifier.locator("#together-told")).to_be_focused()
    expect(verifier.locator("#together-told")).to_contain_text("Disetujui: 1")
    expect(verifier.locator("#together-told li")).to_have_text([f"Budi Contoh: {moved}"])
    expect(verifier.locator("#together-told a")).to_have_attribute("href", "/instansi/orang/putusan/?id=p2")
    expect(verifier.locator("#together-found")).to_be_hidden()
    assert find_violations(verifier) == []
    (sent,) = apis.sent(f"POST {OFFICE}/approvals")
    assert sent == {"items": [{"person": f"p{n}", "v": 3, "opened": [f"word{n}"]} for n in (1, 2)]}


def test_of_many_that_were_opened_fifty_are_approved_at_once(verifier: Page, apis: Apis) -> None:
    """Those that may not be do not stand in the way of the others."""

    def look(request: Any) -> tuple[int, dict[str, Any]]:
        asked = [each["person"] for each in json.loads(request.post_data)["items"]]
        assert len(asked) <= 50
        return 200, {"items": [candidate(one, one, "Ada tanda." if int(one[1:]) < 30 else None) for one in asked]}

    apis.answers[f"POST {OFFICE}/approvals/preview"] = look
    verifier.goto("/instansi/antrean/")
    expect(verifier.locator("#counts")).to_be_visible()
    verifier.evaluate("for (let n = 0; n < 130; n++) sessionStorage[`openings:p${n}`] = '{}'")
    verifier.get_by_role("button", name="Lihat yang dapat disetujui").click()
    expect(verifier.locator("#together-found h3")).to_have_text("Dapat disetujui: 50")
    expect(verifier.locator("#ready tbody tr")).to_have_count(50)


MIXED = ("plain",) * 30 + ("doubt",) * 8 + ("unmet",) * 6 + ("lacking",) * 6
"""Of fifty records: nothing to say against; one criterion in doubt; one the rules find unmet; a paper is lacking."""
PLAIN_ACTIONS = 3


def mixed(at: int, kind: str) -> dict[str, Any]:
    """A record of this kind, with three papers."""
    files = [{**FILE, "id": f"q{at}.{jenis}.1", "jenis": jenis} for jenis in ("KTP", "FOTO", "SK")]
    resting = [{"file": file["id"], "criteria": ["USIA"]} for file in files]
    advice = {"doubt": {"MASA_KERJA": "PERLU_DITINJAU"}, "unmet": {"PEMBAYARAN": "TIDAK"}}.get(kind, {})
    missing = KTP_MISSING["papers_missing"] if kind == "lacking" else []
    deciding = {**DECIDING, "resting": resting, "papers_missing": missing}
    person = {**PERSON, **advised(**advice), "id": f"q{at}", "nama": f"Orang Contoh {at}", "state": "DIAJUKAN"}
    return {**person, "files": files, "deciding": deciding}


KEYS = {
    "plain": ("s",),
    "doubt": (*"llll", "ArrowDown", "ArrowDown", "Escape", *"lls"),
    "unmet": (*"ltllll", "s"),
    "lacking": (*"lllll", "ArrowDown", "Escape", *"ls"),
}
"""What is pressed: verdicts, a reason from its list, out of the list to what is left, save."""


def test_fifty_mixed_records_are_decided_by_keyboard_alone(verifier: Page, apis: Apis) -> None:
    """A plain one takes three actions at most: here one, for its papers are shown beside it and its verdicts agree."""
    dice = random.Random(50)  # noqa: S311 - made up
    kinds = dice.sample(MIXED, len(MIXED))
    waiting = iter(range(1, len(kinds)))
    for at, kind in enumerate(kinds):
        person = mixed(at, kind)
        apis.answers[f"GET {OFFICE}/people/q{at}"] = (200, person)
        state = "TIDAK_MEMENUHI_SYARAT" if kind == "unmet" else "MEMENUHI_SYARAT"
        apis.answers[f"POST {OFFICE}/people/q{at}/verdicts"] = (200, {"v": 4, "state": state})
        for file in person["files"]:
            paper = {"file": {**file, "hints": []}, "pages": 1, "versions": [], "opening": f"of {file['id']}"}
            apis.answers[f"GET documents/files/{file['id']}/pages"] = (200, paper)
    apis.answers[f"POST {OFFICE}/queue/turns"] = lambda _: turn(
        None if (at := next(waiting, None)) is None else f"q{at}"
    )
    verifier.route("**/pages/1", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
    at_work(verifier, "q0")
    for at, kind in enumerate(kinds):
        verifier.wait_for_url(f"**&id=q{at}")
        expect(verifier.locator("h1")).to_have_text(f"Orang Contoh {at}")
        expect(verifier.locator("#spread img")).to_have_count(3)
        for key in KEYS[kind]:
            verifier.keyboard.press(key)
    verifier.wait_for_url("**/instansi/antrean/?habis=empty")
    assert len(KEYS["plain"]) <= PLAIN_ACTIONS
    sent = [apis.sent(f"POST {OFFICE}/people/q{at}/verdicts") for at in range(len(kinds))]
    assert all(len(bodies) == 1 for bodies in sent)
    for (body,), kind in zip(sent, kinds, strict=True):
        verdicts = {each["criterion"]: each for each in body["criteria"]}
        assert len(body["opened"]) == 3
        assert verdicts["PEMBAYARAN"]["verdict"] == ("TIDAK" if kind == "unmet" else "LOLOS")
        assert verdicts["MASA_KERJA"]["reason_code"] == ("BERKAS_MEMBUKTIKAN" if kind == "doubt" else None)
