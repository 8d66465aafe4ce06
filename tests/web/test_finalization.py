"""The pages of an institution's end of the round say where it stands, and wait only for what will come."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import ME, Apis, problem

OPENS = "2022-08-24T00:00:00+07:00"
CLOSES = "2022-10-31T17:00:00+07:00"
BEFORE = "2022-10-31T16:59:59+07:00"
DUE = "2022-11-07T17:01:00+07:00"
ROUND = "GET finalization/institutions/9901"
LOCKING = "Sedang dikunci"
SEAL: dict[str, Any] = {
    "epoch": 1, "root": "ab" * 32, "roster_root": "cd" * 32, "count": 5, "thk2": 2, "non_asn": 3,
    "sealed_at": "2022-10-31T17:01:00+07:00",
}  # fmt: skip


def _windows(now: str, opens: str = OPENS, closes: str = CLOSES) -> list[dict[str, Any]]:
    names = ("ENTRY", "DOSSIER", "CORRECTION", "VERIFICATION")
    return [{"name": name, "opens": opens, "closes": closes, "open": opens <= now < closes} for name in names]


def _round(**changes: Any) -> dict[str, Any]:
    now = changes.get("now", BEFORE)
    return {
        "code": "9901", "name": "Contoh", "kind": "K", "v": 4, "phase": "PENGINPUTAN", "epoch": 1, "now": now,
        "windows": _windows(now), "checklist": [],
        "counts": {"total": 5, "by_state": {}, "by_category": {}, "judged": {}},
        "prefinalized": None, "finalized_at": None, "locked_at": None,
        "list_at": None, "lock_at": "2022-10-31T17:00:45+07:00",
        "seal": None, "seals": [], "ppk": None, "extensions": [], "reopenings": [],
        "hastes": [], "usulan_waiting": None,
        "sptjm": {"state": "BELUM", "reason": None, "closes": None, "number": None, "history": []}, **changes,
    }  # fmt: skip


LOCKED = _round(now="2022-10-31T17:00:41+07:00", phase="FINAL", locked_at="2022-10-31T17:00:40+07:00", lock_at=None)
SEALED = {
    **LOCKED,
    "seal": SEAL,
    "windows": [*LOCKED["windows"], {"name": "SPTJM", "opens": SEAL["sealed_at"], "closes": DUE, "open": True}],
    "sptjm": {**LOCKED["sptjm"], "closes": DUE, "number": "SPTJM-9901-1"},
}
LAPSED = {
    "id": "9901-1", "number": 1, "state": "GUGUR", "letter": {"number": "B/7/2022", "date": "2022-10-30", "file": None},
    "requested": {"VERIFICATION": "2022-11-05T17:00:00+07:00"}, "windows": {}, "by_role": "admin",
    "reason": "Data instansi terkunci sebelum permohonan ini diputuskan.",
    "at": BEFORE, "decided_at": "2022-10-31T17:00:40+07:00",
}  # fmt: skip
NEVER = _round(
    now="2022-11-01T09:00:00+07:00",
    phase="TIDAK_MENDATA",
    locked_at="2022-10-31T17:00:40+07:00",
    lock_at=None,
    counts={"total": 0, "by_state": {}, "by_category": {}, "judged": {}},
)


@pytest.fixture
def admin(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "admin", "name": "Admin"})
    return page


def test_where_nobody_was_listed_nothing_is_waited_for(admin: Page, apis: Apis) -> None:
    apis.answers[ROUND] = (200, NEVER)
    admin.clock.install()
    admin.goto("/instansi/finalisasi/")
    expect(admin.locator("#never")).to_contain_text("tidak ada seorang pun yang didaftarkan")
    expect(admin.locator("#steps")).to_be_hidden()
    expect(admin.get_by_text(LOCKING)).to_be_hidden()
    admin.clock.run_for(20_000)
    admin.wait_for_timeout(300)  # whatever it asked has arrived
    assert len(apis.sent(ROUND)) == 1


@pytest.mark.parametrize(
    ("path", "promise"), [("/instansi/sptjm/", "#nothing"), ("/instansi/perpanjangan/", "#locked")]
)
def test_where_nobody_was_listed_no_page_promises_a_seal(admin: Page, apis: Apis, path: str, promise: str) -> None:
    apis.answers[ROUND] = (200, NEVER)
    admin.goto(path)
    expect(admin.locator("#never")).to_be_visible()
    expect(admin.locator(promise)).to_be_hidden()
    expect(admin.locator("#form")).to_be_hidden()


@pytest.mark.parametrize(("round_", "over"), [(NEVER, True), (_round(), False)])
def test_bkn_is_offered_nothing_for_who_never_started(
    page: Page, apis: Apis, round_: dict[str, Any], over: bool
) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "bkn", "name": "Petugas", "institution": None})
    apis.answers[ROUND] = (200, round_)
    page.goto("/bkn/instansi/?kode=9901")
    expect(page.locator("#round")).to_be_visible()
    expect(page.locator("#never")).to_be_visible(visible=over)
    expect(page.locator("#no-seal")).to_be_visible(visible=not over)
    expect(page.locator("#grant")).to_be_visible(visible=not over)


@pytest.mark.parametrize("phase", ["BELUM_MULAI", "PENGINPUTAN", "PRAFINAL"])
def test_from_the_last_close_on_it_is_being_locked(admin: Page, apis: Apis, phase: str) -> None:
    apis.answers[ROUND] = (200, _round(phase=phase))
    admin.goto("/instansi/finalisasi/")
    expect(admin.locator("#else")).to_contain_text("31 Oktober 2022 pukul 17.00 WIB")
    expect(admin.locator("#else")).to_contain_text("disegel apa adanya")
    expect(admin.locator("#final-form")).to_be_visible(visible=phase == "PRAFINAL")
    expect(admin.locator("#not-yet")).to_be_visible(visible=phase != "PRAFINAL")
    expect(admin.locator("#locking")).to_be_hidden()
    apis.answers[ROUND] = (200, _round(phase=phase, now=CLOSES))
    admin.evaluate("document.dispatchEvent(new CustomEvent('windowclosed'))")
    expect(admin.locator("#locking")).to_be_visible()
    expect(admin.locator("#else")).to_be_hidden()
    expect(admin.locator("#final-form")).to_be_hidden()
    expect(admin.locator("#more-time")).to_be_hidden()


def _line(code: str, count: int | None, *, blocking: bool = True, excused: bool = False) -> dict[str, Any]:
    return {"code": code, "text": f"Hal {code}", "count": count, "blocking": blocking, "excused": excused}


CHECKLIST = [_line("files-missing", None), _line("conflict", 0), _line("draft", 3, blocking=False)]


def test_what_nobody_counts_is_neither_zero_nor_green(admin: Page, apis: Apis) -> None:
    apis.answers[ROUND] = (200, _round(checklist=CHECKLIST))
    admin.goto("/instansi/finalisasi/")
    lines = admin.locator("[data-rows=checklist] li")
    expect(lines).to_have_text(["Wajib Hal conflict 0", "Saran Hal draft 3", "Belum dihitung Hal files-missing"])
    green = admin.locator("[data-rows=checklist] .govuk-tag--green")
    expect(green).to_have_count(1)
    expect(lines.nth(2).locator(".govuk-tag")).to_have_class("govuk-tag govuk-tag--grey")


def test_an_open_line_leads_to_where_it_is_settled_if_one_may_go_there(admin: Page, apis: Apis) -> None:
    open_ones = [_line("draft", 3), _line("nobody-listed", 1), _line("usulan-open", 1), _line("files-missing", 2)]
    apis.answers[ROUND] = (200, _round(checklist=[*open_ones, _line("conflict", 0)]))
    admin.goto("/instansi/finalisasi/")
    lines = admin.locator("[data-rows=checklist] li a")
    expect(lines).to_have_count(5)
    assert [line.get_attribute("href") for line in lines.all()] == [
        "/instansi/orang/?state=DRAF", "/instansi/impor/", "/instansi/laporan/", None, None,
    ]  # fmt: skip


def test_finalizing_names_what_nobody_counts(admin: Page, apis: Apis) -> None:
    apis.answers[ROUND] = (200, _round(phase="PRAFINAL", checklist=CHECKLIST))
    apis.answers["POST finalization/institutions/9901/finalization"] = (200, {})
    admin.goto("/instansi/finalisasi/")
    admin.get_by_label("Saya sudah memeriksa daftar ini").check()
    admin.get_by_role("button", name="Finalisasi").click()
    asked = admin.locator("#ask-final")
    expect(asked).to_contain_text("Portal belum menghitung hal berikut")
    expect(asked.locator("li")).to_have_text(["Hal files-missing"])
    with admin.expect_request("**/finalization") as sent:
        admin.get_by_role("button", name="Ya, lanjutkan").click()
    assert sent.value.post_data_json == {"v": 4, "confirm": True, "reason": None}


def test_a_list_that_was_not_announced_for_five_days_is_finalized_with_a_reason(admin: Page, apis: Apis) -> None:
    hasty = _line("announcement", 1, blocking=False, excused=True)
    apis.answers[ROUND] = (200, _round(phase="PRAFINAL", checklist=[hasty]))
    apis.answers["POST finalization/institutions/9901/finalization"] = (200, {})
    admin.goto("/instansi/finalisasi/")
    expect(admin.locator("#haste")).to_contain_text("belum lima hari kalender")
    expect(admin.locator("#haste a")).to_have_attribute("href", "/instansi/pengumuman/")
    admin.get_by_label("Saya sudah memeriksa daftar ini").check()
    admin.get_by_role("button", name="Finalisasi").click()
    expect(admin.locator("#errors")).to_contain_text("Isi alasan.")
    admin.fill("#reason", "Libur nasional; daftar sudah tertempel tiga hari.")
    assert find_violations(admin) == []
    admin.get_by_role("button", name="Finalisasi").click()
    with admin.expect_request("**/finalization") as sent:
        admin.get_by_role("button", name="Ya, lanjutkan").click()
    assert "Libur nasional" in (sent.value.post_data or "")
    apis.answers[ROUND] = (200, _round(phase="PRAFINAL", checklist=[{**hasty, "count": 0}]))
    admin.reload()
    expect(admin.locator("#final-form")).to_be_visible()
    expect(admin.locator("#haste")).to_be_hidden()


USULAN = {
    "number": 1, "epoch": 2, "letter": None, "reason": "Usulan belum diputuskan saat perbaikan ditutup.", "at": BEFORE,
    "windows": {"CORRECTION": CLOSES, "DOSSIER": CLOSES},
}  # fmt: skip


def test_bkn_opens_a_round_for_usulan_by_one_button(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "bkn", "name": "Petugas", "institution": None})
    haste = {"epoch": 2, "days": 3, "reason": "Libur nasional.", "at": BEFORE}
    apis.answers[ROUND] = (200, {**SEALED, "usulan_waiting": 2, "hastes": [{**haste, "days": None}, haste]})
    apis.answers["POST finalization/institutions/9901/usulan-reopening"] = (200, {})
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/bkn/instansi/?kode=9901")
    expect(page.locator("#hastes li")).to_have_count(2)
    expect(page.locator("#hastes li").first).to_contain_text("selama 3 hari kalender.")
    expect(page.locator("#hastes li").first).to_contain_text("Alasan: Libur nasional.")
    expect(page.locator("#hastes li").last).to_contain_text("Pengumuman sendiri belum tercatat.")
    page.get_by_role("button", name="Buka kembali untuk usulan").click()
    expect(page.locator("#form")).to_contain_text("Usulan yang belum diputuskan saat perbaikan ditutup: 2")
    expect(page.locator("[data-show=locked]")).to_contain_text("menjadi batal")
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Buka kembali untuk usulan").click()
    apis.answers[ROUND] = (200, _round(phase="PRAFINAL", reopenings=[USULAN]))
    with page.expect_request("**/usulan-reopening") as sent:
        page.locator("#ask").get_by_role("button", name="Ya").click()
    assert sent.value.post_data_json == {"v": 4}
    expect(page.locator("#told")).to_have_text("Dibuka lima hari untuk usulan.")
    expect(page.locator("#usulan")).to_be_hidden()
    expect(page.locator("[data-rows=letters]")).to_contain_text("Untuk usulan yang belum diputuskan, tanpa surat")
    page.goto("/bkn/instansi/usulan/?kode=9901")
    expect(page.locator("#not-now")).to_be_visible()
    expect(page.locator("#form")).to_be_hidden()


@pytest.mark.parametrize("windows", [USULAN["windows"], {"VERIFICATION": CLOSES}])
def test_the_institution_reads_what_was_opened_without_a_letter(
    admin: Page, apis: Apis, windows: dict[str, str]
) -> None:
    apis.answers[ROUND] = (200, _round(phase="PRAFINAL", reopenings=[{**USULAN, "windows": windows}]))
    admin.goto("/instansi/finalisasi/")
    usulan = "CORRECTION" in windows
    expect(admin.get_by_text("dibuka lima hari untuk usulan yang belum diputuskan")).to_be_visible(visible=usulan)
    expect(admin.get_by_text("Hanya putusan yang terbuka")).to_be_visible(visible=not usulan)


def test_finalizing_waits_for_what_is_required(admin: Page, apis: Apis) -> None:
    apis.answers[ROUND] = (200, _round(phase="PRAFINAL", checklist=[*CHECKLIST, _line("required", 1)]))
    admin.goto("/instansi/finalisasi/")
    expect(admin.locator("#blocked")).to_be_visible()
    expect(admin.locator("#final-form")).to_be_hidden()
    apis.answers[ROUND] = (200, _round(phase="PRAFINAL", checklist=[*CHECKLIST, _line("required", 0)]))
    admin.reload()
    expect(admin.locator("#final-form")).to_be_visible()
    expect(admin.locator("#blocked")).to_be_hidden()


def test_a_refusal_goes_when_the_next_deed_succeeds(admin: Page, apis: Apis) -> None:
    path = "POST finalization/institutions/9901/prefinalization"
    apis.answers[ROUND] = (200, _round())
    apis.answers[path] = (503, problem("try-again", 503))
    admin.goto("/instansi/finalisasi/")
    admin.locator("#prefinal button").click()
    admin.get_by_role("button", name="Ya, lanjutkan").click()
    expect(admin.locator("#errors")).to_contain_text("Rincian try-again.")
    apis.answers[path] = (200, _round(phase="PRAFINAL"))
    admin.locator("#prefinal button").click()
    admin.get_by_role("button", name="Ya, lanjutkan").click()
    expect(admin.locator("#errors")).to_be_hidden()
    assert not admin.title().startswith("Kesalahan:")


@pytest.mark.parametrize(
    ("phase", "sealed", "offered"),
    [("PRAFINAL", False, True), ("FINAL", False, False), ("FINAL", True, True), ("SPTJM_DITERIMA", True, False)],
)
def test_bkn_is_offered_an_extension_where_one_can_be_given(
    bkn: Page, apis: Apis, phase: str, sealed: bool, offered: bool
) -> None:
    round_ = SEALED if sealed else LOCKED if phase == "FINAL" else _round()
    apis.answers[ROUND] = (200, {**round_, "phase": phase})
    bkn.goto("/bkn/instansi/?kode=9901")
    expect(bkn.locator("#round")).to_be_visible()
    expect(bkn.locator("#grant")).to_be_visible(visible=offered)
    bkn.goto("/bkn/instansi/perpanjangan/?kode=9901")
    expect(bkn.locator("#locked")).to_be_visible(visible=not offered)


@pytest.mark.parametrize("late", [True, False])
def test_a_signed_statement_is_taken_until_its_own_close(admin: Page, apis: Apis, late: bool) -> None:
    now = DUE if late else SEAL["sealed_at"]
    windows = SEALED["windows"]
    apis.answers["GET finalization/calendar"] = (200, {"now": now, "zone": "WIB", "phase": "FINAL", "windows": windows})
    apis.answers[ROUND] = (200, {**SEALED, "sptjm": {**SEALED["sptjm"], "state": "DIBUAT"}})
    admin.goto("/instansi/sptjm/")
    expect(admin.get_by_role("heading", name="Batas unggah SPTJM sudah lewat")).to_have_count(int(late))
    expect(admin.locator("#form")).to_be_visible(visible=not late)


def test_bkn_sees_what_nobody_counts_as_such(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "bkn", "name": "Petugas", "institution": None})
    apis.answers[ROUND] = (200, _round(checklist=CHECKLIST))
    page.goto("/bkn/instansi/?kode=9901")
    expect(page.locator("[data-rows=checklist] li")).to_have_text(
        ["Saran Hal draft 3", "Belum dihitung Hal files-missing"]
    )
    expect(page.locator("#ready")).to_have_text("Semua yang wajib dan dihitung portal sudah beres.")


def test_what_has_not_opened_yet_is_not_being_locked(admin: Page, apis: Apis) -> None:
    early = _round(now="2022-08-20T09:00:00+07:00")
    last = {"name": "VERIFICATION", "opens": "2022-10-23T00:00:00+07:00", "closes": CLOSES, "open": False}
    later = _round(windows=[*_windows(BEFORE)[:3], last], now="2022-10-01T09:00:00+07:00")
    for each in (early, later):
        apis.answers[ROUND] = (200, each)
        admin.goto("/instansi/finalisasi/")
        expect(admin.get_by_role("button", name="Lakukan prafinalisasi")).to_be_visible()
        expect(admin.locator("#locking")).to_be_hidden()


PREFINAL = {"number": 1, "count": 5, "at": "2022-10-01T00:01:10+07:00", "hash": None, "automatic": True}
AUTOMATIC, COMING = "Prafinalisasi otomatis pada 1 Oktober 2022 pukul 00.01 WIB", "3 Oktober 2022 pukul 00.00 WIB"


def test_before_entry_ends_the_page_says_what_the_portal_will_do(admin: Page, apis: Apis) -> None:
    apis.answers[ROUND] = (200, _round(list_at="2022-10-01T00:00:45+07:00"))
    admin.goto("/instansi/finalisasi/")
    expect(admin.locator("#prefinal")).to_contain_text("portal melakukannya sendiri pada 1 Oktober 2022")
    expect(admin.get_by_text("Prafinalisasi otomatis")).to_be_hidden()


@pytest.mark.parametrize("made_by_hand", [True, False])
def test_who_pre_finalized_is_said(admin: Page, apis: Apis, made_by_hand: bool) -> None:
    prefinal = {**PREFINAL, "automatic": not made_by_hand}
    apis.answers[ROUND] = (200, _round(phase="PRAFINAL", prefinalized=prefinal))
    admin.goto("/instansi/finalisasi/")
    expect(admin.locator("#prefinal dd").first).to_have_text("1")
    expect(admin.get_by_text(AUTOMATIC)).to_be_visible(visible=not made_by_hand)
    expect(admin.get_by_text("tetap tugas instansi")).to_be_visible(visible=not made_by_hand)


def test_entry_extended_afterwards_the_next_list_is_announced_to_admin_and_bkn(
    page: Page, admin: Page, apis: Apis
) -> None:
    extended = _round(phase="PRAFINAL", prefinalized=PREFINAL, list_at="2022-10-03T00:00:45+07:00")
    apis.answers[ROUND] = (200, extended)
    admin.goto("/instansi/finalisasi/")
    expect(admin.locator("#prefinal")).to_contain_text(f"pada {COMING}, portal membuat daftar nomor 2")
    apis.answers["GET registration/me"] = (200, {**ME, "role": "bkn", "name": "Petugas", "institution": None})
    page.goto("/bkn/instansi/?kode=9901")
    expect(page.get_by_text("Daftar prafinalisasi nomor 1, 5 orang")).to_be_visible()
    expect(page.get_by_text(AUTOMATIC)).to_be_visible()
    expect(page.get_by_text(f"pada {COMING}, portal membuat daftar nomor 2")).to_be_visible()


@pytest.mark.parametrize(("wait", "not_yet", "then"), [({}, 2_500, 2_000), ({"Retry-After": "9"}, 7_000, 2_500)])
def test_what_is_being_locked_is_followed_until_the_seal(
    admin: Page, apis: Apis, wait: dict[str, str], not_yet: int, then: int
) -> None:
    apis.answers[ROUND] = (200, LOCKED, wait)
    admin.clock.install()
    admin.goto("/instansi/finalisasi/")
    expect(admin.get_by_text(LOCKING)).to_be_visible()
    expect(admin.locator("#never")).to_be_hidden()
    apis.answers[ROUND] = (200, SEALED)
    admin.clock.run_for(not_yet)
    admin.wait_for_timeout(200)  # whatever it asked has arrived
    assert len(apis.sent(ROUND)) == 1
    admin.clock.run_for(then)
    expect(admin.locator("#sealed")).to_be_visible()
    expect(admin.get_by_text(LOCKING)).to_be_hidden()


def test_a_request_that_the_lock_closed_holds_up_no_other(admin: Page, apis: Apis) -> None:
    apis.answers[ROUND] = (200, {**SEALED, "extensions": [LAPSED]})
    admin.goto("/instansi/perpanjangan/")
    tag = admin.locator("[data-rows=letters] [data-tag]")
    expect(tag).to_have_text("Gugur: terkunci sebelum diputuskan")
    expect(tag).to_have_class("govuk-tag govuk-tag--grey")
    expect(admin.locator("#waiting")).to_be_hidden()
    expect(admin.locator("#form [data-window]:visible")).to_have_count(1)
    apis.answers[ROUND] = (200, {**LOCKED, "extensions": [LAPSED]})
    admin.reload()
    expect(admin.locator("#locked")).to_be_visible()
    expect(admin.locator("#form")).to_be_hidden()


def test_a_statement_that_must_be_made_anew_is_not_handed_in_as_it_was(admin: Page, apis: Apis) -> None:
    """After a change of the PPK or the name: what was made or returned is BELUM again, under the seal that stands."""
    returned = {"number": "SPTJM-9901-1", "state": "DIKEMBALIKAN", "reason": "Buram", "file": "f1", "at": DUE}
    apis.answers[ROUND] = (200, {**SEALED, "sptjm": {**SEALED["sptjm"], "history": [returned]}})
    admin.goto("/instansi/sptjm/")
    expect(admin.locator("#made")).to_contain_text("Unduhan yang lama tidak berlaku lagi")
    expect(admin.get_by_role("button", name="Unduh SPTJM (PDF)")).to_be_visible()
    expect(admin.locator("#returned")).to_be_hidden()
    expect(admin.locator("#form")).to_be_hidden()
    apis.answers[ROUND] = (200, {**SEALED, "sptjm": {**SEALED["sptjm"], "state": "DIBUAT"}})
    admin.reload()
    expect(admin.locator("#form")).to_be_visible()
    expect(admin.locator("#made")).to_be_hidden()


@pytest.fixture
def bkn(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "bkn", "name": "Petugas", "institution": None})
    return page


def test_bkn_is_told_what_became_of_a_request(bkn: Page, apis: Apis) -> None:
    apis.answers[ROUND] = (200, _round(extensions=[{**LAPSED, "state": "DIMINTA", "reason": None}]))
    bkn.goto("/bkn/instansi/perpanjangan/?kode=9901&permohonan=9901-1")
    expect(bkn.locator("#request")).to_contain_text("Surat nomor B/7/2022")
    expect(bkn.locator("#gone")).to_be_hidden()
    apis.answers[ROUND] = (200, {**LOCKED, "extensions": [LAPSED]})
    bkn.reload()
    expect(bkn.locator("#gone")).to_contain_text("Gugur: terkunci sebelum diputuskan")
    expect(bkn.locator("#form")).to_be_hidden()
    expect(bkn.locator("#locked")).to_be_hidden()


def test_bkn_is_not_asked_for_closings_where_none_can_move(bkn: Page, apis: Apis) -> None:
    apis.answers[ROUND] = (200, LOCKED)
    bkn.goto("/bkn/instansi/perpanjangan/?kode=9901")
    expect(bkn.locator("#locked")).to_be_visible()
    expect(bkn.locator("#form")).to_be_hidden()
    apis.answers[ROUND] = (200, SEALED)
    bkn.reload()
    expect(bkn.locator("#form [data-window]:visible")).to_have_count(1)
    expect(bkn.locator("#locked")).to_be_hidden()
