"""The staff pages of cases: who is offered what, what stands in the way of a draft, and answers kept for reuse."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import ME, Answer, Apis, Request, problem
from tests.web.test_case_decision import ALIKE, CASE, DRAFTS, DUE, LIST, OPINIONS, PATH, SAVED, accept, found

DECISIONS = f"POST announcements/{PATH}/decisions"
NATIONAL = {"bkn", "auditor"}
TEXT = "Kata sandi diatur ulang sendiri pada halaman Lupa kata sandi."
KEPT: dict[str, Any] = {"v": 3, "answers": [{"title": "Lupa kata sandi", "text": TEXT}], "editable": True}


def opened(page: Page, apis: Apis, role: str = "admin", language: str = "", **changes: object) -> set[str]:
    """Open a case; which of its parts are there."""
    institution = {} if role not in NATIONAL else {"institution": None}
    apis.answers["GET registration/me"] = (200, {**ME, "role": role, "name": "Petugas", **institution})
    apis.answers[f"GET announcements/{PATH}"] = (200, {**CASE, **changes})
    whose = "nasional" if role in NATIONAL else "9901"
    apis.answers[SAVED.replace("9901", whose)] = (200, KEPT)
    apis.answers[LIST] = (200, {"items": [{**CASE, **changes, "state": "DIPUTUS"}], "cursor": None})
    apis.answers.setdefault(OPINIONS, (200, {"given": [], "mine": False, "settled": False}))
    apis.answers[DECISIONS] = (200, {"state": "DITANGANI", "decision": "k1", "handover": "janji"})
    page.goto(f"{language}/instansi/laporan/lihat/?nomor=L-2345-6789&kode=9901")
    expect(page.locator("#shown")).to_be_visible()
    page.wait_for_load_state("networkidle")
    names = ("take-part", "write", "decide", "not-yours", "not-yet-bkn", "hearing", "opinions", "noted-by-me")
    return {name for name in names if page.locator(f"#{name}").is_visible()}


@pytest.mark.parametrize(
    ("role", "changes", "parts"),
    [
        ("operator", {}, {"write", "decide"}),
        ("operator", {"mine": False}, {"take-part", "write", "decide"}),
        ("helpdesk", {"decidable": False}, {"not-yours"}),
        ("auditor", {"decidable": False}, {"not-yours"}),
        ("bkn", {"decidable": False}, {"not-yet-bkn"}),
        ("bkn", {"level": "BKN"}, {"write", "decide"}),
        ("bkn", {"state": "DITOLAK", "decidable": False, "overturnable": True}, {"decide"}),
        ("admin", {"state": "DITOLAK", "decidable": False}, set()),
        ("admin", {"decidable": False, "follows": "L-9999-9999"}, set()),
        ("admin", {"noted_until": DUE}, set()),
        ("admin", {"noted_until": DUE, "noted_by_me": True}, {"noted-by-me", "write", "decide"}),
        ("verifikator", {"kind": "TANGGAPAN", "awaits_hearing": True, "hearing_until": DUE}, {"hearing", "write"}),
        ("verifikator", {"kind": "TANGGAPAN", "hearing_until": DUE}, {"hearing", "write", "decide"}),
        (
            "verifikator",
            {"kind": "TANGGAPAN", "hearing_until": DUE, "said": {**CASE["said"], "jawaban": "Saya bekerja."}},
            {"write", "decide"},
        ),
    ],
)
def test_who_is_offered_what(page: Page, apis: Apis, role: str, changes: dict[str, Any], parts: set[str]) -> None:
    assert opened(page, apis, role, **changes) == parts


NOBODY = {"name": "", "email": "", "phone": ""}


@pytest.mark.parametrize(
    ("reporter", "said"),
    [
        (None, "tidak ditampilkan kepada instansi"),
        (NOBODY, "tidak menyebut nama"),
        ({**NOBODY, "name": "Budi"}, "Budi"),
    ],
)
def test_who_reported_is_shown_as_far_as_he_said(
    page: Page, apis: Apis, reporter: dict[str, str] | None, said: str
) -> None:
    opened(page, apis, reporter=reporter)
    told = ("tidak ditampilkan kepada instansi", "tidak menyebut nama", "Budi")
    assert [words for words in told if page.get_by_text(words).is_visible()] == [said]
    expect(page.locator("#reporter > div").filter(visible=True)).to_have_count(1 if said == "Budi" else 0)


@pytest.mark.parametrize(("role", "told"), [("verifikator", "panel"), ("auditor", "text")])
def test_that_whom_a_report_is_about_was_not_told_is_said_once(page: Page, apis: Apis, role: str, told: str) -> None:
    opened(page, apis, role, kind="TANGGAPAN", awaits_hearing=True, unheard=True, decidable=role == "verifikator")
    seen = {"panel": page.locator("#unheard"), "text": page.locator("[data-show=not_told]")}
    assert [name for name, place in seen.items() if place.is_visible()] == [told]


@pytest.mark.parametrize(
    ("role", "columns"),
    [
        ("admin", ["Unit kerja: SD Contoh", "Unit kerja: \N{EN DASH}"]),
        ("bkn", ["Instansi dan unit: Contoh, SD Contoh"] * 2),
    ],
)
def test_an_inbox_names_the_unit_and_to_bkn_the_institution_too(
    page: Page, apis: Apis, role: str, columns: list[str]
) -> None:
    institution = {} if role not in NATIONAL else {"institution": None}
    apis.answers["GET registration/me"] = (200, {**ME, "role": role, "name": "Petugas", **institution})
    units = ["SD Contoh", "SD Contoh" if role == "bkn" else None]
    items = [{**CASE, "unit_kerja": unit} for unit in units]
    apis.answers["GET announcements/cases" if role == "bkn" else LIST] = (200, {"items": items, "cursor": None})
    page.goto("/bkn/laporan/" if role == "bkn" else "/instansi/laporan/")
    rows = page.locator("[data-rows=items] tr")
    expect(rows).to_have_count(2)
    cells = [row.locator("td").nth(3) for row in rows.all()]
    assert [f"{cell.get_attribute('data-label')}: {cell.inner_text()}" for cell in cells] == columns


def test_bkn_sees_which_refused_usulan_it_may_accept(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "bkn", "name": "Petugas", "institution": None})
    items = [{**CASE, "state": "DITOLAK", "overturnable": overturnable} for overturnable in (True, False)]
    apis.answers["GET announcements/cases"] = (200, {"items": items, "cursor": None})
    page.goto("/bkn/laporan/")
    rows = page.locator("[data-rows=items] tr")
    expect(rows).to_have_count(2)
    marked = rows.get_by_text("Dapat diterima BKN").filter(visible=True)
    expect(marked).to_have_count(1)
    expect(rows.first).to_contain_text("Dapat diterima BKN")
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_who_taps_twice_takes_it_once(page: Page, apis: Apis) -> None:
    opened(page, apis, mine=False)
    apis.answers[f"POST announcements/{PATH}/taking"] = (200, CASE)
    page.locator("#take").dblclick()
    expect(page.locator("#take-part")).to_be_hidden()
    assert len(set(apis.keys)) == 1
    expect(page.locator("#errors")).to_be_hidden()


def test_a_ppk_is_told_that_it_is_not_for_him(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "ppk", "name": "Petugas"})
    page.goto("/instansi/laporan/")
    expect(page.locator("#errors")).to_contain_text("Halaman ini bukan untuk peran Anda")


@pytest.mark.parametrize(
    ("given", "mine", "told"),
    [
        (["admin"], True, "menunggu pendapat petugas yang lain"),
        (["admin"], False, "menunggu verifikator"),
        (["verifikator"], False, "menunggu admin"),
        (["admin", "verifikator"], True, "berbeda pendapat"),
    ],
)
def test_of_a_keberatan_is_said_who_has_spoken(page: Page, apis: Apis, given: list[str], mine: bool, told: str) -> None:
    apis.answers[OPINIONS] = (200, {"given": given, "mine": mine, "settled": False})
    assert "opinions" in opened(page, apis, kind="KEBERATAN", person="p1")
    expect(page.locator("#opinions")).to_contain_text(told)


THERE = {**ALIKE, "id": "p2", "nama": "Orang Terhapus"}


@pytest.mark.parametrize(
    ("standing", "told", "makes"),
    [
        ({"there": {**THERE, "state": "DIHAPUS"}}, "Minta admin memulihkannya", False),
        ({"there": THERE}, "Tolak usulan ini dengan alasan Sudah terdaftar", False),
        ({"own_record": True}, "NIK ini milik Anda sendiri", False),
        ({"elsewhere": True}, "menjadi sengketa", True),
        ({"corrected": True}, "NIK-nya kemudian diperbaiki", True),
        (
            {"left_out": [{"field": "unit_kerja", "message": "Unit ini tidak dikenal."}]},
            "Unit ini tidak dikenal.",
            True,
        ),
    ],
)
def test_what_stands_in_the_way_is_said_with_what_to_do(
    page: Page, apis: Apis, standing: dict[str, Any], told: str, makes: bool
) -> None:
    opened(page, apis)
    apis.answers[f"{DRAFTS}/preview"] = (200, found(**standing))
    accept(page)
    panel = page.locator("#before-draft")
    expect(panel.locator(":visible", has_text=told).last).to_be_visible()
    assert page.locator("#make-draft").is_visible() is makes
    page.locator("#no-draft").click()
    expect(panel).to_be_hidden()
    assert apis.bodies(DRAFTS) == []


def test_what_no_draft_can_be_made_of_is_said(page: Page, apis: Apis) -> None:
    opened(page, apis)
    wrong = {"field": "nama", "message": "Nama ini memuat angka."}
    apis.answers[f"{DRAFTS}/preview"] = (200, {**found(), "problems": [wrong], "standing": None})
    accept(page)
    expect(page.locator("#before-draft")).to_contain_text("Nama ini memuat angka.")
    expect(page.locator("#make-draft")).to_be_hidden()


@pytest.mark.parametrize(("code", "status"), [("conflict", 409), ("window-closed", 410), ("try-again", 503)])
def test_a_decision_that_is_turned_away_is_one_decision_when_it_is_sent_again(
    page: Page, apis: Apis, code: str, status: int
) -> None:
    opened(page, apis)
    turned_away = [problem(code, status)]

    def draft(_: Request) -> Answer:
        return (status, turned_away.pop()) if turned_away else (201, {"id": "p9", "v": 1, "message": None})

    apis.answers[f"{DRAFTS}/preview"] = (200, found())
    apis.answers[DRAFTS] = draft
    accept(page)
    expect(page.locator("#errors")).to_contain_text(f"Rincian {code}.")
    expect(page.locator("#decide-text")).to_have_value("Bukti kerja lengkap, data dilengkapi.")
    before = len(apis.keys)
    page.locator("#decide [data-submit]").click()
    page.locator("#ask-decide").get_by_role("button", name="Ya").click()
    expect(page.locator("#told")).to_be_visible()
    first, second = (key for (name, _), key in zip(_writes(apis), apis.keys, strict=True) if name == DECISIONS)
    assert first == second
    assert before
    assert len(apis.sent(DRAFTS, 2)) == 2


def _writes(apis: Apis) -> list[tuple[str, Any]]:
    return [(name, body) for name, body in apis.asked if not name.startswith("GET ")]


def test_the_page_waits_until_the_case_has_closed(page: Page, apis: Apis) -> None:
    opened(page, apis)
    states = ["DITANGANI", "DIPUTUS"]

    def listed(_: Request) -> Answer:
        state = states.pop(0)
        if state == "DIPUTUS":
            decision = {"accepted": True, "reason": "TERBUKTI", "text": "Bukti kerja lengkap.", "at": DUE}
            closed = {**CASE, "state": state, "decidable": False, "decision": decision}
            apis.answers[f"GET announcements/{PATH}"] = (200, closed)
        return 200, {"items": [{**CASE, "state": state}], "cursor": None}

    apis.answers[LIST] = listed
    apis.answers[f"{DRAFTS}/preview"] = (200, found())
    apis.answers[DRAFTS] = (201, {"id": "p9", "v": 1, "message": None})
    accept(page)
    expect(page.locator("#following")).to_contain_text("Menunggu laporan ini ditutup")
    expect(page.locator("#decision-made")).to_contain_text("Bukti kerja lengkap.")
    expect(page.locator("#following")).to_be_hidden()
    expect(page.locator("#decide")).to_be_hidden()


def test_a_saved_answer_is_put_in_by_one_press_and_by_keyboard(page: Page, apis: Apis) -> None:
    opened(page, apis, "helpdesk", kind="BANTUAN", topic="LUPA_SANDI")
    for field in ("write-text", "decide-text"):
        part = page.locator(f"[data-saved={field}]")
        part.locator("summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(f"#{field}")).to_have_value(TEXT)
        expect(page.locator(f"#{field}")).to_be_focused()


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_full_case_is_accessible_and_fits(page: Page, apis: Apis, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    message = {"at": DUE, "writer": "PELAPOR", "text": "Sangat" + "panjang" * 20, "asks": False}
    full = {"messages": [message], "joined": ["L-9999-9999"], "overdue": True, "level": "BKN", "unfinished": True}
    opened(page, apis, "admin", language, **full, said={"alasan": "a" * 200, "nik": "9901**********02"})
    apis.answers[f"{DRAFTS}/preview"] = (200, found(alike=[ALIKE], elsewhere=True))
    accept_in(page)
    expect(page.locator("#before-draft")).to_be_visible()
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def accept_in(page: Page) -> None:
    """Accept in either language."""
    page.locator("#decide input[name=accepted][value=ya]").check()
    page.locator("#reason").select_option("TERBUKTI")
    page.locator("#decide-text").fill("Bukti kerja lengkap, data dilengkapi.")
    page.locator("#decide [data-submit]").click()
    page.locator("#ask-decide button[value=yes]").click()


FIGURES: list[dict[str, Any]] = [
    {"week": "2022-W40", "begins": "2022-10-03", "kind": "USULAN", "topic": None, "received": 3, "decided": 2,
     "in_time": 1},
]  # fmt: skip


def inbox(page: Page, apis: Apis, role: str) -> None:
    """Open the inbox."""
    apis.answers["GET registration/me"] = (200, {**ME, "role": role, "name": "Petugas"})
    apis.answers[LIST] = (200, {"items": [CASE], "cursor": None})
    apis.answers["GET announcements/institutions/9901/case-figures"] = (200, {"items": FIGURES})
    page.goto("/instansi/laporan/")
    expect(page.locator("[data-rows=items] tr")).to_have_count(1)


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("operator", {"", "USULAN"}),
        ("verifikator", {"", "TANGGAPAN", "KEBERATAN"}),
        ("helpdesk", {"", "USULAN", "TANGGAPAN", "KEBERATAN", "BANTUAN"}),
    ],
)
def test_only_kinds_that_he_reads_are_offered(page: Page, apis: Apis, role: str, kinds: set[str]) -> None:
    inbox(page, apis, role)
    assert {option.get_attribute("value") for option in page.locator("#kind option").all()} == kinds


def test_a_number_opens_its_case_and_an_unknown_one_says_so(page: Page, apis: Apis) -> None:
    inbox(page, apis, "helpdesk")
    apis.answers[LIST] = (200, {"items": [], "cursor": None})
    page.fill("#number", "L-0000-0000")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_contain_text("Tidak ada laporan bernomor ini")
    apis.answers[LIST] = (200, {"items": [CASE], "cursor": None})
    page.fill("#number", "l23456789")
    page.keyboard.press("Enter")
    page.wait_for_url("**/instansi/laporan/lihat/?nomor=L-2345-6789&kode=9901")


def test_figures_are_shown_to_whoever_asks(page: Page, apis: Apis) -> None:
    inbox(page, apis, "admin")
    page.locator("#figures-part summary").click()
    expect(page.locator("[data-rows=figures]")).to_contain_text("3 Oktober 2022")
    expect(page.locator("[data-rows=figures] td")).to_have_count(5)
    assert find_violations(page) == []


ANSWERS = "announcements/institutions/9901/answers"


def answers_page(page: Page, apis: Apis, **changes: object) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "helpdesk", "name": "Petugas"})
    apis.answers[f"GET {ANSWERS}"] = (200, {**KEPT, **changes})
    page.goto("/instansi/laporan/jawaban/")
    expect(page.locator("#shown")).to_be_visible()


def test_answers_are_added_changed_and_dropped(page: Page, apis: Apis) -> None:
    answers_page(page, apis)
    apis.answers[f"PUT {ANSWERS}"] = (200, {**KEPT, "v": 4})
    page.fill("#title", "Gagal unggah")
    page.fill("#text", "Kecilkan fotonya sampai 200 KB.")
    page.locator("#keep [data-submit]").click()
    expect(page.locator("#saved")).to_have_text("Tersimpan.")
    page.locator("[data-change]").click()
    expect(page.locator("#text")).to_have_value(TEXT)
    page.fill("#text", "Pakai halaman Lupa kata sandi.")
    page.locator("#keep [data-submit]").click()
    expect(page.locator("#adds")).to_be_visible()
    page.locator("[data-drop]").click()
    page.locator("#ask-drop").get_by_role("button", name="Ya").click()
    expect(page.locator("#saved")).to_have_text("Dihapus.")
    kept = [body["answers"] for body in apis.sent(f"PUT {ANSWERS}")]
    new = {"title": "Gagal unggah", "text": "Kecilkan fotonya sampai 200 KB."}
    changed = {"title": "Lupa kata sandi", "text": "Pakai halaman Lupa kata sandi."}
    assert kept == [[*KEPT["answers"], new], [changed], []]
    assert find_violations(page) == []


def test_a_refused_answer_is_said_at_its_field(page: Page, apis: Apis) -> None:
    answers_page(page, apis)
    wrong = {"field": "answers.1.text", "code": "personal-number", "message": "Tulis tanpa NIK."}
    apis.answers[f"PUT {ANSWERS}"] = (422, problem("invalid-fields", 422, fields=[wrong]))
    page.fill("#title", "Gagal unggah")
    page.fill("#text", "Tulis ke 9901011705900001 saja.")
    page.locator("#keep [data-submit]").click()
    expect(page.locator("[data-field=text] .govuk-error-message")).to_contain_text("Tulis tanpa NIK.")


def test_fifty_are_enough_and_who_only_reads_writes_none(page: Page, apis: Apis) -> None:
    answers_page(page, apis, answers=KEPT["answers"] * 50)
    expect(page.locator("#full")).to_be_visible()
    expect(page.locator("#keep")).to_be_hidden()
    answers_page(page, apis, editable=False)
    expect(page.locator("#keep")).to_be_hidden()
    expect(page.locator("[data-change]")).to_be_hidden()
