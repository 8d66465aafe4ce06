"""Whom a tanggapan is about answers it with his notice; staff print that and record that he was handed it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import ME, Apis, problem
from tests.web.test_case_decision import CASE, PATH
from tests.web.test_double_taps import typed

READ, ANSWER = "POST announcements/cases/hearings", "POST announcements/cases/hearings/answers"
HANDED = f"POST announcements/{PATH}/handed-over"
UNTIL = "2022-10-11T00:00:00+07:00"
REPORT: dict[str, Any] = {
    "said": ["Ia sudah pindah sejak 2019.", "Ia tidak pernah terlihat."],
    "answer": None,
    "answer_until": UNTIL,
    "can_answer": True,
}
WORDS = "Saya masih mengajar di sekolah ini setiap hari."
TOLD: dict[str, Any] = {**CASE, "kind": "TANGGAPAN", "person": "p1", "unheard": False, "hearing_until": UNTIL}


def opened(page: Page, apis: Apis, **changed: Any) -> None:
    apis.answers[READ] = (200, {**REPORT, **changed})
    page.goto("/laporan/jawab/")
    page.locator("#number").fill("L-2345-6789")
    page.locator("#code").fill("AAAA-BBBB-CCCC")
    page.locator("#form [data-submit]").click()


def test_number_and_code_of_the_notice_open_the_report_and_he_answers_once(page: Page, apis: Apis) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    opened(page, apis)
    expect(page.locator("[data-text=said_words]")).to_contain_text("Ia tidak pernah terlihat.")
    expect(page.locator("#shown")).to_contain_text("10 Oktober 2022")
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    apis.answers[ANSWER] = (200, {**REPORT, "answer": WORDS, "can_answer": False})
    page.locator("#text").fill(WORDS)
    page.locator("#answering [data-submit]").click()
    expect(page.locator("#answered")).to_contain_text(WORDS)
    expect(page.locator("#answering")).to_be_hidden()
    expect(page.locator("#closed")).to_be_hidden()
    assert apis.sent(ANSWER) == [{"number": "L-2345-6789", "code": "AAAA-BBBB-CCCC", "text": WORDS}]


def test_a_closed_report_and_a_wrong_code_say_so(page: Page, apis: Apis) -> None:
    opened(page, apis, can_answer=False)
    expect(page.locator("#closed")).to_be_visible()
    expect(page.locator("#answering")).to_be_hidden()
    page.locator("#another").click()
    apis.answers[READ] = (404, problem("not-found", 404, detail="Tidak ada laporan dengan nomor dan kode ini."))
    page.locator("#number").fill("L-2345-6789")
    page.locator("#code").fill("AAAA-BBBB-CCCD")
    page.locator("#form [data-submit]").click()
    expect(page.locator("main")).to_contain_text("Tidak ada laporan dengan nomor dan kode ini.")
    expect(page.locator("#shown")).to_be_hidden()


@pytest.mark.parametrize("role", ["helpdesk", "auditor"])
def test_staff_print_the_notice_and_record_the_handing_over(page: Page, apis: Apis, role: str) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": role, "name": "Petugas"})
    apis.answers[f"GET announcements/{PATH}"] = (
        200,
        {**TOLD, "decidable": False, "unheard": True, "hearing_until": None},
    )
    apis.answers[HANDED] = (200, {**TOLD, "v": 3})
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/instansi/laporan/lihat/?nomor=L-2345-6789&kode=9901")
    expect(page.locator("#loading")).to_be_hidden()
    if role == "auditor":
        expect(page.locator("#unheard")).to_be_hidden()
        return
    expect(page.locator("#notice")).to_have_attribute("href", f"/api/announcements/{PATH}/notice")
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    typed(page, "tanggal", "5", "10", "2022")
    page.locator("#handed [data-submit]").click()
    expect(page.locator("#unheard")).to_be_hidden()
    expect(page.locator("#hearing")).to_contain_text("10 Oktober 2022")
    assert apis.sent(HANDED) == [{"v": 2, "tanggal": "2022-10-05"}]
