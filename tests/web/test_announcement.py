"""An institution announces its list by itself: papers and text, the preview, and what it records."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import ME, Apis

KIT = "announcements/institutions/9901/kit"
SINCE = "2022-10-05T12:01:00+07:00"
ADDRESS = "http://127.0.0.1/pengumuman/9901/"
UNITS = [
    {"mark": "aaaaaaaaaaaa", "name": "SD Contoh", "count": 3, "papers": 1},
    {"mark": "bbbbbbbbbbbb", "name": "SMP Contoh", "count": 1200, "papers": 2},
]
PUBLIC: dict[str, Any] = {
    "name": "prefinal-1", "final": False, "number": 1, "since": SINCE, "count": 1203, "papers": 2, "units": UNITS,
    "address": ADDRESS, "text": "PENGUMUMAN\nDaftar Prafinalisasi Nomor 1\n\nDaftar lengkap.", "qr": "<svg></svg>",
}  # fmt: skip
VIEW: dict[str, Any] = {
    "institution": "Kabupaten Contoh", "public": PUBLIC, "lists": ["prefinal-1"], "announcements": [],
    "today": "2022-10-06",
}  # fmt: skip
RECORDED = {
    "name": "prefinal-1", "final": False, "number": 1, "v": 1, "place": "BOARD", "on": "2022-10-05", "address": "",
    "file": "I9901.PENGUMUMAN.1", "at": SINCE,
}  # fmt: skip
PLACE = {"nomor_registrasi": "ABCDE12345", "person": "p7", "field": "unit_kerja", "kind": "phone"}


def row(name: str, number: str) -> dict[str, str]:
    return {"nama": name, "nomor_registrasi": number, "unit_kerja": "SD", "jabatan": "Guru", "kategori": "THK-II"}


def signed_in(apis: Apis, role: str, kit: dict[str, Any] = VIEW) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": role, "name": "Petugas"})
    apis.answers[f"GET {KIT}"] = (200, kit)


def test_papers_text_and_code_of_the_public_list(page: Page, apis: Apis, tmp_path: Path) -> None:
    signed_in(apis, "ppk")
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/instansi/pengumuman/")
    expect(page.get_by_role("heading", name="Daftar prafinalisasi nomor 1")).to_be_visible()
    whole = page.locator("#whole a")
    expect(whole).to_have_text(["Seluruh daftar, bagian 1 dari 2", "Seluruh daftar, bagian 2 dari 2"])
    expect(whole.last).to_have_attribute("href", f"/api/{KIT}/paper?part=2")
    page.locator("summary").click()
    papers = page.locator("[data-rows=units] a")
    expect(papers).to_have_text(["SD Contoh", "SMP Contoh, bagian 1 dari 2", "SMP Contoh, bagian 2 dari 2"])
    expect(papers.first).to_have_attribute("href", f"/api/{KIT}/paper?part=1&unit=aaaaaaaaaaaa")
    expect(page.locator("#text")).to_contain_text("Daftar lengkap.")
    expect(page.locator("#qr")).to_have_attribute("src", re.compile("^data:image/svg"))
    expect(page.get_by_text("Yang tidak boleh, di papan maupun di web: NIK")).to_be_visible()
    expect(page.locator("#form")).to_be_hidden()
    expect(page.locator("meta[name=robots]")).to_have_attribute("content", re.compile("noindex"))
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_admin_records_a_board_with_its_photo(page: Page, apis: Apis) -> None:
    signed_in(apis, "admin", {**VIEW, "lists": ["final-1", "prefinal-1"]})
    place = {"id": "I9901.PENGUMUMAN.1", "url": "/bucket/", "fields": {}, "expires_in": 900, "receipt": "r"}
    apis.answers["POST documents/uploads"] = (201, place)
    apis.answers[f"GET documents/uploads/{place['id']}"] = (200, {"id": place["id"], "state": "DITERIMA"})
    pages = {"file": {}, "pages": 1, "versions": [], "opening": "signed"}
    apis.answers[f"GET documents/files/{place['id']}/pages"] = (200, pages)
    page.route("**/bucket/", lambda route: route.fulfill(status=204))
    page.goto("/instansi/pengumuman/")
    page.get_by_role("button", name="Catat").click()
    expect(page.locator("#errors")).to_contain_text("Pilih tempat pengumuman.")
    page.get_by_label("Daftar yang diumumkan").select_option(label="Daftar prafinalisasi nomor 1")
    page.get_by_label("Papan pengumuman").check()
    for part, value in (("hari", "5"), ("bulan", "10"), ("tahun", "2022")):
        page.fill(f"#on-{part}", value)
    control = page.locator("[data-upload=PENGUMUMAN]")
    with page.expect_response("**/pages"):
        control.locator("input").set_input_files(
            {"name": "papan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 s"}
        )
    expect(control.get_by_role("status")).to_contain_text("Diterima.")
    path = "announcements/institutions/9901/announcements/prefinal-1"
    apis.answers[f"PUT {path}"] = (200, RECORDED)
    apis.answers[f"GET {KIT}"] = (200, {**VIEW, "announcements": [RECORDED]})
    page.get_by_role("button", name="Catat").click()
    expect(page.locator("#saved")).to_be_visible()
    (sent,) = apis.sent(f"PUT {path}")
    assert sent == {"place": "BOARD", "on": "2022-10-05", "opening": "signed", "v": 0}
    line = page.locator("[data-rows=announcements] li")
    expect(line).to_contain_text("Daftar prafinalisasi nomor 1: papan pengumuman, sejak 5 Oktober 2022")
    expect(line.get_by_role("link")).to_have_attribute("href", f"/api/documents/files/{place['id']}/link")


def test_the_preview_is_read_in_steps_and_says_what_would_stop_the_list(page: Page, apis: Apis) -> None:
    signed_in(apis, "operator", {**VIEW, "public": None, "lists": []})
    first = {"rows": [row("Siti", "B2")], "count": 2000, "thk2": 1, "found": 0, "places": [], "next": "p2000"}
    last = {"rows": [row("Ani", "A1")], "count": 5, "thk2": 4, "found": 1, "places": [PLACE], "next": None}
    apis.answers[f"GET {KIT}/preview"] = lambda request: (200, last if "after=p2000" in request.url else first)
    page.goto("/instansi/pengumuman/")
    expect(page.get_by_text("Belum ada daftar yang tampil pada portal.")).to_be_visible()
    page.get_by_role("button", name="Tampilkan pratinjau").click()
    expect(page.locator("#previewing")).to_have_text(
        "2.005 orang pada daftar: THK-II 5, Non-ASN 2.000. Baris yang akan menghentikan pengumuman: 1."
    )
    expect(page.locator("[data-rows=rows] tr").first).to_contain_text("Ani")
    stop = page.locator("[data-rows=stops] tr")
    expect(stop).to_contain_text("ABCDE12345")
    expect(stop.get_by_role("link")).to_have_attribute("href", "/instansi/orang/detail/?id=p7")
