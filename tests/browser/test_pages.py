"""Every page with real data on it, on a phone and at a desk, in English on a phone: accessible, in width, silent."""

import re

import pytest
from playwright.sync_api import Browser, Response, expect

from tests.browser.conftest import looking
from tests.browser.looking import DESK, PHONE, Eyes
from tests.browser.scene import View, make_scene
from tests.support.english import indonesian_in
from tests.support.office import Office
from tests.support.portal import Portal
from web.kit.render import localized
from web.site.pages import PAGES

MOST_TRANSFERRED = 60 * 1024
"""Bytes of everything a first visit fetches, compressed, headers included."""
NOT_SHOWN = {"/akun/periksa/", "/bkn/permohonan/detail/"}
"""Have nothing to show to whoever just opens them; other tests of this folder walk through them."""
NOT_OURS = re.compile(r"\b[A-Z]{3,}\b|\b[A-Z]\w+ dan [A-Z]\w+|Saya bekerja .*\.")
"""Answers of the program that checks a list (TIDAK SAMA), names of offices (Perpustakaan dan Arsip), what was typed."""
WHO = ("umum", "pendaftar", "orang", "operator", "verifikator", "helpdesk", "admin", "ppk", "bkn")


@pytest.fixture(scope="module")
def views(office: Office) -> dict[str, View]:
    """Every page of the site as those see it whom it is for."""
    return {view.who: view for view in make_scene(office)}


def test_no_page_is_left_out(views: dict[str, View]) -> None:
    seen = {path.partition("?")[0] for view in views.values() for path in view.paths}
    assert {page.path for page in PAGES} - NOT_SHOWN <= seen
    assert set(views) == set(WHO)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("who", WHO)
def test_pages(browser: Browser, portal: Portal, views: dict[str, View], who: str, language: str) -> None:
    view = views[who]
    with looking(browser, portal, DESK if language == "id" else PHONE) as eyes:
        eyes.be(view.cookies)
        for path in view.paths:
            answer = eyes.page.goto(localized(language, path))
            assert answer is not None
            keeps_policy(answer)
            expect(eyes.page.locator("html")).to_have_attribute("lang", language)
            name = f"{language}-{who}-{'-'.join(path.partition('?')[0].strip('/').split('/')) or 'beranda'}"
            if language == "id":
                eyes.check_sizes(name)
                continue
            eyes.check(name)
            # A text to copy is Indonesian for everybody, and says so.
            eyes.page.evaluate("for (const each of document.querySelectorAll('[lang=id]')) each.remove()")
            lines = eyes.page.locator("body").inner_text().splitlines()
            assert [line for line in lines if indonesian_in(NOT_OURS.sub("", line))] == [], path


@pytest.mark.parametrize("path", ["/", "/akun/", "/pengumuman/"])
def test_a_first_visit_is_light(phone: Eyes, views: dict[str, View], path: str) -> None:
    answers: list[Response] = []
    phone.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks what it calls
    phone.open(path)
    phone.settled()
    sizes = [answer.request.sizes() for answer in answers]
    transferred = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    assert 0 < transferred <= MOST_TRANSFERRED


def keeps_policy(answer: Response) -> None:
    """The page came under a strict policy; a breach of it would show on the console."""
    rules = (rule.strip().split(" ") for rule in answer.headers["content-security-policy"].split(";"))
    policy = {name: sources for name, *sources in rules}
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"]
