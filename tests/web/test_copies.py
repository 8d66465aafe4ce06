"""The page of copies: asked for once, watched until it is made or has failed, fetched while it is there."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.browser import ME, Answer, Apis, Request, problem

DATA, FILES = "registration/me/copies", "documents/copies"
UNTIL = "2022-09-02T09:00:00+07:00"


def copy(state: str, name: str = "c1") -> dict[str, Any]:
    """A copy as the services show it."""
    until = UNTIL if state == "SIAP" else None
    return {"id": name, "state": state, "asked_at": "2022-09-01T09:00:00+07:00", "until": until}


@pytest.fixture
def person(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, ME)
    for path in (DATA, FILES):
        apis.answers[f"GET {path}"] = (200, {"latest": None})
    return page


def section(page: Page, kind: str) -> Locator:
    return page.locator(f"[data-copy={kind}]")


def said(part: Locator) -> Locator:
    """What is told of a kind of copy."""
    return part.get_by_role("status").locator("p:visible")


def test_a_copy_is_asked_for_watched_and_fetched(person: Page, apis: Apis) -> None:
    states = iter(("DIMINTA", "SIAP"))
    apis.answers[f"POST {DATA}"] = (202, copy("DIMINTA"))
    apis.answers[f"GET {DATA}/c1"] = lambda _: (200, copy(next(states)))
    person.goto("/pendataan/salinan/")
    data = section(person, "data")
    expect(data.locator("[data-fetch]")).to_be_hidden()
    data.get_by_role("button", name="Minta salinan data").click()
    expect(said(data)).to_contain_text("sedang dibuat")
    expect(data.get_by_role("button")).to_be_disabled()
    expect(said(data)).to_contain_text("Unduh sebelum 2 September 2022 pukul 09.00 WIB.")
    expect(data.get_by_role("button")).to_be_enabled()
    links = [link.get_attribute("href") for link in data.get_by_role("link").all()]
    assert links == [f"/api/{DATA}/c1/pdf", f"/api/{DATA}/c1/json"]
    assert len(apis.sent(f"POST {DATA}")) == 1
    assert len(apis.keys) == 1
    assert apis.keys[0]
    expect(said(section(person, "files"))).to_have_count(0)


def test_one_under_way_is_watched_when_the_page_is_opened_again(person: Page, apis: Apis) -> None:
    apis.answers[f"GET {FILES}"] = (200, {"latest": copy("DIMINTA", "c2")})
    apis.answers[f"GET {FILES}/c2"] = (200, copy("SIAP", "c2"))
    person.goto("/pendataan/salinan/")
    files = section(person, "files")
    expect(files.get_by_role("link")).to_have_attribute("href", f"/api/{FILES}/c2/link")
    assert apis.bodies(f"POST {FILES}") == []


@pytest.mark.parametrize(("state", "words"), [("GAGAL", "tidak berhasil dibuat"), ("KEDALUWARSA", "lewat 24 jam")])
def test_one_that_failed_or_is_over_says_so_and_may_be_asked_for_anew(
    person: Page, apis: Apis, state: str, words: str
) -> None:
    apis.answers[f"GET {DATA}"] = (200, {"latest": copy(state)})
    apis.answers[f"POST {DATA}"] = (202, copy("SIAP", "c3"))
    person.goto("/pendataan/salinan/")
    data = section(person, "data")
    expect(said(data)).to_contain_text(words)
    expect(data.locator("[data-fetch]")).to_be_hidden()
    data.get_by_role("button").click()
    expect(data.get_by_role("link").first).to_have_attribute("href", f"/api/{DATA}/c3/pdf")


def test_a_refusal_is_said_and_a_double_press_asks_once(person: Page, apis: Apis) -> None:
    def refuse(_: Request) -> Answer:
        return 409, problem("conflict", 409)

    apis.answers[f"POST {FILES}"] = refuse
    person.goto("/pendataan/salinan/")
    section(person, "files").get_by_role("button").dblclick()
    expect(person.locator(".govuk-error-summary")).to_contain_text("Rincian conflict.")
    expect(section(person, "files").get_by_role("button")).to_be_enabled()
    assert len(set(apis.keys)) == 1


def test_the_ways_lead_there_and_to_the_resume_in_print(person: Page, apis: Apis) -> None:
    person.goto("/pendataan/")
    person.get_by_role("link", name="Salinan data dan berkas Anda").click()
    link = person.get_by_role("link", name="Cetak resume (PDF)")
    expect(link).to_have_attribute("href", "/api/registration/me/resume/document")
