"""What a decision on a case leads to in registration: a draft, somebody's right NIK, or what became of a keberatan."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Apis

DUE = "2022-10-10T00:00:00+07:00"
CASE: dict[str, Any] = {
    "number": "L-2345-6789", "v": 2, "institution": {"code": "9901", "name": "Contoh"}, "kind": "USULAN",
    "topic": None, "state": "DITANGANI", "level": "INSTANSI", "said": {"alasan": "Saya bekerja di sini."},
    "reporter": None, "person": None, "at": DUE, "due_at": DUE, "overdue": False, "divided": False, "mine": True,
    "taken": True, "decidable": True, "awaits_hearing": False, "overturnable": False, "noted_until": None,
    "noted_by_me": False, "unfinished": False, "hearing_until": None, "unheard": False, "asked_until": None,
    "left": False, "joined": [], "follows": None, "messages": [], "files": [], "decision": None, "became": None,
    "beside": False,
}  # fmt: skip
ALIKE: dict[str, Any] = {
    "id": "p1", "v": 7, "nama": "Siti Contoh", "nomor_registrasi": "ABCDE12345", "unit_kerja": "SD Contoh",
    "state": "TERDAFTAR", "nik_masked": "9901**********02", "has_ktp": True,
}  # fmt: skip
OTHER_UNIT = {**ALIKE, "id": None, "nama": None, "nomor_registrasi": None, "unit_kerja": "Puskesmas Contoh"}
PATH = "institutions/9901/cases/L-2345-6789"
DRAFTS = "POST registration/institutions/9901/case-drafts"
SAVED = "GET announcements/institutions/9901/answers"
LIST = "GET announcements/institutions/9901/cases"
OPINIONS = "GET registration/institutions/9901/people/p1/case-opinions"
STANDING: dict[str, Any] = {"left_out": [], "there": None, "corrected": False, "elsewhere": False, "own_record": False}


@pytest.fixture
def admin(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "admin", "name": "Petugas"})
    apis.answers[f"GET announcements/{PATH}"] = (200, CASE)
    apis.answers[SAVED] = (200, {"v": 0, "answers": [], "editable": True})
    apis.answers[LIST] = (200, {"items": [{**CASE, "state": "DIPUTUS"}], "cursor": None})
    decided = {"state": "DITANGANI", "decision": "k1", "handover": "janji"}
    apis.answers[f"POST announcements/{PATH}/decisions"] = (200, decided)
    return page


def found(**standing: object) -> dict[str, Any]:
    """What registration says before a draft is made."""
    return {
        "nik_masked": "9901**********77", "nama": "Siti Contoh", "tanggal_lahir": "1990-05-17", "settled": False,
        "problems": [], "standing": {**STANDING, "alike": [], **standing},
    }  # fmt: skip


def preview(apis: Apis, alike: list[dict[str, Any]]) -> None:
    apis.answers[f"{DRAFTS}/preview"] = (200, found(alike=alike))
    apis.answers[DRAFTS] = (201, {"id": "p9", "v": 1, "state": "DRAF", "message": None})


def accept(page: Page) -> None:
    page.goto("/instansi/laporan/lihat/?nomor=L-2345-6789")
    page.locator("#decide input[name=accepted][value=ya]").check()
    page.locator("#reason").select_option("TERBUKTI")
    page.locator("#decide-text").fill("Bukti kerja lengkap, data dilengkapi.")
    page.locator("#decide [data-submit]").click()
    page.locator("#ask-decide").get_by_role("button", name="Ya").click()


def test_nobody_alike_makes_a_draft_at_once(admin: Page, apis: Apis) -> None:
    preview(apis, [])
    accept(admin)
    expect(admin.locator("#told")).to_be_visible()
    assert apis.sent(DRAFTS) == [{"handover": "janji"}]


@pytest.mark.parametrize("same", [True, False])
def test_somebody_alike_is_shown_first(admin: Page, apis: Apis, same: bool) -> None:
    preview(apis, [ALIKE, OTHER_UNIT])
    accept(admin)
    panel = admin.locator("#before-draft")
    expect(panel).to_contain_text("Siti Contoh")
    expect(panel).to_contain_text("Ia terdaftar pada unit lain")
    assert apis.bodies(DRAFTS) == []
    panel.locator("[data-correct]:visible" if same else "#make-draft").click()
    expect(admin.locator("#told")).to_be_visible()
    assert apis.sent(DRAFTS) == [{"handover": "janji", **({"person": "p1", "v": 7} if same else {})}]


def test_of_a_keberatan_is_told_what_became_of_it(admin: Page, apis: Apis) -> None:
    apis.answers[f"GET announcements/{PATH}"] = (200, {**CASE, "kind": "KEBERATAN", "person": "p1"})
    apis.answers[OPINIONS] = (200, {"given": [], "mine": False, "settled": False})
    decision = "POST registration/institutions/9901/people/p1/case-decisions"
    apis.answers[decision] = (200, {"v": 4, "state": "DIAJUKAN", "outcome": "MENUNGGU", "message": "Pendapat dicatat."})
    accept(admin)
    expect(admin.locator("#told")).to_have_text("Pendapat dicatat.")
    assert apis.sent(decision) == [{"handover": "janji"}]


@pytest.mark.parametrize(
    ("became", "words"), [("DRAF", "Draf dibuat dari usulan ini."), ("NIK", "perbaikan NIK diajukan pada datanya")]
)
def test_what_an_accepted_usulan_became_stands_with_its_decision(
    admin: Page, apis: Apis, became: str, words: str
) -> None:
    decision = {"accepted": True, "reason": "TERBUKTI", "text": "Bukti kerja lengkap.", "at": DUE}
    ended = {**CASE, "state": "DIPUTUS", "decidable": False, "decision": decision}
    for each in (became, None):
        apis.answers[f"GET announcements/{PATH}"] = (200, {**ended, "became": each})
        admin.goto("/instansi/laporan/lihat/?nomor=L-2345-6789")
        expect(admin.locator("#decision-made")).to_contain_text("Bukti kerja lengkap.")
        expect(admin.get_by_text(words)).to_be_visible(visible=each is not None)


def test_a_decision_beside_a_locked_record_says_that_nothing_of_it_changed(admin: Page, apis: Apis) -> None:
    decision = {"accepted": True, "reason": "TERBUKTI", "text": "Bukti kerja lengkap.", "at": DUE}
    ended = {**CASE, "kind": "TANGGAPAN", "state": "DIPUTUS", "decidable": False, "decision": decision}
    for beside in (True, False):
        apis.answers[f"GET announcements/{PATH}"] = (200, {**ended, "beside": beside})
        admin.goto("/instansi/laporan/lihat/?nomor=L-2345-6789")
        expect(admin.locator("#decision-made")).to_contain_text("Bukti kerja lengkap.")
        expect(admin.get_by_text("dicatat di samping data yang sudah dikunci")).to_be_visible(visible=beside)


def test_deletion_of_sealed_data_is_noted_and_put_into_the_answer(admin: Page, apis: Apis) -> None:
    asked = {**CASE, "kind": "BANTUAN", "topic": "DATA_PRIBADI"}
    apis.answers[f"GET announcements/{PATH}"] = (200, asked)
    apis.answers["GET registration/institutions/9901/people"] = (200, {"items": [], "cursor": None, "found": 0})
    note = "POST registration/institutions/9901/people/p1/annotations"
    noted = {"number": "L-2345-6789", "at": DUE, "text": "Data yang disegel tidak dihapus.", "kept_until": "2032-11-01"}
    apis.answers[note] = (201, noted)
    admin.goto("/instansi/laporan/lihat/?nomor=L-2345-6789")
    form = admin.locator("#annotate")
    form.get_by_label("Nomor registrasi").fill("ABCDE12345")
    form.locator("[data-submit]").click()
    expect(admin.locator("#errors")).to_contain_text("Tidak ada satu orang dengan nomor registrasi ini")
    found = {"items": [{"id": "p1", "nomor_registrasi": "ABCDE12345"}], "cursor": None, "found": 1}
    apis.answers["GET registration/institutions/9901/people"] = (200, found)
    form.locator("[data-submit]").click()
    words = "Data yang disegel tidak dihapus. Data itu disimpan sampai 1 November 2032."
    expect(admin.locator("#decide-text")).to_have_value(words)
    expect(form).to_be_hidden()
    assert apis.sent(note) == [{"case": "L-2345-6789"}]


def test_other_cases_offer_no_note_beside_a_record(admin: Page, apis: Apis) -> None:
    apis.answers[f"GET announcements/{PATH}"] = (200, {**CASE, "kind": "BANTUAN", "topic": "LUPA_SANDI"})
    admin.goto("/instansi/laporan/lihat/?nomor=L-2345-6789")
    expect(admin.locator("#decide")).to_be_visible()
    expect(admin.locator("#annotate")).to_be_hidden()


REFUSED: dict[str, Any] = {
    "type": "conflict",
    "title": "Tidak dapat",
    "status": 409,
    "detail": "Sudah diputus orang lain.",
}


@pytest.mark.parametrize(("status", "releases"), [(409, True), (410, True), (503, False)])
def test_what_is_refused_for_good_keeps_no_colleague_away(admin: Page, apis: Apis, status: int, releases: bool) -> None:
    preview(apis, [])
    apis.answers[DRAFTS] = (status, {**REFUSED, "status": status, "type": "try-again" if status == 503 else "conflict"})
    release = f"POST announcements/{PATH}/release"
    apis.answers[release] = (200, {**CASE, "v": 4})
    accept(admin)
    expect(admin.locator("#errors")).to_be_visible()
    assert apis.sent(release, count=int(releases)) == ([{"decision": "k1"}] if releases else [])
    again = f"POST announcements/{PATH}/decisions"
    before = len(apis.bodies(again))
    admin.locator("#decide-text").fill("Bukti kerja lengkap, tetapi sudah ada.")
    admin.locator("#decide [data-submit]").click()
    admin.locator("#ask-decide").get_by_role("button", name="Ya").click()
    assert apis.sent(again, count=before + 1)[-1]["v"] == (4 if releases else CASE["v"])


def test_after_an_acceptance_that_may_not_have_been_carried_out_whoever_accepts_anew_is_asked(
    admin: Page, apis: Apis
) -> None:
    """So that he may leave it and refuse, though there is nothing to look at."""
    preview(apis, [])
    apis.answers[f"GET announcements/{PATH}"] = (200, {**CASE, "unfinished": True})
    release = f"POST announcements/{PATH}/release"
    apis.answers[release] = (200, {**CASE, "v": 4})
    accept(admin)
    expect(admin.locator("#make-draft")).to_be_visible()
    admin.locator("#no-draft").click()
    assert apis.sent(release) == [{"decision": "k1"}]
    assert apis.bodies(DRAFTS) == []


def test_to_leave_it_for_now_keeps_no_colleague_away(admin: Page, apis: Apis) -> None:
    preview(apis, [ALIKE])
    release = f"POST announcements/{PATH}/release"
    apis.answers[release] = (200, {**CASE, "v": 4})
    accept(admin)
    admin.locator("#no-draft").click()
    assert apis.sent(release) == [{"decision": "k1"}]
