"""A person's files on his pages: what each proves, and the way to exactly his own accepted copy."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Apis

ROWS: list[dict[str, Any]] = [
    {"id": "pertama", "first": True, "jabatan": "Guru", "tanggal_mulai": "2020-01-02", "tanggal_akhir": None},
    {
        "id": "r2",
        "first": False,
        "own": True,
        "jabatan": "Juru",
        "tanggal_mulai": "2018-01-02",
        "tanggal_akhir": "2018-12-31",
    },
]


def file(
    jenis: str, n: int, riwayat: str | None = None, *, state: str = "DITERIMA", own: bool = True
) -> dict[str, Any]:
    """A file as registration shows it."""
    return {
        "id": f"p1.{jenis}.{n}", "jenis": jenis, "riwayat": riwayat, "state": state, "code": None, "message": None,
        "marked_at": None, "promised_at": None, "openable": own and state == "DITERIMA",
    }  # fmt: skip


FILES = [
    file("KTP", 1),
    file("FOTO", 1, own=False),
    file("SK", 1, "pertama"),
    file("SK", 2, "r2"),
    file("SK", 3, "gone"),
    file("BUKTI_BAYAR", 1, "r2", state="DITOLAK"),
    {**file("IJAZAH", 1, state="DIPERIKSA"), "promised_at": "2022-10-22T16:59:00+07:00"},
]
SK = "SK jabatan atau kontrak"
EXPECTED = [
    ("KTP", "", "p1.KTP.1"),
    ("Pas foto", "", None),
    (SK, "Pengangkatan pertama: Guru, 2 Januari 2020 \u2013 sekarang", "p1.SK.1"),
    (SK, "Riwayat ke-2: Juru, 2 Januari 2018 \u2013 31 Desember 2018", "p1.SK.2"),
    (SK, "Baris riwayat yang sudah dihapus", "p1.SK.3"),
    ("Bukti pembayaran gaji", "Riwayat ke-2", None),
    ("Ijazah", "", None),
]
ON_ITS_WAY = "Belum selesai diperiksa; hasilnya akan tampil di sini. Unggahan dimulai 22 Oktober 2022 pukul 16.59 WIB."


def link(file: str) -> str:
    """Where its copy is opened."""
    return f"/api/documents/files/{file}/link"


@pytest.fixture
def person(page: Page, apis: Apis) -> Page:
    histories = [{**row, "files": [each for each in FILES if each["riwayat"] == row["id"]]} for row in ROWS]
    resume = {
        "v": 3, "active": True, "biodata": {"registered": {"nik": "9901014107900002"}, "editable": {}},
        "histories": histories, "files": FILES, "advice": None, "missing": [],
    }  # fmt: skip
    apis.answers |= {
        "GET registration/me": (200, {**ME, "files": FILES}),
        "GET registration/me/histories": (200, {"v": 3, "items": histories}),
        "GET registration/me/resume": (200, resume),
    }
    return page


@pytest.mark.parametrize("path", ["/pendataan/", "/pendataan/resume/"])
def test_each_file_says_what_it_proves_and_opens_if_he_sent_it(person: Page, path: str) -> None:
    person.goto(path)
    lines = person.locator("#files tbody tr")
    expect(lines).to_have_count(len(EXPECTED))
    if path == "/pendataan/":
        person.locator("#fold-files > summary").click()
    for line, (kind, row, opens) in zip(lines.all(), EXPECTED, strict=True):
        expect(line).to_contain_text(kind)
        expect(line).to_contain_text(row)
        anchor = line.locator("[data-paper]")
        expect(anchor).to_be_visible(visible=opens is not None)
        if opens:
            expect(anchor).to_have_attribute("href", link(opens))
    expect(lines.nth(1).get_by_text("Diunggah instansi")).to_be_visible()
    expect(lines.nth(5).get_by_text("Diunggah instansi")).to_be_hidden()
    expect(person.locator("[data-show=promised_at]:visible")).to_have_text([ON_ITS_WAY])
    expect(lines.last).to_contain_text(ON_ITS_WAY)


def test_the_appointments_open_their_own_papers(person: Page) -> None:
    person.goto("/pendataan/riwayat/")
    expect(person.locator(".history")).to_have_count(2)
    first, second = person.locator(".history").all()
    expect(first.get_by_role("link", name="Buka berkas SK")).to_have_attribute("href", link("p1.SK.1"))
    expect(first.get_by_role("link", name="Buka berkas Bukti")).to_be_hidden()
    expect(second.get_by_role("link", name="Buka berkas SK")).to_have_attribute("href", link("p1.SK.2"))
    expect(second.get_by_role("link", name="Buka berkas Bukti")).to_be_hidden()


def test_without_papers_of_appointments_none_are_asked_for(person: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "files": FILES[:2]})
    person.goto("/pendataan/")
    expect(person.locator("#files tbody tr")).to_have_count(2)
    assert apis.bodies("GET registration/me/histories") == []


def test_a_nik_stands_on_one_line(person: Page) -> None:
    person.goto("/pendataan/resume/")
    nik = person.locator("[data-text='biodata.registered.nik']")
    expect(nik).to_have_text("9901014107900002")
    lines = "(cell) => cell.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).lineHeight)"
    assert nik.evaluate(lines) < 2
    assert person.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_who_says_that_he_works_there_no_more_is_told_what_becomes_of_it(person: Page, apis: Apis) -> None:
    apis.answers["POST registration/me/active-confirmation"] = (200, {"v": 4})
    person.goto("/pendataan/aktif/")
    person.get_by_role("button", name="Lanjutkan").click()
    expect(person.locator(".govuk-error-summary")).to_contain_text("Pilih salah satu jawaban.")
    expect(person.locator(".govuk-error-summary")).not_to_contain_text("?.")
    person.get_by_label("Tidak, saya sudah tidak bekerja").check()
    said = {**ME, "active": False, "active_at": "2022-10-22T15:00:00+07:00"}
    apis.answers["GET registration/me"] = (200, said)
    person.get_by_role("button", name="Lanjutkan").click()
    panel = person.locator("#inactive")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("Instansi melihat pernyataan ini")
    expect(panel).to_contain_text("Anda dapat mengubahnya sampai 22 Oktober 2022 pukul 17.00 WIB")
    assert apis.sent("POST registration/me/active-confirmation") == [{"v": 3, "active": False}]
