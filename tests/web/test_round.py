"""The pages of the round: instants are read in WIB, what was previewed is what is applied, what waits comes first."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Apis, problem

OPENS = "2022-08-24T00:00:00+07:00"
CLOSES = "2022-10-31T17:00:00+07:00"
NOW = "2022-10-01T09:00:00+07:00"
WINDOWS = [
    {"name": name, "opens": OPENS, "closes": CLOSES, "open": True}
    for name in ("ENTRY", "DOSSIER", "CORRECTION", "VERIFICATION")
]
PREVIEW = {
    "now": NOW,
    "changes": [
        {
            "window": "VERIFICATION",
            "from": {"opens": OPENS, "closes": CLOSES},
            "to": {"opens": OPENS, "closes": "2022-11-05T00:00:00+07:00"},
        }
    ],
    "timeline": [{"at": "2022-11-05T00:00:45+07:00", "window": None, "event": "lock"}],
    "institutions": {"affected": 590, "extended": 3, "cut": 2, "locked": 1},
}


@pytest.fixture
def bkn(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "bkn", "name": "Petugas", "institution": None})
    apis.answers["GET finalization/calendar"] = (200, {"now": NOW, "zone": "WIB", "windows": WINDOWS, "v": 7})
    return page


def _calendar(page: Page) -> None:
    page.goto("/bkn/kalender/")
    expect(page.locator("#windows_ENTRY_opens-hari")).to_have_value("24")
    page.fill("#letter_number", "B/1/2022")
    _type(page, "letter_date", "20", "9", "2022")
    _type(page, "windows_VERIFICATION_closes", "4", "11", "2022", "24.00")
    page.get_by_role("button", name="Pratinjau").click()


def _type(page: Page, name: str, *values: str) -> None:
    for part, value in zip(("hari", "bulan", "tahun", "jam"), values, strict=False):
        page.fill(f"#{name}-{part}", value)


def test_what_was_previewed_is_applied(bkn: Page, apis: Apis) -> None:
    apis.answers["POST finalization/calendar/preview"] = (200, PREVIEW)
    apis.answers["PUT finalization/calendar"] = (202, {"v": 8, "applying": 590})
    _calendar(bkn)
    expect(bkn.locator("#preview")).to_be_focused()
    expect(bkn.locator("#preview")).to_contain_text("Menjadi 4 November 2022 pukul 24.00 WIB")
    expect(bkn.locator("#preview .figure").first).to_have_text("590 jadwalnya ikut berubah")
    bkn.get_by_role("button", name="Tetapkan kalender").click()
    bkn.locator("dialog[open]").get_by_role("button", name="Ya").click()
    expect(bkn.locator("#news")).to_contain_text("Kalender versi 8 ditetapkan")
    (asked,), (applied,) = (
        apis.sent(route) for route in ("POST finalization/calendar/preview", "PUT finalization/calendar")
    )
    assert applied == asked
    assert asked["v"] == 7
    assert asked["letter"] == {"number": "B/1/2022", "date": "2022-09-20"}
    assert asked["windows"]["VERIFICATION"] == {"opens": OPENS, "closes": "2022-11-05T00:00:00+07:00"}
    assert asked["windows"]["ENTRY"] == {"opens": OPENS, "closes": CLOSES}


def test_a_preview_goes_when_anything_is_changed(bkn: Page, apis: Apis) -> None:
    apis.answers["POST finalization/calendar/preview"] = (200, PREVIEW)
    _calendar(bkn)
    expect(bkn.locator("#preview")).to_be_visible()
    bkn.fill("#windows_ENTRY_closes-hari", "30")
    expect(bkn.locator("#preview")).to_be_hidden()


def test_a_calendar_changed_by_somebody_else_keeps_what_was_typed(bkn: Page, apis: Apis) -> None:
    apis.answers["POST finalization/calendar/preview"] = (409, problem("version-moved", 409))
    _calendar(bkn)
    expect(bkn.locator("#errors")).to_contain_text("Rincian version-moved.")
    assert bkn.input_value("#windows_VERIFICATION_closes-hari") == "4"
    apis.answers["GET finalization/calendar"] = (200, {"now": NOW, "zone": "WIB", "windows": WINDOWS, "v": 9})
    bkn.get_by_role("button", name="Pratinjau").click()
    expect(bkn.locator("#errors")).to_contain_text("Rincian version-moved.")
    apis.answers["POST finalization/calendar/preview"] = (200, PREVIEW)
    bkn.get_by_role("button", name="Pratinjau").click()
    expect(bkn.locator("#preview")).to_be_visible()
    assert apis.sent("POST finalization/calendar/preview", 3)[-1]["v"] == 9


def test_an_instant_that_is_none_is_told_beside_its_field(bkn: Page, apis: Apis) -> None:
    _calendar(bkn)
    expect(bkn.locator("#errors")).to_contain_text("Rincian not-found.")
    asked = len(apis.bodies("POST finalization/calendar/preview"))
    _type(bkn, "windows_ENTRY_closes", "31", "9", "2022", "17.00")
    _type(bkn, "windows_DOSSIER_closes", "30", "9", "2022", "25.00")
    bkn.get_by_role("button", name="Pratinjau").click()
    for name in ("ENTRY", "DOSSIER"):
        field = bkn.locator(f"[data-field=windows_{name}_closes]")
        expect(field).to_contain_text("Tanggal atau jam ini tidak ada.")
    assert len(apis.bodies("POST finalization/calendar/preview")) == asked


def _line(code: str, **changes: Any) -> dict[str, Any]:
    return {
        "code": code, "name": f"Instansi {code}", "phase": "PENGINPUTAN", "windows": WINDOWS, "closes": CLOSES,
        "lock_at": None, "sptjm_state": "BELUM",
        "counts": {"total": 5, "by_state": {}, "by_category": {}, "judged": {}},
        "ready": {"blocking": 2, "uncounted": 5}, "extension_requests": 0, **changes,
    }  # fmt: skip


@pytest.mark.parametrize(("more", "shown"), [(False, "12"), (True, "500+")])
def test_how_many_cases_wait_is_told_and_leads_to_them(bkn: Page, apis: Apis, more: bool, shown: str) -> None:
    waiting = 500 if more else 12
    apis.answers["GET announcements/cases/count"] = (200, {"waiting": waiting, "overdue": 3, "more": more})
    apis.answers["GET finalization/institutions"] = (200, {"now": NOW, "items": [], "cursor": None})
    bkn.goto("/bkn/")
    cases = bkn.locator("#cases")
    expect(cases).to_have_text(f"{shown} Laporan belum diputuskan Lewat waktu: 3", use_inner_text=True)
    expect(cases.get_by_role("link")).to_have_attribute("href", "/bkn/laporan/")


def test_what_waits_for_a_decision_comes_first(bkn: Page, apis: Apis) -> None:
    lines = [
        _line("9901"),
        _line("9902", phase="TIDAK_MENDATA"),
        _line("9903", phase="FINAL", sptjm_state="DIUNGGAH"),
        _line("9904", extension_requests=1),
    ]
    apis.answers["GET finalization/institutions"] = (200, {"now": NOW, "items": lines, "cursor": None})
    bkn.goto("/bkn/")
    codes = bkn.locator("[data-rows=items] [data-text=code]")
    expect(codes).to_have_text(["9903", "9904", "9901", "9902"])
    expect(bkn.locator("[data-rows=items] .left").first).to_contain_text("sisa 30 hari")
    expect(bkn.locator("[data-label='Wajib belum beres']").first).to_have_text("2 + 5 belum dihitung")
    bkn.select_option("#waiting", "extension")
    expect(codes).to_have_text(["9904"])
    bkn.wait_for_url("**/bkn/?waiting=extension")
    bkn.goto("/bkn/?phase=TIDAK_MENDATA")
    expect(codes).to_have_text(["9902"])


def test_whoever_would_lose_most_at_the_close_can_be_put_first(bkn: Page, apis: Apis) -> None:
    def counts(total: int, **by_state: int) -> dict[str, Any]:
        return {"total": total, "by_state": by_state, "by_category": {}}

    lines = [
        _line("9901", counts=counts(10, MEMENUHI_SYARAT=9, DIAJUKAN=1)),
        _line("9902", phase="FINAL", counts=counts(10, DIAJUKAN=10)),
        _line("9903", counts=counts(10, TERDAFTAR=5, MEMENUHI_SYARAT=5)),
        _line("9904", phase="BELUM_MULAI", counts=counts(0)),
        _line("9905", closes="2022-10-30T17:00:00+07:00", counts=counts(20, TERDAFTAR=10, MEMENUHI_SYARAT=10)),
    ]
    apis.answers["GET finalization/institutions"] = (200, {"now": NOW, "items": lines, "cursor": None})
    bkn.goto("/bkn/?order=risk")
    codes = bkn.locator("[data-rows=items] [data-text=code]")
    expect(codes).to_have_text(["9904", "9905", "9903", "9901", "9902"])
    bkn.select_option("#order", "closes")
    expect(codes.first).to_have_text("9905")
    bkn.locator("#order").select_option("people")
    expect(codes.last).to_have_text("9904")
    bkn.get_by_role("link", name="Belum ada seorang pun pada daftar").click()
    expect(codes).to_have_text(["9904"])
