"""On every question before a deed a double tap is one tap: it answers nothing unread, and does the deed once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.browser import ME, Apis
from tests.web.conftest import Site, Tags
from tests.web.test_account import ENROLMENT
from tests.web.test_case_decision import CASE, SAVED
from tests.web.test_case_decision import PATH as HELP
from tests.web.test_finalization import LAPSED, LOCKED, ROUND, _round
from tests.web.test_own_account import PROFILE, SIGN_INS
from tests.web.test_publication import PATH as PUBLICATION
from tests.web.test_publication import WITHHELD
from tests.web.test_retries import DRAFT, HISTORIES, PEOPLE
from tests.web.test_round import PREVIEW, WINDOWS, _calendar
from tests.web.test_titles import EFFECTS, LIST, LISTS
from tests.web.test_users import OFFICE, user

LATER = "2022-11-05T17:00:00+07:00"
ASKED = {**LAPSED, "state": "DIMINTA", "reason": None, "decided_at": None}


@dataclass(frozen=True)
class Question:
    """A page, the question it asks and what asks it, what the answer Ya sends, and what has to be filled in before."""

    page: str
    dialog: str
    opener: str
    route: str
    role: str
    reads: dict[str, Any]
    before: Callable[[Page], object] = lambda _: None
    answers: dict[str, Any] = field(default_factory=dict)


def typed(page: Page, name: str, *parts: str) -> None:
    """Fill a date, or an instant, into its boxes."""
    for part, value in zip(("hari", "bulan", "tahun", "jam"), parts, strict=False):
        page.fill(f"#{name}-{part}", value)


def letter(page: Page) -> None:
    """Name a letter and send its file."""
    page.fill("#letter_number", "B/1/2022")
    typed(page, "letter_date", "20", "9", "2022")
    control = page.locator("[data-upload=SURAT]")
    control.locator("input").set_input_files({"name": "s.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 s"})
    expect(control.get_by_role("status")).to_contain_text("Diterima.")


def deciding(page: Page) -> None:
    """Answer a request for help."""
    page.locator("#decide input[name=accepted][value=ya]").check()
    page.locator("#reason").select_option("TERJAWAB")
    page.locator("#decide-text").fill("Atur ulang kata sandi di halaman masuk.")


def extension(page: Page) -> None:
    """A later closing and the letter."""
    typed(page, "windows_VERIFICATION", "5", "11", "2022")
    letter(page)


def reopening(page: Page) -> None:
    """What the letter asks to be opened, and why."""
    for window in ("CORRECTION", "VERIFICATION"):
        typed(page, f"windows_{window}", "5", "11", "2022")
    letter(page)
    page.fill("[name=reason]", "surat instansi")


def rechecking(page: Page) -> None:
    """Until when, and why."""
    typed(page, "closes", "5", "11", "2022")
    page.fill("[name=reason]", "dua orang belum diputus")


def deletion(page: Page) -> None:
    """Unfold and say why."""
    page.locator("#remove summary").click()
    page.fill("[name=delete_reason]", "salah ketik")


def disabling(page: Page) -> None:
    """Unfold somebody's account and say why it ends."""
    page.get_by_role("button", name="Kelola Si operator").click()
    page.locator("[data-part=disable] summary").click()
    page.fill("#disable_reason", "pindah tugas")


def review(page: Page) -> None:
    """A password, and on to the review."""
    page.fill("#password", "kata-sandi-yang-panjang")
    page.get_by_role("button", name="Lanjutkan").click()


