"""The site as it is built, once for all tests of this folder."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.web.browser import Apis, calendar, challenge, served
from web.site.assets import Assets
from web.site.build import build


@dataclass(frozen=True)
class Site:
    """The built folder and the addresses of its assets."""

    folder: Path
    assets: Assets

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page as (address, HTML)."""
        for file in sorted(self.folder.rglob("*.html")):
            yield "/" + re.sub(r"index\.html$", "", file.relative_to(self.folder).as_posix()), file.read_text("utf-8")

    def file(self, address: str) -> Path:
        """The file behind an address of the site."""
        path = address.partition("?")[0].partition("#")[0].lstrip("/")
        return self.folder / (path + "index.html" if path.endswith("/") or not path else path)


class Tags(HTMLParser):
    """Every start tag of a page as (name, attributes), and the text of its title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def named(self, name: str) -> list[dict[str, str]]:
        """The attributes of every tag of a name."""
        return [attributes for tag, attributes in self.found if tag == name]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("site")
    return Site(folder, build(folder))


@pytest.fixture(scope="package")
def address(site: Site) -> Iterator[str]:
    with served(site.folder) as at:
        yield at


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def apis(page: Page) -> Iterator[Apis]:
    made = Apis(page)
    made.answers["GET registration/captcha"] = challenge
    made.answers["GET finalization/calendar"] = calendar
    yield made
    assert made.faults == []
