"""Real Chromium on the local portal, at the width of a small phone and of a desk."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import DESK, PATIENCE, PHONE, Eyes
from tests.support.office import Office, open_office
from tests.support.portal import Portal, portal

__all__ = ["portal"]
"""One for all tests of this folder; it is ended with the last of them."""


@pytest.fixture(scope="module")
def office(portal: Portal) -> Office:
    """An institution of this module's own, in the entry window, whatever ran before."""
    return open_office(portal)


@pytest.fixture
def phone(browser: Browser, portal: Portal) -> Iterator[Eyes]:
    """A visitor with a phone 360 px wide."""
    with looking(browser, portal, PHONE) as eyes:
        yield eyes


@pytest.fixture
def desk(browser: Browser, portal: Portal) -> Iterator[Eyes]:
    """A visitor at a desk."""
    with looking(browser, portal, DESK) as eyes:
        yield eyes


@contextmanager
def looking(browser: Browser, portal: Portal, size: tuple[int, int], *, script: bool = True) -> Iterator[Eyes]:
    """A visitor with a browser of his own; at the end the console must have been silent."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="id-ID",
        base_url=portal.base_url,
        accept_downloads=True,
        java_script_enabled=script,
    )
    context.set_default_timeout(PATIENCE)
    eyes = Eyes(context.new_page(), portal.base_url)
    yield eyes
    context.close()
    assert not eyes.complaints, f"the console complained: {eyes.complaints}"