INSTITUTION, USERS = "finalization/institutions/9901", f"{OFFICE}/users"
CALENDAR = {"now": "2022-10-01T09:00:00+07:00", "zone": "WIB", "windows": WINDOWS, "v": 7}
QUESTIONS = [
    Question(
        "/akun/lengkapi/", "ask", "#create", "POST registration/accounts", "honorer",
        {"GET registration/enrolment": ENROLMENT, "PATCH registration/enrolment": ENROLMENT["contact"]}, review,
    ),
    Question(
        "/pendataan/riwayat/", "ask", "[data-delete]", "DELETE registration/me/histories/r1", "honorer", HISTORIES,
    ),
    Question(
        "/instansi/orang/detail/?id=p1", "ask", "#delete-form button", f"DELETE {PEOPLE}/p1", "admin",
        {f"GET {PEOPLE}/p1": DRAFT}, deletion,
    ),
    Question(
        "/instansi/finalisasi/", "ask-prefinal", "#prefinal button", f"POST {INSTITUTION}/prefinalization", "admin",
        {ROUND: _round()},
    ),
    Question(
        "/instansi/finalisasi/", "ask-final", "#final-form button", f"POST {INSTITUTION}/finalization", "admin",
        {ROUND: _round(phase="PRAFINAL")}, lambda page: page.locator("#confirm").check(),
    ),
    Question(
        "/instansi/perpanjangan/", "ask", "#form [type=submit]", f"POST {INSTITUTION}/extensions", "admin",
        {ROUND: _round()}, extension, {f"POST {INSTITUTION}/extensions": _round(extensions=[ASKED])},
    ),
    Question(
        "/bkn/instansi/perpanjangan/?kode=9901", "ask-grant", "#send", f"POST {INSTITUTION}/extensions", "bkn",
        {ROUND: _round()}, extension,
    ),
    Question(
        f"/bkn/instansi/perpanjangan/?kode=9901&permohonan={ASKED['id']}", "ask-decide", "#send",
        f"POST finalization/extensions/{ASKED['id']}/decision", "bkn", {ROUND: _round(extensions=[ASKED])},
        lambda page: page.locator("[value=DIBERI]").check(),
    ),
    Question(
        "/bkn/instansi/buka/?kode=9901", "ask", "#form [type=submit]", f"POST {INSTITUTION}/reopening", "bkn",
        {ROUND: LOCKED}, reopening,
    ),
    Question(
        "/bkn/instansi/verifikasi/?kode=9901", "ask", "#form [type=submit]",
        f"POST {INSTITUTION}/verification-reopening", "bkn",
        {ROUND: {**LOCKED, "left_undecided": 2, "recheck_until": "2022-11-07T17:00:00+07:00"}}, rechecking,
    ),
    Question(
        "/bkn/instansi/usulan/?kode=9901", "ask", "#form [type=submit]", f"POST {INSTITUTION}/usulan-reopening", "bkn",
        {ROUND: {**LOCKED, "usulan_waiting": 2}},
    ),
    Question(
        "/bkn/instansi/disunting/?kode=9901", "ask", "#form [type=submit]", f"POST {PUBLICATION}/releases", "bkn",
        {ROUND: LOCKED, f"GET {PUBLICATION}": WITHHELD}, lambda page: page.fill("[name=reason]", "nomor gedung"),
    ),
    Question(
        "/bkn/kalender/", "ask", "#apply [type=submit]", "PUT finalization/calendar", "bkn",
        {"GET finalization/calendar": CALENDAR, "POST finalization/calendar/preview": PREVIEW}, _calendar,
        {"PUT finalization/calendar": {"v": 8, "applying": 590}},
    ),
    Question(
        "/bkn/jabatan/daftar/?id=l1", "ask-run", "#run [type=submit]", f"POST {LISTS}/l1/run", "bkn",
        {f"GET {LISTS}/l1": LIST, f"GET {LISTS}/l1/effects": EFFECTS},
    ),
    Question(
        "/instansi/akun/", "ask-end", "[data-end]:visible", "DELETE registration/me/sign-ins/f2", "operator",
        {"GET registration/me/profile": PROFILE, "GET registration/me/sign-ins": {"items": SIGN_INS}},
    ),
    Question(
        "/instansi/pengguna/", "ask-disable", "#disable-form button", f"POST {USERS}/operator/disablement", "admin",
        {f"GET {USERS}": {"items": [user("operator")]}, f"GET {OFFICE}/invitations": {"items": []}, ROUND: _round()},
        disabling, {f"POST {USERS}/operator/disablement": user("operator", "NONAKTIF")},
    ),
    Question(
        "/instansi/laporan/lihat/?nomor=L-2345-6789", "ask-decide", "#decide [data-submit]",
        f"POST announcements/{HELP}/decisions", "helpdesk",
        {f"GET announcements/{HELP}": {**CASE, "kind": "BANTUAN"}, SAVED: {"v": 0, "answers": [], "editable": True}},
        deciding, {f"POST announcements/{HELP}/decisions": {"state": "DIPUTUS", "decision": None, "handover": None}},
    ),
]  # fmt: skip
ALIKE = {
    "/bkn/jabatan/daftar/ ask-withdrawal",
    "/bkn/kesiapan/ ask",
    "/bkn/instansi/pengecualian/ ask",
    "/bkn/instansi/pengecualian/ ask-withdraw",
    "/bkn/pemberitahuan/ ask",
    "/bkn/pemberitahuan/ ask-end",
    "/bkn/permohonan/detail/ ask",
    "/bkn/persetujuan/ ask-confirm",
    "/bkn/persetujuan/ ask-refuse",
    "/bkn/persetujuan/ ask-withdraw",
    "/instansi/akun/ ask-nik",
    "/instansi/antrean/ ask-together",
    "/instansi/daftar/status/ ask-withdraw",
    "/instansi/impor/status/ ask-confirm",
    "/instansi/impor/status/ ask-withdraw",
    "/instansi/laporan/jawaban/ ask-drop",
    "/instansi/pengguna/ ask-confirm",
    "/instansi/perbaikan/pernyataan/ ask",
    "/instansi/perbaikan/putuskan/ ask",
    "/laporan/ ask-withdraw",
    "/pendataan/perbaikan/ ask-withdraw",
    "/instansi/pengguna/ ask-refuse",
    "/instansi/pengguna/ ask-withdraw",
    "/pendataan/akun/ ask-end",
}
"""Asked by the same script (form/confirm.js); their pages' own tests answer them."""


