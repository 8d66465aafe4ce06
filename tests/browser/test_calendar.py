"""Bkn moves the round's calendar: shown with its consequences, applied, followed by every institution."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from infra.local.client import wait_for
from tests.browser.looking import PATIENCE, Eyes
from tests.support.office import Office

PATH = "/api/finalization/calendar"
MOVED = datetime.fromisoformat("2022-11-05T00:00:00+07:00")
LETTER = {"number": "B/1/CONTOH/2022", "date": "2022-09-01"}


@pytest.fixture
def put_back(office: Office) -> Iterator[None]:
    """The calendar, afterwards, as it was: other tests live by it."""
    windows = office.stage.staff("bkn").get(PATH)["windows"]
    yield
    body: dict[str, Any] = {
        "windows": {each["name"]: {side: each[side] for side in ("opens", "closes")} for each in windows}
    }
    office.stage.staff("bkn").send("PUT", PATH, {**body, "letter": LETTER}, expect=202)
    office.portal.wait_idle()


@pytest.mark.usefixtures("put_back")
def test_a_calendar_is_previewed_and_then_applied(desk: Eyes, office: Office) -> None:
    desk.enter(office.login("bkn"))
    desk.open("/bkn/kalender/")
    desk.fill(
        windows_VERIFICATION_closes="2022-10-01T17:00", letter_number=LETTER["number"], letter_date=LETTER["date"]
    )
    desk.press("Pratinjau")
    desk.sees_fault("Tidak boleh lewat dari penutupan verifikasi")
    desk.fill(windows_VERIFICATION_closes="2022-11-04T24.00")
    desk.press("Pratinjau")
    preview = desk.page.locator("#preview")
    expect(preview).to_be_focused(timeout=PATIENCE)
    expect(preview.locator("[data-rows=changes]")).to_contain_text("4 November 2022 pukul 24.00 WIB")
    expect(preview.locator("[data-rows=timeline] li").last).to_contain_text("dikunci dan disegel apa adanya")
    desk.check_sizes("bkn-kalender")
    desk.press("Tetapkan kalender")
    desk.answer("Ya")
    desk.sees("sedang diterapkan pada")
    wait_for(lambda: office.stage.window("VERIFICATION") == MOVED, "the calendar to reach the institution")
    desk.open(f"/bkn/instansi/?kode={office.code}")
    expect(desk.page.locator("[data-rows=windows]")).to_contain_text(
        re.compile(r"4 November 2022 pukul 24\.00 WIB"), timeout=PATIENCE
    )
