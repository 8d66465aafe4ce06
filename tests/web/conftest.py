"""The site as it is built, once for all tests of this folder."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Error, Page, ViewportSize

from infra.site import build
from tests.web.browser import Apis, calendar, challenge, served
from web.site.assets import Assets, write_assets


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


class Kept:
    """A page for one test after the other: a context and a page of each test's own are half of what a look costs.

    Between two tests it forgets what they know of: storage, cookies, routes, width, where the mouse was.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self._page: Page | None = None

    def page(self) -> Page:
        """The page, as a visitor finds it who has never been here."""
        if self._page is None:
            context = self._browser.new_context(base_url=self._address, viewport=PHONE)
            context.set_default_timeout(20_000)
            self._page = context.new_page()
        return self._page

    def clean(self) -> None:
        """Forget what a test has left; one whose clock or functions a test replaced is not given on."""
        page, self._page = self.page(), None
        context = page.context
        for another in context.pages[1:]:
            another.close()
        page.unroute_all()
        page.set_extra_http_headers({})
        if not _forgot(page):
            context.close()
            return
        context.clear_cookies()
        page.emulate_media(media="null")
        page.mouse.move(0, 0)
        if page.viewport_size != PHONE:
            page.set_viewport_size(PHONE)
        self._page = page

    def close(self) -> None:
        """End it."""
        if self._page is not None:
            self._page.context.close()


def _forgot(page: Page) -> bool:
    """Whether it could be emptied; one that is on its way somewhere of itself may not be."""
    try:
        page.goto("/robots.txt")
        return bool(page.evaluate(_FORGET))
    except Error:
        return False


PHONE: Final[ViewportSize] = {"width": 360, "height": 740}
_FORGET: Final = """async () => {
    localStorage.clear();
    sessionStorage.clear();
    const stores = await indexedDB.databases();
    await Promise.all(stores.map(({ name }) => new Promise((done, failed) => {
        const gone = indexedDB.deleteDatabase(name);
        gone.onsuccess = done;
        gone.onerror = gone.onblocked = failed;
    })));
    return [Date, setTimeout, fetch, AbortSignal.timeout].every((one) => String(one).includes("[native code]"));
}"""
"""Whether the page is as it was, once its storage is empty: Playwright's clock and init scripts stay for good."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy, for some tests write into it; it is built once for all workers, and for the portals of other folders."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(build(), folder, dirs_exist_ok=True)
    return Site(folder, write_assets(folder))


@pytest.fixture(scope="session")
def address(site: Site) -> Iterator[str]:
    with served(site.folder) as at:
        yield at


@pytest.fixture(scope="session")
def kept(browser: Browser, address: str) -> Iterator[Kept]:
    made = Kept(browser, address)
    yield made
    made.close()


@pytest.fixture
def page(kept: Kept) -> Iterator[Page]:
    yield kept.page()
    kept.clean()


@pytest.fixture
def apis(page: Page) -> Iterator[Apis]:
    made = Apis(page)
    made.answers["GET registration/captcha"] = challenge
    made.answers["GET finalization/calendar"] = calendar
    yield made
    assert made.faults == []
