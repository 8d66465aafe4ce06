"""Before a window opens and from its close on, a page says so first and offers nothing the service would refuse."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Answer, Apis, hear_the_clock
from tests.web.conftest import Site
from tests.web.test_account import ENROLMENT
from tests.web.test_judge import DECIDING, advised
from tests.web.test_staff_person import PERSON as LISTED

OPENS = datetime.fromisoformat("2022-08-24T00:00:00+07:00")
CLOSES = {
    "ENTRY": datetime.fromisoformat("2022-09-30T17:00:00+07:00"),
    "DOSSIER": datetime.fromisoformat("2022-10-22T17:00:00+07:00"),
    "CORRECTION": datetime.fromisoformat("2022-10-22T17:00:00+07:00"),
    "VERIFICATION": datetime.fromisoformat("2022-10-31T17:00:00+07:00"),
    "SPTJM": datetime.fromisoformat("2022-11-07T17:00:00+07:00"),
}
PERSON: dict[str, Any] = {**LISTED, "active": None, "active_at": None}
PEOPLE = "GET registration/institutions/9901/people/p1"


def schedule(now: datetime, phase: str | None = None, **closes: datetime) -> Answer:
    """Every window as the service tells it at an instant."""
    windows = [
        {"name": name, "opens": OPENS.isoformat(), "closes": at.isoformat(), "open": OPENS <= now < at}
        for name, at in {**CLOSES, **closes}.items()
    ]
    return 200, {"now": now.isoformat(), "zone": "WIB", "phase": phase, "windows": windows}


def at_close(apis: Apis, window: str, phase: str | None = None) -> None:
    """Let the schedule be asked when a window has just closed."""
    apis.answers["GET finalization/calendar"] = schedule(CLOSES[window], phase)


def before(apis: Apis, window: str) -> None:
    """Let it be asked an hour before."""
    apis.answers["GET finalization/calendar"] = schedule(CLOSES[window] - timedelta(hours=1))


@pytest.fixture
def admin(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "admin", "name": "Admin"})
    apis.answers["GET registration/institutions/9901/imports"] = (200, {"items": []})
    return page


PLACES = [
    ("/", "DOSSIER", ".hero__start", "Pengisian data sudah ditutup"),
    ("/akun/", "DOSSIER", "#form", "Pembuatan akun sudah ditutup"),
    ("/usulan/", "CORRECTION", "#form", "Usulan sudah ditutup"),
    ("/tanggapan/", "CORRECTION", "#form", "Tanggapan sudah ditutup"),
    ("/instansi/impor/", "CORRECTION", "#form", "Penginputan dan perbaikan sudah ditutup"),
    ("/instansi/orang/tambah/", "ENTRY", "#form", "Penginputan sudah ditutup"),
    ("/instansi/orang/perbaikan/?id=p1", "CORRECTION", "#form", "Perbaikan sudah ditutup"),
]


@pytest.mark.parametrize(("path", "window", "offered", "title"), PLACES)
def test_what_a_window_rules_is_offered_while_it_is_open(
    admin: Page, apis: Apis, path: str, window: str, offered: str, title: str
) -> None:
    before(apis, window)
    admin.goto(path)
    hear_the_clock(admin)
    expect(admin.locator(offered)).to_be_visible()
    expect(admin.get_by_role("heading", name=title)).to_have_count(0)
    at_close(apis, window)
    admin.reload()
    expect(admin.get_by_role("heading", name=title)).to_be_visible()
    instant = "30 September 2022" if window == "ENTRY" else "22 Oktober 2022"
    expect(admin.locator(f"[data-after={window}]").first).to_contain_text(f"{instant} pukul 17.00 WIB")
    expect(admin.locator(offered)).to_be_hidden()
    apis.answers["GET finalization/calendar"] = schedule(OPENS - timedelta(seconds=1))
    admin.reload()
    expect(admin.get_by_role("heading", name="Belum dibuka")).to_be_visible()
    expect(admin.get_by_text("Dibuka 24 Agustus 2022 pukul 00.00 WIB.")).to_be_visible()
    expect(admin.locator(offered)).to_be_hidden()


def test_a_draft_can_be_completed_after_entry_until_correction_closes(admin: Page, apis: Apis) -> None:
    apis.answers[PEOPLE] = (200, {**PERSON, "state": "DRAF", "record": {"nama": "Rina Contoh"}})
    at_close(apis, "ENTRY")
    admin.goto("/instansi/orang/tambah/?id=p1")
    expect(admin.locator("#form")).to_be_visible()
    expect(admin.get_by_role("heading", name="Penginputan sudah ditutup")).to_have_count(0)
    at_close(apis, "CORRECTION")
    admin.reload()
    expect(admin.get_by_role("heading", name="Perbaikan sudah ditutup")).to_be_visible()
    expect(admin.locator("#form")).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "window"), [("/akun/", "DOSSIER"), ("/usulan/", "CORRECTION"), ("/tanggapan/", "CORRECTION")]
)
def test_the_general_schedule_refuses_nobody(page: Page, apis: Apis, path: str, window: str) -> None:
    """His institution may have an extension; the service decides by it."""
    at_close(apis, window)
    page.goto(path)
    page.locator("#anyway").click()
    expect(page.locator("#form")).to_be_visible()
    page.locator(".calendar__list li").first.evaluate("(line) => { line.id = 'before'; }")
    page.evaluate("document.dispatchEvent(new Event('schedule'))")
    expect(page.locator("#before")).to_have_count(0)
    expect(page.locator("#form")).to_be_visible()


@pytest.mark.parametrize(("path", "window", "offered", "title"), PLACES[1:])
def test_a_form_that_was_open_stays_when_its_window_closes(
    admin: Page, apis: Apis, path: str, window: str, offered: str, title: str
) -> None:
    before(apis, window)
    admin.goto(path)
    hear_the_clock(admin)
    at_close(apis, window)
    admin.evaluate("document.dispatchEvent(new Event('schedule'))")
    expect(admin.get_by_role("heading", name=title)).to_be_visible()
    expect(admin.locator(offered)).to_be_visible()
    before(apis, window)
    admin.evaluate("document.dispatchEvent(new Event('schedule'))")
    expect(admin.get_by_role("heading", name=title)).to_have_count(0)


def test_the_start_page_says_who_acts_next(page: Page, apis: Apis) -> None:
    at_close(apis, "DOSSIER")
    page.goto("/")
    expect(
        page.get_by_text("Instansi memeriksa dan memutuskannya sampai 31 Oktober 2022 pukul 17.00 WIB")
    ).to_be_visible()
    expect(page.get_by_role("link", name="Masuk", exact=True).last).to_be_visible()
    at_close(apis, "VERIFICATION")
    page.reload()
    expect(page.get_by_text("Verifikasi ditutup 31 Oktober 2022 pukul 17.00 WIB")).to_be_visible()
    expect(page.get_by_text("Instansi memeriksa dan memutuskannya")).to_be_hidden()


def test_signing_in_is_offered_for_what_it_still_serves(page: Page, apis: Apis) -> None:
    before(apis, "DOSSIER")
    page.goto("/masuk/")
    expect(page.get_by_text("Belum punya akun?")).to_be_visible()
    at_close(apis, "DOSSIER")
    page.reload()
    expect(page.get_by_text("Anda tetap dapat masuk untuk melihat apa yang terjadi")).to_be_visible()
    expect(page.get_by_text("Belum punya akun?")).to_be_hidden()
    expect(page.locator("#form")).to_be_visible()


def test_an_enrolment_ends_with_its_institution_s_window(page: Page, apis: Apis) -> None:
    at_close(apis, "DOSSIER")
    now = datetime.now(UTC)
    hour = {"now": now.isoformat(), "expires_at": (now + timedelta(minutes=45)).isoformat()}
    apis.answers["GET registration/enrolment"] = (200, {**ENROLMENT, **hour})
    page.goto("/akun/lengkapi/")
    expect(page.get_by_text("Akun tidak dapat dibuat lagi.")).to_be_visible()
    expect(page.locator("#form")).to_be_hidden()


def test_more_time_is_asked_for_before_the_lock_only(admin: Page, apis: Apis) -> None:
    at_close(apis, "ENTRY", "PRAFINAL")
    admin.goto("/instansi/impor/")
    expect(admin.get_by_role("link", name="Ajukan perpanjangan kepada BKN")).to_be_visible()
    at_close(apis, "SPTJM", "FINAL")
    admin.reload()
    expect(admin.get_by_text("Data instansi sudah terkunci. Perubahan hanya mungkin")).to_be_visible()
    expect(admin.get_by_role("link", name="Ajukan perpanjangan kepada BKN")).to_be_hidden()


def test_only_an_admin_is_shown_the_way_to_an_extension(admin: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "operator", "name": "Operator"})
    at_close(apis, "ENTRY", "PRAFINAL")
    admin.goto("/instansi/impor/")
    expect(admin.get_by_text("admin instansi dapat meminta perpanjangan")).to_be_visible()
    expect(admin.get_by_role("link", name="Ajukan perpanjangan kepada BKN")).to_be_hidden()


@pytest.mark.parametrize(
    ("window", "closed"),
    [
        ("CORRECTION", "[data-upload=SK]"),
        ("CORRECTION", "#remove"),
        ("CORRECTION", "#correct"),
    ],
)
def test_one_person_s_page_offers_what_is_still_possible(admin: Page, apis: Apis, window: str, closed: str) -> None:
    apis.answers[PEOPLE] = (200, PERSON)
    before(apis, window)
    admin.goto("/instansi/orang/detail/?id=p1")
    admin.locator("details").filter(has_text="Unggah dokumen").locator("summary").click()
    expect(admin.locator(closed)).to_be_visible()
    at_close(apis, window)
    admin.reload()
    expect(admin.locator("#person")).to_be_visible()
    admin.locator("details").filter(has_text="dokumen").locator("summary").first.click()
    expect(admin.locator(f"[data-after={window}]").first).to_be_visible()
    expect(admin.locator(closed)).to_be_hidden()


def test_verdicts_are_given_while_verification_is_open(admin: Page, apis: Apis) -> None:
    apis.answers[PEOPLE] = (200, {**PERSON, **advised(), "deciding": DECIDING})
    before(apis, "VERIFICATION")
    admin.goto("/instansi/orang/putusan/?id=p1")
    expect(admin.locator("#form")).to_be_visible()
    at_close(apis, "VERIFICATION")
    admin.reload()
    expect(admin.locator("#person")).to_be_visible()
    expect(admin.locator("[data-after=VERIFICATION]").first).to_be_visible()
    expect(admin.locator("#form")).to_be_hidden()


def test_staff_are_told_that_everything_is_locked(admin: Page, apis: Apis) -> None:
    apis.answers[PEOPLE] = (200, PERSON)
    at_close(apis, "VERIFICATION", "FINAL")
    for path in ("/instansi/orang/detail/?id=p1", "/instansi/"):
        admin.goto(path)
        expect(admin.get_by_text("Data instansi sudah terkunci dan hanya dapat dibaca.")).to_be_visible()
    at_close(apis, "VERIFICATION", "PRAFINAL")
    admin.reload()
    expect(admin.locator(".calendar__closed").first).to_be_visible()
    expect(admin.get_by_text("Data instansi sudah terkunci dan hanya dapat dibaca.")).to_be_hidden()


def test_who_says_that_he_left_is_seen_by_the_institution(admin: Page, apis: Apis) -> None:
    left = {**PERSON, "active": False, "active_at": "2022-09-05T08:00:00+07:00"}
    listed = {**PERSON, "overall": "TIDAK", "lacking": [], "flags": []}
    apis.answers[PEOPLE] = (200, left)
    apis.answers["GET registration/institutions/9901/people"] = (
        200,
        {"items": [{**listed, "flags": ["TIDAK_AKTIF"]}, listed], "cursor": None, "found": 2},
    )
    admin.goto("/instansi/orang/detail/?id=p1")
    expect(admin.locator("#inactive")).to_contain_text("tidak lagi bekerja di sini")
    expect(admin.locator("#inactive")).to_contain_text("5 September 2022 pukul 08.00 WIB")
    apis.answers[PEOPLE] = (200, PERSON)
    admin.reload()
    expect(admin.locator("#person")).to_be_visible()
    expect(admin.locator("#inactive")).to_be_hidden()
    admin.goto("/instansi/orang/")
    expect(admin.locator("[data-rows=items]").get_by_text("Menyatakan tidak lagi bekerja")).to_have_count(1)


def test_no_markup_of_the_texts_is_left_in_a_page(site: Site) -> None:
    for address, html in site.pages():
        visible = html.partition('<script type="application/json"')[0]
        assert "](/" not in visible, address
        assert "**" not in visible.replace("9901**********02", ""), address
