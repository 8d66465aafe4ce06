"""Real Chromium on the local portal, at the width of a small phone and of a desk."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.looking import DESK, PHONE, Eyes
from tests.cloud import Portal


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; `.ci/run` installs it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("Chromium is missing: install it, e.g. `apt-get install chromium`, and run again.", pytrace=False)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=[*quiet, "--no-first-run", "--disable-sync"])
        yield started
        started.close()


@pytest.fixture
def phone(browser: Browser, portal: Portal) -> Iterator[Eyes]:
    """A visitor with a phone 360 px wide."""
    yield from _look(browser, portal, PHONE)


@pytest.fixture
def desk(browser: Browser, portal: Portal) -> Iterator[Eyes]:
    """A visitor at a desk."""
    yield from _look(browser, portal, DESK)


def _look(browser: Browser, portal: Portal, size: tuple[int, int]) -> Iterator[Eyes]:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="id-ID", base_url=portal.base_url, accept_downloads=True
    )
    page: Page = context.new_page()
    eyes = Eyes(page)
    yield eyes
    context.close()
    assert not eyes.complaints, f"the console complained: {eyes.complaints}"