def named(question: Question) -> str:
    """Page and dialog, by which the test is called."""
    return f"{question.page.partition('?')[0]} {question.dialog}"


@pytest.fixture(params=QUESTIONS, ids=named)
def question(request: pytest.FixtureRequest, page: Page, apis: Apis) -> Question:
    """A page on which everything is ready for the question."""
    made: Question = request.param
    institution = None if made.role == "bkn" else ME["institution"]
    apis.answers["GET registration/me"] = (200, {**ME, "role": made.role, "name": "P", "institution": institution})
    place = {"id": "SURAT.1", "url": "/bucket/", "fields": {}, "expires_in": 900}
    apis.answers["POST documents/uploads"] = (201, place)
    apis.answers["GET documents/uploads/SURAT.1"] = (200, {"id": "SURAT.1", "state": "DITERIMA"})
    page.route("**/bucket/", lambda route: route.fulfill(status=204))
    done = made.answers.get(made.route, {"v": 4, "nomor_registrasi": "ABCDE12345"})
    apis.answers |= {name: (200, body) for name, body in [*made.reads.items(), (made.route, done)]}
    page.goto(made.page)
    made.before(page)
    return made


def double_tap(page: Page, target: Locator) -> None:
    """Two taps at one place, whatever comes to lie there between them."""
    target.scroll_into_view_if_needed()
    target.click(trial=True)
    box = target.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y)
    page.wait_for_timeout(120)  # as fast as a finger
    page.mouse.click(x, y)


def test_a_double_tap_asks_once_and_does_it_once(page: Page, apis: Apis, question: Question) -> None:
    asked = page.locator(f"dialog#{question.dialog}")
    double_tap(page, page.locator(question.opener).first)
    expect(asked).to_be_visible()
    assert apis.bodies(question.route) == []
    with page.expect_request(re.compile(re.escape(question.route.partition(" ")[2]) + "$")):
        double_tap(page, asked.locator("[value=yes]"))
    page.wait_for_timeout(700)  # longer than the page is deaf
    assert len(apis.sent(question.route)) == 1
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_key_pressed_twice_answers_nothing(page: Page, apis: Apis) -> None:
    """The focus goes to the question, not to one of its answers."""
    apis.answers["GET registration/me"] = (200, ME)
    apis.answers |= {name: (200, body) for name, body in HISTORIES.items()}
    page.goto("/pendataan/riwayat/")
    page.locator("[data-delete]").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#ask").get_by_role("heading")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#ask [value=yes]")).to_be_focused()
    assert apis.bodies("DELETE registration/me/histories/r1") == []


def test_who_says_no_may_ask_again(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, ME)
    apis.answers |= {name: (200, body) for name, body in HISTORIES.items()}
    apis.answers["DELETE registration/me/histories/r1"] = (200, {"v": 4})
    page.goto("/pendataan/riwayat/")
    opener, dialog = page.locator("[data-delete]").first, page.locator("#ask")
    opener.click()
    double_tap(page, dialog.locator("[value=no]"))
    expect(dialog).to_be_hidden()
    opener.click()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert apis.bodies("DELETE registration/me/histories/r1") == []
    opener.click()
    with page.expect_request("**/histories/r1"):
        dialog.locator("[value=yes]").click()


def test_no_question_is_forgotten_here(site: Site) -> None:
    found = {
        f"{path} {dialog['id']}"
        for path, html in site.pages()
        for dialog in Tags(html).named("dialog")
        if not path.startswith("/en/") and path != "/akun/periksa/"  # the second address of a page that is here
    }
    assert found == {named(question) for question in QUESTIONS} | ALIKE
