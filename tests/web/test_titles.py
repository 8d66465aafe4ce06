"""The pages of the lists of job titles: what is wrong with a file, what a list would do, and what may be done."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import ME, Apis

LISTS = "registration/title-lists"
NOTHING = {"blocked": 0, "doubted": 0, "freed": 0, "voided": 0}
EFFECT = {"blocked": 1200, "doubted": 30, "freed": 4, "voided": 17}
COUNT = {
    "at": "2022-09-05T09:00:00+07:00",
    "institutions": 600,
    "done": 598,
    "passed_over": 2,
    "looked": 2360723,
    "effect": EFFECT,
    "over": True,
}
LINE = {"title": "Juru Parkir", "letter": "B/77/2022", "letter_date": "2022-08-29", "effective": "2022-08-30"}
LIST: dict[str, Any] = {
    "id": "l1", "v": 3, "at": "2022-09-05T09:00:00+07:00", "filename": "jabatan.xlsx", "state": "DIMUAT", "titles": 1,
    "number": None, "since": None, "effective": "2022-08-30", "holds": False, "lines": [LINE], "faults": [],
    "same_as": None, "past": 1, "preview": COUNT, "run": None, "withdrawable_until": None, "may_run": True,
    "may_run_from": None,
}  # fmt: skip
PLACE = {"code": "9901", "name": "Kabupaten Contoh"}
EFFECTS = {
    "titles": [{"title": "Juru Parkir", **EFFECT}],
    "institutions": [
        {"institution": PLACE, "state": "SELESAI", "looked": 40715, "reason": None, **EFFECT},
        {"institution": PLACE, "state": "SELESAI", "looked": 3, "reason": "rerun-too-late", **NOTHING},
    ],
}


@pytest.fixture
def bkn(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "bkn", "name": "Petugas", "institution": None})
    apis.answers[f"GET {LISTS}"] = (200, {"items": [LIST], "built_in": 22})
    apis.answers[f"GET {LISTS}/l1"] = (200, LIST)
    apis.answers[f"GET {LISTS}/l1/effects"] = (200, EFFECTS)
    return page


def test_the_lists_and_what_holds_while_none_does(bkn: Page, apis: Apis) -> None:
    bkn.goto("/bkn/jabatan/")
    expect(bkn.locator("[data-show=none_holds]")).to_contain_text("jabatan bawaan portal: 22")
    row = bkn.locator("[data-rows=items] tr")
    expect(row).to_contain_text("Dimuat, belum berlaku")
    expect(row.get_by_role("link")).to_have_attribute("href", "/bkn/jabatan/daftar/?id=l1")
    assert find_violations(bkn) == []
    assert bkn.evaluate("document.documentElement.scrollWidth") <= 360
    apis.answers[f"GET {LISTS}"] = (200, {"items": [{**LIST, "state": "BERLAKU", "holds": True}], "built_in": 22})
    bkn.reload()
    expect(row).to_contain_text("berlaku sekarang")
    expect(bkn.locator("[data-show=none_holds]")).to_be_hidden()


def test_a_file_is_sent_and_its_list_opened(bkn: Page, apis: Apis) -> None:
    upload = {"url": "/bucket/", "fields": {}, "expires_in": 300}
    apis.answers[f"POST {LISTS}"] = (201, {"id": "l1", "upload": upload})
    bkn.route("**/bucket/", lambda route: route.fulfill(status=204))
    bkn.goto("/bkn/jabatan/")
    large = {"name": "besar.csv", "mimeType": "text/csv", "buffer": b"x" * 2_000_001}
    bkn.set_input_files("#file", large)  # type: ignore[arg-type]
    bkn.get_by_role("button", name="Unggah daftar").click()
    expect(bkn.locator(".govuk-error-summary")).to_contain_text("melebihi batas")
    small = {"name": "jabatan.csv", "mimeType": "text/csv", "buffer": b"Jabatan;Nomor surat"}
    bkn.set_input_files("#file", small)  # type: ignore[arg-type]
    bkn.get_by_role("button", name="Unggah daftar").click()
    bkn.wait_for_url("**/bkn/jabatan/daftar/?id=l1")
    assert apis.sent(f"POST {LISTS}") == [{"filename": "jabatan.csv", "size": 19}]


def test_its_effect_is_seen_before_it_runs_and_what_became_of_it_after(bkn: Page, apis: Apis) -> None:
    bkn.goto("/bkn/jabatan/daftar/?id=l1")
    expect(bkn.locator("#count")).to_contain_text("Belum ada yang diubah")
    expect(bkn.locator("#count .figure").first).to_have_text("1.200 orang dinilai tidak sesuai menurut jabatannya")
    expect(bkn.locator("[data-show=past]")).to_contain_text("sebelum daftar ini dimuat")
    expect(bkn.locator("[data-rows=institutions] tr").nth(1)).to_contain_text("tutup dalam 3 hari")
    expect(bkn.locator("[data-rows=titles] tr")).to_contain_text("Juru Parkir")
    assert find_violations(bkn) == []
    assert bkn.evaluate("document.documentElement.scrollWidth") <= 360
    for shown, hidden in (("run", "resumption"), ("withdrawal", "resumption")):
        expect(bkn.locator(f"#{shown}")).to_be_visible()
        expect(bkn.locator(f"#{hidden}")).to_be_hidden()
    ran = {
        **LIST,
        "v": 5,
        "state": "BERLAKU",
        "holds": True,
        "run": {**COUNT, "done": 599, "passed_over": 1},
        "may_run": False,
    }
    apis.answers[f"POST {LISTS}/l1/run"] = (202, {"v": 4})
    apis.answers[f"GET {LISTS}/l1"] = (200, ran)
    bkn.get_by_role("button", name="Jalankan daftar").click()
    bkn.locator("dialog[open]").get_by_role("button", name="Ya").click()
    expect(bkn.locator("#news")).to_be_focused()
    expect(bkn.locator("#count")).to_contain_text("Hasil pelaksanaan")
    assert apis.sent(f"POST {LISTS}/l1/run") == [{"v": 3}]
    expect(bkn.locator("#resumption")).to_be_visible()
    expect(bkn.locator("#run")).to_be_hidden()


def test_faults_are_told_with_their_lines_and_nothing_else_stands_there(bkn: Page, apis: Apis) -> None:
    faults = [{"code": "title-twice", "message": "Jabatan ini sudah ada pada baris 2. Sisakan satu saja.", "row": 4}]
    nothing = {"lines": [], "titles": 0, "preview": None, "may_run": False, "past": 0, "effective": None}
    apis.answers[f"GET {LISTS}/l1"] = (200, {**LIST, **nothing, "state": "DITOLAK", "faults": faults})
    apis.answers[f"GET {LISTS}/l1/effects"] = (200, {"titles": [], "institutions": []})
    bkn.goto("/bkn/jabatan/daftar/?id=l1")
    expect(bkn.locator("[data-rows=faults]")).to_have_text(
        "Baris 4: Jabatan ini sudah ada pada baris 2. Sisakan satu saja."
    )
    expect(bkn.locator("#count")).to_be_hidden()
    expect(bkn.get_by_role("button", name="Jalankan daftar")).to_be_hidden()
    expect(bkn.get_by_text("Perbaiki berkasnya")).to_be_visible()
    known = [{"code": "list-known", "message": "Daftar ini sudah ada.", "row": None}]
    twice = {**LIST, **nothing, "state": "DITOLAK", "faults": known, "same_as": "l2"}
    apis.answers[f"GET {LISTS}/l1"] = (200, twice)
    bkn.reload()
    expect(bkn.locator("#same")).to_have_attribute("href", "/bkn/jabatan/daftar/?id=l2")
    expect(bkn.get_by_text("Perbaiki berkasnya")).to_be_hidden()


def test_an_auditor_reads_and_presses_nothing(bkn: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "auditor", "name": "P", "institution": None})
    bkn.goto("/bkn/jabatan/daftar/?id=l1")
    expect(bkn.locator("#count")).to_be_visible()
    for deed in ("run", "withdrawal", "preview", "resumption"):
        expect(bkn.locator(f"#{deed}")).to_be_hidden()
    bkn.goto("/bkn/jabatan/")
    expect(bkn.locator("[data-rows=items] tr")).to_be_visible()
    expect(bkn.locator("#form")).to_be_hidden()
