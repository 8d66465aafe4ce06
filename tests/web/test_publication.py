"""What admin and bkn read when a list is not published, or not whole; and how the public finds a withheld row."""

from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.announcements.pages.build_search import LARGE, Cells, build_search, is_large
from tests.web.browser import ME, Apis, problem
from tests.web.conftest import Site
from web.kit.render import environment, render

PATH = "announcements/institutions/9901/publication"
SINCE = "2022-10-05T12:01:00+07:00"
PLACE = {"nomor_registrasi": "ABCDE12345", "person": "p7", "field": "unit_kerja", "kind": "sixteen-digits"}
NAME = {"nomor_registrasi": None, "person": None, "field": "instansi", "kind": "phone"}
GOES_ON: dict[str, Any] = {
    "state": "BERJALAN", "since": None, "rows": 0, "findings": [], "releases": [], "approvers_needed": 1,
}  # fmt: skip
STOPPED = {**GOES_ON, "state": "BERHENTI", "since": SINCE, "rows": 1, "findings": [PLACE, NAME]}
WITHHELD = {**GOES_ON, "state": "DISUNTING", "since": SINCE, "rows": 1, "findings": [PLACE]}
ROUND = {"code": "9901", "name": "Kabupaten Contoh"}


def signed_in(apis: Apis, role: str) -> None:
    institution = None if role == "bkn" else ME["institution"]
    apis.answers["GET registration/me"] = (200, {**ME, "role": role, "name": "Petugas", "institution": institution})
    apis.answers["GET registration/institutions/9901/progress"] = (200, {"total": 0, "by_state": {}})
    apis.answers["GET finalization/institutions"] = (200, {"now": SINCE, "items": [], "cursor": None})
    apis.answers["GET finalization/institutions/9901"] = (200, ROUND)


def test_the_admin_reads_which_row_stops_the_list_and_what_to_do(page: Page, apis: Apis) -> None:
    signed_in(apis, "admin")
    apis.answers[f"GET {PATH}"] = (200, STOPPED)
    page.goto("/instansi/")
    notice = page.locator("#publication")
    expect(notice).to_contain_text("Berhenti sejak 5 Oktober 2022 pukul 12.01 WIB.")
    expect(notice).to_contain_text("perbaiki isiannya dengan tombol Perbaiki data")
    rows = notice.locator("tbody tr")
    expect(rows.first).to_contain_text("ABCDE12345")
    expect(rows.first).to_contain_text("Unit kerja")
    expect(rows.first).to_contain_text("NIK, nomor KK, atau deretan 16 angka lain")
    expect(rows.first.get_by_role("link")).to_have_attribute("href", "/instansi/orang/detail/?id=p7")
    expect(notice).to_contain_text("Nama instansi diperbaiki oleh BKN")
    expect(rows.last).to_contain_text("(instansi)")
    expect(rows.last.get_by_role("link")).to_have_count(0)
    expect(page.get_by_text("Daftar final terbit. Baris")).to_be_hidden()


@pytest.mark.parametrize(("role", "asked"), [("admin", 1), ("operator", 0), ("helpdesk", 0)])
def test_nothing_is_shown_where_nothing_stands_in_the_way(page: Page, apis: Apis, role: str, asked: int) -> None:
    signed_in(apis, role)
    apis.answers[f"GET {PATH}"] = (200, GOES_ON)
    page.goto("/instansi/")
    expect(page.locator(".cards .card:not([hidden])").first).to_be_visible()
    page.wait_for_timeout(200)
    expect(page.locator("#publication")).to_be_hidden()
    assert len(apis.bodies(f"GET {PATH}")) == asked


def test_bkn_sees_everywhere_something_is_held_back(page: Page, apis: Apis) -> None:
    signed_in(apis, "bkn")
    items = [
        {"code": "9901", "name": "Satu", "state": "BERHENTI", "since": SINCE, "rows": 2},
        {"code": "9902", "name": "Dua", "state": "DISUNTING", "since": SINCE, "rows": 3},
    ]
    apis.answers["GET announcements/publications"] = (200, {"items": items})
    page.goto("/bkn/")
    lines = page.locator("[data-rows=publications] li")
    expect(lines).to_have_text(
        [
            "9901 Satu: berhenti, 5 Oktober 2022 pukul 12.01 WIB",
            "9902 Dua: disunting (3), 5 Oktober 2022 pukul 12.01 WIB",
        ],
        use_inner_text=True,
    )
    expect(lines.first.get_by_role("link")).to_have_attribute("href", "/bkn/instansi/?kode=9901")


def test_bkn_releases_a_row_with_a_reason(page: Page, apis: Apis) -> None:
    signed_in(apis, "bkn")
    apis.answers[f"GET {PATH}"] = (200, WITHHELD)
    page.goto("/bkn/instansi/disunting/?kode=9901")
    link = page.locator("#publication tbody a")
    expect(link).to_have_attribute("href", "/instansi/orang/detail/?kode=9901&id=p7")
    page.get_by_role("button", name="Lepas baris").click()
    expect(page.locator("#errors")).to_contain_text("Isi alasan.")
    page.get_by_label("Alasan").fill("Angka itu nomor gedung.")
    page.get_by_role("button", name="Lepas baris").click()
    release = {
        "nomor_registrasi": "ABCDE12345",
        "released": True,
        "approvals": [{"at": SINCE, "reason": "Angka itu nomor gedung.", "mine": True}],
    }
    apis.answers[f"POST {PATH}/releases"] = (201, release)
    apis.answers[f"GET {PATH}"] = (200, {**WITHHELD, "releases": [release]})
    page.locator("dialog[open]").get_by_role("button", name="Ya, lepas").click()
    expect(page.locator("#news")).to_contain_text("Persetujuan tersimpan.")
    assert apis.sent(f"POST {PATH}/releases") == [
        {"nomor_registrasi": "ABCDE12345", "reason": "Angka itu nomor gedung."}
    ]
    expect(page.locator("#history")).to_contain_text("Sudah dilepas ABCDE12345")
    expect(page.locator("#form")).to_be_hidden()


