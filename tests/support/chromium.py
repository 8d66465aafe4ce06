"""One Chromium for every test that looks at pages: each takes a context of its own, as another visitor would."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The engine without the desktop around it comes first: the same pages for three quarters of the work."""
_QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; `.ci/run` installs Debian's."""
    chromium = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if chromium is None:
        pytest.fail(
            "Chromium is missing: install it, e.g. `apt-get install chromium-headless-shell`, and run again.",
            pytrace=False,
        )
    expect.set_options(timeout=30_000)  # milliseconds that anything may take to be seen on a busy machine
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--no-first-run", *_QUIET])
        yield started
        started.close()
