"""bkn's page of readiness: whoever will not finish comes first, and nothing is forecast that cannot be told."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import ME, Apis

NOW = "2022-10-01T09:00:00+07:00"
CLOSES = "2022-10-31T17:00:00+07:00"


def line(code: str, decided: int, undecided: int, left: int | None, **changes: Any) -> dict[str, Any]:
    states = {"MEMENUHI_SYARAT": decided, "DIAJUKAN": undecided}
    return {
        "code": code, "name": f"Instansi {code}", "kind": "KOTA", "phase": "PENGINPUTAN", "closes": CLOSES,
        "admins": 1, "users": 4, "imported": "2022-09-20T10:00:00+07:00", "decided": decided, "undecided": undecided,
        "counts": {"total": decided + undecided, "by_state": {k: n for k, n in states.items() if n}, "by_category": {}},
        "forecast": None if left is None else {"pace": 12.5, "left": left},
        "ready": {"blocking": 2, "uncounted": 5}, "left_undecided": None, "recheck_until": None,
        "cases": dict.fromkeys(("USULAN", "TANGGAPAN", "KEBERATAN", "BANTUAN"), 0), "usulan_waiting": None, **changes,
    }  # fmt: skip


LINES = [
    line("9901", 75, 25, 0),
    line("9902", 0, 0, None, admins=0, users=0, imported=None),
    line("9903", 10, 990, 615),
    line(
        "9904",
        3,
        2,
        None,
        closes="2022-09-30T17:00:00+07:00",
        phase="FINAL",
        left_undecided=1,
        recheck_until="2022-10-07T17:00:00+07:00",
        cases={"USULAN": 0, "TANGGAPAN": 1, "KEBERATAN": 2, "BANTUAN": 4},
    ),
    line(
        "9905",
        50,
        0,
        0,
        imported="2022-08-30T10:00:00+07:00",
        cases={"USULAN": 3, "TANGGAPAN": 0, "KEBERATAN": 0, "BANTUAN": 0},
        usulan_waiting=3,
    ),
]


@pytest.fixture
def bkn(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "bkn", "name": "Petugas", "institution": None})
    apis.answers["GET finalization/readiness"] = (200, {"now": NOW, "items": LINES, "cursor": None})
    page.clock.set_fixed_time("2022-10-01T02:00:00Z")
    page.goto("/bkn/kesiapan/")
    expect(page.locator("#shown")).to_contain_text("5")
    return page


def test_each_line_says_what_can_be_told(bkn: Page) -> None:
    told = bkn.locator("[data-rows=items] tr")
    codes = bkn.locator("[data-rows=items] [data-text=code]")
    expect(codes).to_have_text(["9903", "9901", "9905", "9902", "9904"])
    for at, words in enumerate(
        (
            [
                "615 orang tanpa putusan pada penutupan",
                "12,5 putusan sehari",
                "1%",
                "10 / 1.000",
                "1 admin",
                "4 pengguna",
            ],
            ["Selesai sebelum penutupan", "75%", "Memenuhi syarat 75 · Diajukan 25", "2 + 5 belum dihitung"],
            ["Semua yang terdaftar sudah diputus", "100%"],
            ["Belum dapat diperkirakan", "Belum ada admin."],
            [
                "Verifikasi ditutup; 2 orang tanpa putusan",
                "1 di antaranya sudah mengajukan.",
                "Buka kembali verifikasi",
                "Kasus terbuka: 0 usulan, 1 tanggapan, 2 keberatan.",
            ],
        )
    ):
        for each in words:
            expect(told.nth(at)).to_contain_text(each)
    links = bkn.locator("[data-recheck]:visible")
    expect(links).to_have_count(1)
    expect(links.locator("a")).to_have_attribute("href", "/bkn/instansi/verifikasi/?kode=9904")
    expect(told.first.locator(".left")).to_contain_text("sisa 30 hari")
    assert find_violations(bkn) == []
    assert bkn.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_is_sorted_and_filtered(bkn: Page) -> None:
    codes = bkn.locator("[data-rows=items] [data-text=code]")
    for order, expected in {
        "share": ["9902", "9903", "9904", "9901", "9905"],
        "closes": ["9901", "9902", "9903", "9905", "9904"],
        "people": ["9903", "9901", "9905", "9904", "9902"],
        "imported": ["9902", "9905", "9901", "9903", "9904"],
    }.items():
        bkn.select_option("#order", order)
        expect(codes).to_have_text(expected)
    bkn.goto("/bkn/kesiapan/?look=no_admin")
    expect(codes).to_have_text(["9902"])
    for look, expected in {
        "nobody": ["9902"],
        "behind": ["9903"],
        "unknown": ["9902"],
        "left_undecided": ["9904"],
        "usulan": ["9905"],
        "cases": ["9904"],
    }.items():
        bkn.select_option("#look", look)
        expect(codes).to_have_text(expected)
    bkn.select_option("#look", "")
    bkn.select_option("#phase", "FINAL")
    expect(codes).to_have_text(["9904"])
    bkn.select_option("#phase", "")
    bkn.fill("#q", "instansi 9905")
    expect(codes).to_have_text(["9905"])
    expect(bkn.locator("#shown")).to_contain_text("1")


def test_bkn_writes_to_those_it_chose_and_what_is_chosen_stays_chosen(bkn: Page, apis: Apis) -> None:
    apis.answers["POST registration/office-messages"] = (201, {"id": "m1", "institutions": 2})
    bkn.locator("#write summary").click()
    bkn.fill("#text", "Masih banyak yang belum diputus.")
    bkn.get_by_role("button", name="Kirim pesan").click()
    expect(bkn.locator("#errors")).to_contain_text("Pilih paling sedikit satu instansi")
    bkn.select_option("#look", "behind")
    bkn.get_by_label("Pilih instansi 9903").check()
    bkn.select_option("#look", "no_admin")
    bkn.get_by_role("button", name="Pilih semua yang ditampilkan").click()
    expect(bkn.locator("#chosen")).to_have_text("2 instansi dipilih. 1 di antaranya belum punya admin.")
    bkn.select_option("#look", "")
    expect(bkn.get_by_label("Pilih instansi 9903")).to_be_checked()
    expect(bkn.get_by_label("Pilih instansi 9901")).not_to_be_checked()
    assert find_violations(bkn) == []
    bkn.get_by_role("button", name="Kirim pesan").click()
    bkn.locator("#ask").get_by_role("button", name="Ya").click()
    expect(bkn.locator("#sent")).to_contain_text("2 instansi")
    sent = {"institutions": ["9902", "9903"], "text": "Masih banyak yang belum diputus."}
    assert apis.sent("POST registration/office-messages") == [sent]
    expect(bkn.locator("#chosen")).to_have_text("0 instansi dipilih.")


def test_an_auditor_reads_and_chooses_nothing(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "auditor", "name": "Pemeriksa", "institution": None})
    apis.answers["GET finalization/readiness"] = (200, {"now": NOW, "items": LINES, "cursor": None})
    page.goto("/bkn/kesiapan/")
    expect(page.locator("[data-rows=items] tr")).to_have_count(5)
    for hidden in ("#write", "[data-choice]", "[data-recheck]"):
        expect(page.locator(f"{hidden}:visible")).to_have_count(0)