def test_a_refused_reason_is_told_beside_it(page: Page, apis: Apis) -> None:
    signed_in(apis, "bkn")
    apis.answers[f"GET {PATH}"] = (200, WITHHELD)
    fault = {"field": "reason", "code": "personal-number", "message": "Tulis alasan tanpa NIK."}
    apis.answers[f"POST {PATH}/releases"] = (422, problem("invalid-fields", 422, fields=[fault]))
    page.goto("/bkn/instansi/disunting/?kode=9901")
    page.get_by_label("Alasan").fill("Angka 9901011911929013.")
    page.get_by_role("button", name="Lepas baris").click()
    page.locator("dialog[open]").get_by_role("button", name="Ya, lepas").click()
    expect(page.locator("[data-field=reason]")).to_contain_text("Tulis alasan tanpa NIK.")
    expect(page.get_by_label("Alasan")).to_have_value("Angka 9901011911929013.")


def published(site: Site, rows: Sequence[Cells]) -> None:
    """A list's page as the service makes it, and what its search reads."""
    html = render(
        environment(),
        "announcements/list.html",
        "id",
        "/pengumuman/9901/",
        title="Daftar final",
        module="pages/announcements/list.js",
        noindex=True,
        institution=ROUND,
        final=True,
        prefinal=None,
        published_at=SINCE,
        closes=None,
        count=len(rows),
        thk2=0,
        non_asn=len(rows),
        withheld=1,
        seal=None,
        sptjm=False,
        index="/pengumuman/9901/index.json",
        sharded=is_large(rows),
        rows=rows[:2],
        page=1,
        pages=1,
    )
    folder = site.folder / "pengumuman" / "9901"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(html, "utf-8")
    for each in build_search("9901", rows):
        (site.folder / each.key).parent.mkdir(exist_ok=True)
        (site.folder / each.key).write_bytes(each.content)


ANI = ("Ani Contoh", "ABCDE12346", "SDN 1", "Guru", "NON-ASN")
HIDDEN = (None, "ABCDE12345", None, None, None)


def test_the_search_finds_a_withheld_row_by_its_number_only(page: Page, site: Site) -> None:
    published(site, [ANI, HIDDEN])
    page.goto("/pengumuman/9901/")
    expect(page.locator("#withheld")).to_contain_text("Baris disunting: 1")
    search, status = page.get_by_label("Cari nama di daftar ini"), page.locator("[data-index] [role=status]")
    for typed, said in (
        ("ani contoh", "1 nama cocok"),
        ("cont", "1 nama cocok"),
        ("onto", "Tidak ada nama"),
        ("abcde12345", "1 nama cocok"),
        ("disunting", "Tidak ada nama"),
    ):
        search.fill(typed)
        expect(status).to_contain_text(said)
    whole = page.locator("table[data-list-part]")
    expect(whole).to_be_hidden()
    search.fill("")
    expect(whole).to_be_visible()
    search.fill("abcde12345")
    expect(page.locator("[data-index] tbody tr td")).to_have_text(["(disunting)", "ABCDE12345", *["(disunting)"] * 3])


def test_the_search_of_a_large_list_reads_the_parts_of_the_rarest_word(page: Page, site: Site) -> None:
    many = [(f"Muhammad {'Agus' if n % 2 else 'Budi'}", f"M{n:09d}", "SDN 2", "Guru", "NON-ASN") for n in range(LARGE)]
    li, odd = ("Li Na", "XYZWV00001", *ANI[2:]), ("\u00c2dam Nur'aini", "XYZWV00002", *ANI[2:])
    published(site, [ANI, HIDDEN, li, odd, *many])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/9901/")[2]))
    page.goto("/pengumuman/9901/")
    search, status = page.get_by_label("Cari nama di daftar ini"), page.locator("[data-index] [role=status]")
    for typed, said in (
        ("ani cont", "1 nama cocok"),
        ("muhammad agu", f"{LARGE // 2} nama cocok"),
        ("muham bud", f"{LARGE // 2} nama cocok"),
        ("muhammad", f"{LARGE} nama cocok"),
        ("li na", "1 nama cocok"),
        ("adam nur aini", "1 nama cocok"),
        ("abcde12345", "1 nama cocok"),
        ("M000000007", "1 nama cocok"),
        ("onto", "Tidak ada nama"),
        ("muhammad qqq", "Tidak ada nama"),
        ("zzz", "Tidak ada nama"),
    ):
        search.fill(typed)
        expect(status).to_contain_text(said)
    read = [path for path in asked if path.startswith("cari/") or path == "index.json"]
    assert sorted(read) == sorted(set(read)), "each is read once"
    assert "index.json" not in read, "the whole index is not read"
    search.fill("ani cont")
    expect(page.locator("[data-index] tbody tr td").first).to_have_text("Ani Contoh")
