"""What stands in a page's address never leads a request to another path of the APIs."""

import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Page, expect

from infra.services import ROOT
from tests.web.browser import ME, Apis

PLAIN = re.compile(r"(apiPath)?`(?:/api/)?(?:registration|documents|finalization|announcements)/[^`?]*\$\{")
"""A path of an API with a value in it; the group tells how it was made."""

VALUES = [
    "9901", "ABCDE-12345", "a b", "..", ".", "", "9901/people/x", "9902/../9901", "9901?x=", "9901#", "%2e%2e", "%2F",
    "\\..\\x", "//evil.example", "٩٩٠١", "é",
]  # fmt: skip

_MADE = """async (values) => {
  const { apiPath } = await import("/aset/core/api.js");
  return values.map((value) => new URL("/api/" + apiPath`institutions/${value}/users/${value}`, location.href).href);
}"""


@pytest.mark.parametrize("file", sorted((ROOT / "web" / "src").rglob("*.js")), ids=lambda file: file.stem)
def test_values_come_into_a_path_one_way_only(file: Path) -> None:
    assert {found[1] for found in PLAIN.finditer(file.read_text("utf-8"))} <= {"apiPath"}


def test_a_value_is_one_segment_whatever_it_says(page: Page, address: str) -> None:
    page.goto("/bantuan/")
    made = page.evaluate(_MADE, VALUES)
    for value, url in zip(VALUES, made, strict=True):
        segments = url.removeprefix(f"{address}/api/").split("/")
        kept = "-" if value in {"", ".", ".."} else value
        assert [unquote(segment) for segment in segments] == ["institutions", kept, "users", kept], value
        assert not {"?", "#"} & set(url)


@pytest.mark.parametrize("code", ["9901/people/x/verdicts?", "../institutions/9902", ".."])
def test_a_crafted_link_sends_nothing_elsewhere(page: Page, apis: Apis, code: str) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "bkn", "name": "Petugas", "institution": None})
    page.goto(f"/instansi/pengguna/?kode={quote(code, safe='')}")
    form = page.locator("#form")
    form.locator("[name=role][value=operator]").check()
    for name, value in {"login": "190001011920021001", "name": "Petugas", "email": "petugas@contoh.id"}.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("[data-submit]").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Rincian not-found")
    sent = {name for name, _ in apis.asked} - {"GET registration/me"}
    segment = "-" if code == ".." else quote(code, safe="")
    invitations = f"registration/institutions/{segment}/invitations"
    reads = {
        f"GET {path}" for path in (f"registration/institutions/{segment}/users", f"finalization/institutions/{segment}")
    }
    assert sent == {*reads, f"GET {invitations}", f"POST {invitations}"}


def test_a_card_is_asked_for_by_one_segment(page: Page, apis: Apis) -> None:
    path, asked = "/kartu/?kode=", "GET registration/cards/"
    crafted = quote("../institutions/9901", safe="")
    with page.expect_response(f"**/api/{asked.removeprefix('GET ')}*"):
        page.goto(path + crafted)
    assert [name for name, _ in apis.asked if name.startswith(asked)] == [asked + crafted]
