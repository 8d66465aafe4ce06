"""The way to the final list on a person's page, and what the assurance of his account opens to him."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import ME, Apis
from tests.web.test_outcome import LOCKED, ROUND

INSTITUTION = {"by": "INSTITUTION", "until": "2022-10-31T17:00:00+07:00"}
YOU = {"by": "YOU", "until": "2022-10-22T17:00:00+07:00"}
NOTHING: dict[str, Any] = {"at": None, "by": None, "until": None}
ON_THE_WAY: list[dict[str, Any]] = [
    {"step": "LISTED", "standing": "DONE", "at": "2022-09-01T09:00:00+07:00"},
    {"step": "ACCOUNT", "standing": "DONE", "at": None},
    {"step": "COMPLETED", "standing": "NOW", **YOU},
    {"step": "SUBMITTED", "standing": "LATER", **YOU},
    {"step": "VERIFIED", "standing": "LATER", **INSTITUTION},
    {"step": "PREFINAL", "standing": "ABSENT", "at": "2022-10-01T00:02:00+07:00"},
    {"step": "FINAL", "standing": "LATER", **INSTITUTION},
]
AT_THE_END = [
    *ON_THE_WAY[:2],
    *({"step": step, "standing": "PASSED"} for step in ("COMPLETED", "SUBMITTED", "VERIFIED")),
    {"step": "PREFINAL", "standing": "DONE", "at": "2022-10-01T00:02:00+07:00"},
    {"step": "FINAL", "standing": "ABSENT", "at": "2022-10-31T17:05:00+07:00"},
]


def open_home(page: Page, apis: Apis, **changed: Any) -> None:
    """The person's first page, with these of its facts."""
    road = [{**NOTHING, **step} for step in changed.pop("road", ON_THE_WAY)]
    apis.answers["GET registration/me"] = (200, {**ME, "road": road, **changed})
    page.goto("/pendataan/")
    expect(page.locator("#me")).to_be_visible()


def unfold(page: Page) -> None:
    """Open what is not next."""
    for fold in page.locator("details.panel > summary").all():
        fold.click()


def test_each_step_says_when_or_whose_turn_it_is_and_until_when(page: Page, apis: Apis) -> None:
    open_home(page, apis)
    fold = page.locator("#fold-road")
    expect(fold.locator("summary")).to_contain_text("Data dilengkapi: Sekarang")
    lines = page.locator("#road li")
    expect(lines.first).to_be_hidden()
    fold.locator("summary").press("Enter")
    expect(lines.first).to_be_visible()
    for at, (title, words) in enumerate(
        [
            ("Didaftarkan instansi", "1 September 2022 pukul 09.00 WIB"),
            ("Akun dibuat", "pada tanggal yang tidak tercatat"),
            ("Data dilengkapi", "Giliran Anda: lengkapi sampai 22 Oktober 2022 pukul 17.00 WIB"),
            ("Diajukan", "data dari instansi tetap berlaku"),
            ("Diverifikasi", "tercatat Belum diverifikasi dan tidak masuk daftar final"),
            ("Daftar prafinalisasi", "Nama Anda tidak ada pada daftar yang dibuat 1 Oktober 2022"),
            ("Daftar final", "paling lambat 31 Oktober 2022 pukul 17.00 WIB"),
        ]
    ):
        expect(lines.nth(at)).to_contain_text(title)
        expect(lines.nth(at)).to_contain_text(words)


PREFINAL_LINES: list[tuple[dict[str, Any], str, str | None]] = [
    (
        {"standing": "DONE"},
        "LATER",
        "ada pada daftar instansi Anda, yang dibuat 1 Oktober 2022 pukul 00.02 WIB",
    ),
    ({"standing": "ABSENT"}, "LATER", "Nama Anda tidak ada pada daftar instansi Anda"),
    ({"standing": "LATER", "at": None}, "LATER", None),
    ({"standing": "DONE"}, "DONE", None),
]


@pytest.mark.parametrize(("prefinal", "final", "said"), PREFINAL_LINES)
def test_the_pre_final_list_is_told_while_it_is_the_latest(
    page: Page, apis: Apis, prefinal: dict[str, Any], final: str, said: str | None
) -> None:
    road = [*ON_THE_WAY]
    road[5:] = [{**road[5], **prefinal}, {**road[6], "standing": final}]
    open_home(page, apis, road=road)
    told = page.locator("#prefinal")
    if said is None:
        expect(told).to_be_hidden()
        return
    expect(told).to_contain_text(said)
    expect(told.locator("[data-prefinal]:visible")).to_have_count(1)
    expect(told.get_by_role("link", name="Buka daftar")).to_have_attribute("href", "/pengumuman/9901/")
    assert find_violations(page) == []


def test_after_the_lock_nobody_is_asked_for_anything(page: Page, apis: Apis) -> None:
    open_home(page, apis, road=AT_THE_END, round=LOCKED, outcome="UNDECIDED")
    unfold(page)
    expect(page.locator("#road")).to_contain_text("Nama Anda tidak ada pada daftar yang disegel 31 Oktober 2022")
    for words in ("Giliran", "Batas"):
        expect(page.locator("#road")).not_to_contain_text(words)
    expect(page.locator("#ways")).to_be_hidden()
    expect(page.locator("#unsure")).to_contain_text("Belum terlihat: nominal honor")


@pytest.mark.parametrize(
    ("assurance", "words"),
    [
        ("BELUM_DIPASTIKAN", "Belum dipastikan bahwa akun ini milik Anda"),
        ("LEMBAR", "dengan lembar kode aktivasi"),
        ("KONTAK", "nomor HP atau email yang didaftarkan instansi"),
        ("PETUGAS", "oleh petugas instansi Anda"),
    ],
)
def test_what_the_assurance_opens_and_how_to_get_one(page: Page, apis: Apis, assurance: str, words: str) -> None:
    open_home(page, apis, assurance=assurance, round=ROUND)
    unfold(page)
    shown = page.locator("#assurance")
    expect(shown.locator("[data-assurance]:visible")).to_contain_text(words)
    sure = assurance != "BELUM_DIPASTIKAN"
    expect(page.locator("#sure")).to_be_visible(visible=sure)
    expect(page.locator("#unsure")).to_be_visible(visible=not sure)
    expect(page.locator("#ways")).to_be_visible(visible=not sure)


@pytest.mark.parametrize("width", [360, 1280])
def test_both_are_accessible_and_fit(page: Page, apis: Apis, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_home(page, apis)
    assert find_violations(page) == []
    unfold(page)
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
