"""The duty page renews itself in place, and says when it cannot; the banner is on every page, at 360 px."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.axe import find_violations
from tests.web.browser import ME, Apis, problem

SILENT = {"errors_minute": None, "errors": None, "refused": None}
CLOSING = {"closes": "2022-10-31T17:00:00+07:00", "lock_at": "2022-10-31T17:00:45+07:00", "institutions": 612}
LATE = {"code": "9901", "name": "Kabupaten Contoh", "lock_at": "2022-10-31T17:00:45+07:00", "seconds": 200}
DUTY: dict[str, Any] = {
    "now": "2022-10-31T16:50:00+07:00", "closings": [CLOSING], "closings_more": 0, "late": [], "late_count": 0,
    "extensions": {"count": 3, "since": "2022-10-31T15:00:00+07:00"}, "statements": {"count": 0, "since": None},
    "services": [
        {"service": "registration", "errors_minute": 4, "errors": 9, "refused": 1200},
        *({"service": name, **SILENT} for name in ("documents", "finalization", "announcements")),
    ],
    "counted": "2022-10-31T16:48:00+07:00",
}  # fmt: skip


@pytest.fixture
def bkn(apis: Apis) -> Apis:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "bkn", "name": "Petugas", "institution": None})
    apis.answers["GET finalization/duty"] = (200, DUTY, {"Retry-After": "1"})
    apis.answers["GET registration/invitations"] = (200, {"items": [{}, {}]})
    apis.answers["GET registration/applications-waiting"] = (200, {"waiting": 3, "overdue": 1, "more": False})
    return apis


def test_it_is_renewed_in_place_and_says_when_it_is_old(page: Page, bkn: Apis) -> None:
    page.goto("/bkn/piket/")
    expect(page.locator("[data-rows=closings]")).to_contain_text("612")
    services = page.locator("[data-rows=services] tr")
    expect(services.first).to_contain_text("1.200")
    expect(services.nth(1)).to_contain_text("tidak tersedia")
    expect(page.locator("[data-empty=late]")).to_be_visible()
    expect(page.locator(".figure", has_text="pemulihan akun menunggu persetujuan")).to_contain_text("2")
    expect(page.locator(".figure", has_text="permohonan admin")).to_contain_text("3")
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    bkn.answers["GET finalization/duty"] = (200, {**DUTY, "late": [LATE], "late_count": 1}, {"Retry-After": "1"})
    expect(page.locator("[data-rows=late]")).to_contain_text("Kabupaten Contoh")
    expect(page.locator("[data-rows=late]")).to_contain_text("3 menit 20 detik")
    expect(page.locator("#changed")).to_contain_text("Terlambat dikunci 1")
    assert page.locator("[data-rows=late] a").get_attribute("href") == "/bkn/instansi/?kode=9901"
    bkn.answers["GET finalization/duty"] = (500, problem("internal", 500))
    expect(page.locator("#away")).to_contain_text("Angka di bawah mungkin sudah lama")
    expect(page.locator("[data-rows=late]")).to_contain_text("Kabupaten Contoh")


@pytest.mark.parametrize(
    ("path", "level", "words"),
    [
        ("/bantuan/", "GANGGUAN", "Gangguan: Sedang lambat."),
        ("/en/bantuan/", "INFO", "It is slow."),
    ],
)
def test_the_banner_is_read_without_any_service(page: Page, path: str, level: str, words: str) -> None:
    said = {"id": "Sedang lambat.", "en": "It is slow.", "level": level, "until": "2122-10-31T17:00:00+07:00"}
    page.route("**/api/**", lambda route: route.abort())
    put_up(page, said)
    page.goto(path)
    expect(page.locator("#banner")).to_have_text(words)
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    "said", [{}, {"id": "Lama.", "en": "Old.", "level": "INFO", "until": "2022-10-31T17:00:00+07:00"}]
)
def test_nothing_stands_where_nothing_is_said_or_its_time_is_over(page: Page, said: dict[str, str]) -> None:
    put_up(page, said)
    with page.expect_response("**/pemberitahuan.json"):
        page.goto("/")
    page.wait_for_timeout(200)
    expect(page.locator("#banner")).to_be_hidden()


def test_what_is_said_is_text(page: Page) -> None:
    put_up(page, {"id": "<b>x</b>", "en": "x", "level": "INFO", "until": "2122-10-31T17:00:00+07:00"})
    page.goto("/")
    expect(page.locator("#banner")).to_have_text("<b>x</b>")


def put_up(page: Page, said: dict[str, str]) -> None:
    def answer(route: Route) -> None:
        headers = {"Content-Type": "application/json", "Date": "Mon, 30 Nov 2026 07:00:00 GMT"}
        route.fulfill(status=200, headers=headers, body=json.dumps(said))

    page.route("**/pemberitahuan.json", answer)
