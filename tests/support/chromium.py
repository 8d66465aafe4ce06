"""One Chromium for every test that looks at pages: each takes a context of its own, as another visitor would."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The engine without the desktop around it comes first: the same pages for three quarters of the work."""
_QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
_FEATURES = ("CDPScreenshotNewSurface", "RenderDocument:level/crashed-frame")
"""What Playwright asks for, which ours replaces, and a page that keeps its frame when it leads to another of the same
site: to make a frame, a view and their surface anew costs a sixth of what a page does.
"""


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
        features = f"--enable-features={','.join(_FEATURES)}"
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--no-first-run", *_QUIET, features]
        )
        yield started
        started.close()
