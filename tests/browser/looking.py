"""What every page must be when somebody looks at it: accessible, inside its width, silent on the console."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Download, Locator, Page, Request, Response, expect
from playwright.sync_api import TimeoutError as PageTimeoutError

from infra.local import seed
from infra.local.client import Visitor
from tests.support.axe import find_violations

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "build" / "screenshots"
PICTURES = bool(os.environ.get("PICTURES"))
PHONE = (360, 740)
DESK = (1280, 900)
PATIENCE = 30_000
"""Milliseconds a page may take on a busy machine before a test calls it broken."""

_EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
"""Chromium writes this for every 4xx answer, also for those the page handles and tells the visitor about."""
_CUT = re.compile(r"Failed to load resource: net::ERR_")

_WATCH = """(() => {
    let busy = 0, last = performance.now();
    const real = window.fetch;
    window.fetch = (...asked) => {
        busy++;
        return real(...asked).finally(() => { busy--; last = performance.now(); });
    };
    window.isQuiet = () => document.readyState === 'complete' && busy === 0 && performance.now() - last > 150;
})()"""
"""Lets a page tell whether its scripts have asked for nothing for a moment."""

_NIP_DIGITS = 18
_KEPT: dict[tuple[str, str], Visitor] = {}
"""Staff who signed in, by portal and number: a code of a phone works once, and the next one takes half a minute."""

_WIDTH = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Eyes:
    """A page and what was seen of it."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)
    line_cut: bool = False
    """Whether the test has cut the connection, about which Chromium may complain."""

    def __post_init__(self) -> None:
        """Listen to the console, where a broken content policy shows too, to uncaught errors and to the network."""
        self.page.add_init_script(_WATCH)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._leave)
        self.page.on("response", self._answer)

    def open(self, path: str) -> None:
        """Open a page below the portal's address."""
        self.page.goto(path)

    def at(self, path: str) -> None:
        """Wait until the address is this one, whatever its query; says what the page shows where it stays."""
        try:
            self.page.wait_for_url(re.compile(re.escape(self.origin + path) + r"(\?.*)?$"), timeout=PATIENCE)
        except PageTimeoutError as stayed:
            shown = self.page.locator("main").inner_text()
            raise AssertionError(f"{self.page.url} does not lead to {path}. It shows:\n{shown}") from stayed

    def press(self, name: str | re.Pattern[str], within: str = "main") -> None:
        """Press the button, or follow the link that looks like one, with these words; not those of the menu."""
        place = self.page.locator(within)
        button = place.get_by_role("button", name=name, exact=True)
        link = place.get_by_role("link", name=name, exact=True)
        button.or_(link).first.click(timeout=PATIENCE)

    def paper(self, name: str) -> bytes:
        """Follow the link with these words to the PDF that it opens in a new tab."""
        with self.page.expect_popup(), self.page.context.expect_event("download") as coming:
            self.press(re.compile(rf"^{re.escape(name)}"))
        download: Download = coming.value
        return download.path().read_bytes()

    def save(self, name: str, folder: Path) -> str:
        """Follow the link with these words to what it lets one keep; returns where that was put."""
        with self.page.expect_download() as coming:
            self.press(name)
        target = folder / name.replace(" ", "-").lower()
        coming.value.save_as(target)
        return str(target)

    def answer(self, name: str) -> None:
        """Answer the question that has just opened over the page."""
        self.page.locator("dialog[open]").get_by_role("button", name=name, exact=True).click(timeout=PATIENCE)

    def fill(self, **fields: str) -> None:
        """Fill form fields by their names; dates (YYYY-MM-DD) and instants (…THH:MM) go into their boxes."""
        for name, value in fields.items():
            group = self.page.locator(f"[data-field={name}]")
            if group.locator("[name$=-hari]").count():
                self._fill_day(group, name, *value.partition("T")[::2])
            elif group.locator("[type=radio]").count():
                group.locator(f"[value='{value}']").check()
            elif group.locator("select").count():
                group.locator("select").select_option(value)
            else:
                group.locator(f"[name={name}]").fill(value)

    def _fill_day(self, group: Locator, name: str, day: str, time: str) -> None:
        for part, digits in zip(("tahun", "bulan", "hari"), day.split("-"), strict=True):
            group.locator(f"[name={name}-{part}]").fill(digits.lstrip("0"))
        if time:
            group.locator(f"[name={name}-jam]").fill(time)

    def holds(self, **fields: str) -> None:
        """The fields still hold these values, as `fill` takes them."""
        for name, value in fields.items():
            group = self.page.locator(f"[data-field={name}]")
            if group.locator("[name$=-hari]").count():
                for part, digits in zip(("tahun", "bulan", "hari"), value.split("-"), strict=True):
                    expect(group.locator(f"[name={name}-{part}]")).to_have_value(digits.lstrip("0"))
            elif group.locator("[type=radio]").count():
                expect(group.locator(f"[value='{value}']")).to_be_checked()
            else:
                expect(group.locator(f"[name={name}]")).to_have_value(value)

    def upload(self, jenis: str, name: str, kind: str, content: bytes) -> Locator:
        """Choose a file for the control of this kind of document; returns the control's status line."""
        control = self.page.locator(f"[data-upload={jenis}]")
        expect(control.locator("input")).to_be_enabled(timeout=PATIENCE)
        control.locator("input").set_input_files({"name": name, "mimeType": kind, "buffer": content})
        return control.locator("[role=status]")

    def uploaded(self, jenis: str, name: str, kind: str, content: bytes) -> None:
        """Choose a file and wait until it was inspected and accepted."""
        expect(self.upload(jenis, name, kind, content)).to_contain_text("Diterima.", timeout=2 * PATIENCE)

    def sees(self, text: str) -> None:
        """Wait until the text is on the page."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible(timeout=PATIENCE)

    def sees_fault(self, text: str | re.Pattern[str]) -> None:
        """Wait until the summary of what is wrong has the focus and names this."""
        summary = self.page.locator(".govuk-error-summary")
        expect(summary).to_contain_text(text, timeout=PATIENCE)
        expect(summary).to_be_focused()

    def enter(self, login: str, password: str = seed.PASSWORD) -> None:
        """Be signed in, without the page for it; whoever has a NIP is of staff."""
        self.be(signed_in(self.origin, login, password))

    def be(self, cookies: Mapping[str, str]) -> None:
        """Be whoever has these cookies; those of our names can be set as secure ones only."""
        secure = self.origin.replace("http:", "https:")
        self.page.context.add_cookies(
            [{"name": name, "value": value, "url": secure, "secure": True} for name, value in cookies.items()]
        )

    def sign_in(self, login: str, password: str = seed.PASSWORD) -> None:
        """Sign in on the page of staff, in two steps; the role decides where it leads."""
        self.open("/instansi/masuk/")
        self.fill(login=login, password=password)
        self.press("Lanjutkan")
        expect(self.page.locator("#code-title")).to_be_focused(timeout=PATIENCE)
        self.fill(code=self.code(login))
        self.press("Masuk")
        self.page.wait_for_url(lambda url: "/masuk/" not in url, timeout=PATIENCE)

    def code(self, login: str) -> str:
        """A code of this member of staff's phone that nobody has used."""
        return Visitor(self.origin).code(login)

    def settled(self) -> None:
        """Wait until nothing of the page says that it is still loading."""
        expect(self.page.locator("#loading:visible")).to_have_count(0, timeout=PATIENCE)
        self.page.wait_for_function("() => isQuiet()", timeout=PATIENCE)

    def shoot(self, name: str) -> Path:
        """Keep a picture of the whole page under this name and its width, in build/screenshots."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        path = SHOTS / f"{name}-{width}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def check(self, name: str, *, again: bool = False) -> None:
        """Look hard: axe finds nothing, nothing is wider than the screen; a picture is kept of what is not so.

        With `PICTURES` in the environment one is kept of every page, which takes longer than all of axe. Where the
        page was looked at `again`, in another width, axe asks only for what that changes.

        Raises:
            AssertionError: with axe's rule and the element.
        """
        self.settled()
        wide = self.page.evaluate(_WIDTH)
        found = find_violations(self.page, again=again)
        if PICTURES or found or wide > 0:
            self.shoot(name)
        assert wide <= 0, f"{name} is {wide} px wider than the screen"
        assert not found, f"{name}: {json.dumps(found, indent=1)}"

    def check_sizes(self, name: str) -> None:
        """Look hard at a desk and on a phone; the page is left as wide as it was."""
        before = self.page.viewport_size
        for size in (DESK, PHONE):
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
            self.check(name, again=size == PHONE)
        if before:
            self.page.set_viewport_size(before)

    def _hear(self, message: ConsoleMessage) -> None:
        expected = _EXPECTED.match(message.text) or (self.line_cut and _CUT.match(message.text))
        if message.type in {"error", "warning"} and not expected:
            self.complaints.append(message.text)

    def _leave(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "blob:", "data:")):
            self.complaints.append(f"asks somebody else: {request.url}")

    def _answer(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} from {response.request.method} {response.url}")


def signed_in(origin: str, login: str, password: str = seed.PASSWORD) -> Mapping[str, str]:
    """The cookies of somebody who is signed in; of staff those of before, as long as their session lasts."""
    if len(login) != _NIP_DIGITS:
        visitor = Visitor(origin)
        visitor.sign_in(login, password)
        return visitor.cookies
    visitor = _KEPT.setdefault((origin, login), Visitor(origin))
    if visitor.send("GET", "/api/registration/me").status != 200:
        visitor.sign_in_staff(login, password)
    return visitor.cookies
