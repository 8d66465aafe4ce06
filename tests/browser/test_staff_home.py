"""Each role's home: what waits is counted truly, and every way that is offered may be gone."""

import re

import pytest
from playwright.sync_api import expect

from infra.local.demo import steps_cases
from tests.browser.looking import PATIENCE, Eyes
from tests.support.office import Office


@pytest.fixture(scope="module")
def busy(office: Office) -> Office:
    """An institution with a submitted dossier, two people who have no account, a draft and an usulan."""
    rows = [office.person(at) for at in range(4)]
    office.enlist([*rows[:3], rows[3] | {"nomor_sk": None}])
    office.submit(rows[0])
    steps_cases.usulan(office.stage)
    return office


@pytest.mark.parametrize("role", ["operator", "verifikator", "helpdesk", "admin", "ppk", "bkn"])
def test_every_way_from_home_may_be_gone(desk: Eyes, busy: Office, role: str) -> None:
    desk.enter(busy.login(role))
    desk.open("/bkn/" if role == "bkn" else "/instansi/")
    desk.check_sizes(f"beranda-{role}")
    for way in ways(desk):
        desk.open(way)
        desk.settled()
        expect(desk.page.locator("#errors")).to_be_hidden()


@pytest.mark.parametrize(
    ("role", "waits"),
    [
        ("operator", {"draf belum lengkap": 1, "belum membuat akun": 2}),
        ("verifikator", {"menunggu putusan": 1, "belum membuat akun": 2}),
    ],
)
def test_what_waits_is_counted_and_listed(desk: Eyes, busy: Office, role: str, waits: dict[str, int]) -> None:
    desk.enter(busy.login(role))
    for words, count in waits.items():
        desk.open("/instansi/")
        line = desk.page.locator("[data-rows=waits] a", has_text=words)
        expect(line).to_contain_text(str(count), timeout=PATIENCE)
        line.click()
        desk.at("/instansi/orang/")
        expect(desk.page.locator("[data-rows=items] tr")).to_have_count(count, timeout=PATIENCE)


def test_an_usulan_waits_and_is_found(desk: Eyes, busy: Office) -> None:
    desk.enter(busy.login("operator"))
    desk.open("/instansi/")
    line = desk.page.locator("[data-rows=waits] a", has_text="laporan menunggu keputusan")
    expect(line).to_contain_text("1", timeout=PATIENCE)
    line.click()
    desk.at("/instansi/laporan/")
    expect(desk.page.locator("[data-rows=items] tr")).to_have_count(1, timeout=PATIENCE)


def ways(eyes: Eyes) -> list[str]:
    """The pages of the console that a visible link of this page leads to."""
    links = eyes.page.locator("header a[href], main a[href]").filter(visible=True).all()
    found = {link.get_attribute("href") or "" for link in links}
    return sorted(href for href in found if re.match(r"/(instansi|bkn)/", href))
