"""The person's page of objections and reports: until when, what is sent, what stands there, at 360 px too."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Apis

UNTIL = "2022-10-04T00:00:00+07:00"
OFFER: dict[str, Any] = {"token": "janji", "until": UNTIL, "cases": [], "annotations": []}
CASE: dict[str, Any] = {
    "number": "L-2345-6789",
    "kind": "TANGGAPAN",
    "state": "BARU",
    "due_at": UNTIL,
    "with_bkn": False,
}
REPORT: dict[str, Any] = {
    "said": ["Orang ini sudah pindah sejak 2019."],
    "answer": None,
    "answer_until": UNTIL,
    "can_answer": True,
}
OBJECTION, REPORTS = "GET registration/me/objection", "GET announcements/me/reports/L-2345-6789"
ANSWER = "POST announcements/me/reports/L-2345-6789/answer"


@pytest.fixture
def person(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "state": "TIDAK_MEMENUHI_SYARAT"})
    apis.answers[OBJECTION] = (200, OFFER)
    page.set_viewport_size({"width": 360, "height": 740})
    return page


def test_home_says_until_when_and_leads_to_the_form(person: Page, apis: Apis) -> None:
    person.goto("/pendataan/")
    panel = person.locator("#objection")
    expect(panel).to_contain_text("Keberatan dapat diajukan sampai")
    panel.get_by_role("link").click()
    apis.answers["POST announcements/keberatan"] = (201, {"number": "L-2345-6789", "code": "AAAA-BBBB-CCCC"})
    person.get_by_label("Mengapa putusannya keliru").fill("SK pertama saya tahun 2015, lihat lampiran.")
    person.get_by_role("button", name="Kirim keberatan").click()
    person.wait_for_url("**/laporan/")
    (sent,) = apis.sent("POST announcements/keberatan")
    assert (sent["objection"], sent["alasan"]) == ("janji", "SK pertama saya tahun 2015, lihat lampiran.")


def test_a_report_is_read_and_answered_once(person: Page, apis: Apis) -> None:
    apis.answers[OBJECTION] = (200, {"token": None, "until": None, "cases": [CASE], "annotations": []})
    apis.answers[REPORTS] = (200, REPORT)
    apis.answers[ANSWER] = (200, {**REPORT, "answer": "Saya masih mengajar.", "can_answer": False})
    person.goto("/pendataan/keberatan/")
    expect(person.locator("#cases")).to_contain_text("Orang ini sudah pindah sejak 2019.")
    expect(person.locator("#form")).to_be_hidden()
    assert person.evaluate("document.documentElement.scrollWidth") <= 360
    apis.answers[REPORTS] = apis.answers[ANSWER]
    person.get_by_label("Jawaban Anda").fill("Saya masih mengajar.")
    person.get_by_role("button", name="Kirim jawaban").click()
    expect(person.locator("#cases")).to_contain_text("Saya masih mengajar.")
    expect(person.get_by_role("button", name="Kirim jawaban")).to_be_hidden()


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ({"token": None, "until": UNTIL, "cases": [], "annotations": []}, "#over"),
        ({"token": None, "until": None, "cases": [], "annotations": []}, "#none"),
    ],
)
def test_what_is_over_or_not_there_is_said(person: Page, apis: Apis, found: dict[str, Any], shown: str) -> None:
    apis.answers[OBJECTION] = (200, found)
    person.goto("/pendataan/keberatan/")
    expect(person.locator(shown)).to_be_visible()
    expect(person.locator("#form")).to_be_hidden()


def test_what_stands_beside_a_sealed_record_is_told_with_why_and_until_when(person: Page, apis: Apis) -> None:
    noted = {
        "number": "L-2345-6789",
        "at": UNTIL,
        "text": "Data yang sudah disegel tidak dihapus.",
        "kept_until": "2032-11-01",
    }
    apis.answers[OBJECTION] = (200, {"token": None, "until": None, "cases": [], "annotations": [noted]})
    person.goto("/pendataan/keberatan/")
    shown = person.locator("#annotations")
    expect(shown).to_contain_text("Data yang sudah disegel tidak dihapus. Disimpan sampai 1 November 2032.")
    expect(person.locator("#none")).to_be_hidden()


def test_bkn_takes_part_is_said_where_it_does(person: Page, apis: Apis) -> None:
    one = {**CASE, "kind": "KEBERATAN", "with_bkn": True}
    apis.answers[OBJECTION] = (200, {"token": None, "until": None, "cases": [one], "annotations": []})
    person.goto("/pendataan/keberatan/")
    expect(person.locator("#cases")).to_contain_text("BKN juga dapat memutusnya")
