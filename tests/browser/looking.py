"""What every page must be when somebody looks at it: accessible, inside its width, silent on the console."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, expect

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "build" / "screenshots"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = (360, 740)
DESK = (1280, 900)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_EXPECTED = ("Failed to load resource",)
"""Chromium writes this for every 4xx answer, also for those the page handles and tells the visitor about."""


@dataclass
class Eyes:
    """A page and what was seen of it."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to the console and to uncaught errors, which is also where a broken content policy shows."""
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> None:
        """Open a page below the portal's address."""
        self.page.goto(path)

    def press(self, name: str) -> None:
        """Press the button, or follow the link that looks like one, with these words."""
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        button.or_(link).first.click()

    def fill(self, **fields: str) -> None:
        """Fill form fields by their names."""
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(value)

    def sees(self, text: str) -> None:
        """Wait until the text is on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=30_000)

    def check(self, name: str) -> None:
        """Look hard: axe finds nothing, nothing is wider than the screen; keep a picture under this name.

        Raises:
            AssertionError: with axe's rule and the element.
        """
        SHOTS.mkdir(parents=True, exist_ok=True)
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        self.page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
        wide = self.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} px wider than {width} px"
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            """async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations
               .map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html)}))""",
            STANDARDS,
        )
        assert not found, f"{name}: {json.dumps(found, indent=1)}"

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(_EXPECTED):
            self.complaints.append(message.text)
