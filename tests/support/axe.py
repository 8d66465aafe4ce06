"""What axe finds on a page that Chromium shows: the rules of WCAG 2.0 to 2.2 A and AA, and its own best practices."""

from typing import Any, Final

from playwright.sync_api import Page

from web.packages import package

STANDARDS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTH: Final = [
    "color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size",
    "td-has-header", "th-has-data-cells",
]  # fmt: skip
"""The rules that ask where and how large something is; the others see the same at every width, for no width hides or
shows anything (tests/web/test_styles.py).
"""
_RUN: Final = """async ([type, values]) => {
    const only = { runOnly: { type, values }, resultTypes: ["violations"] };
    const { violations } = await axe.run(document, only);
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html) }));
}"""


def find_violations(page: Page, *, again: bool = False) -> list[dict[str, Any]]:
    """Broken rules, each with the elements that break it; axe is brought into the page if it is not there.

    Args:
        page: what is shown.
        again: whether it was looked at in another width already, so that only what the width changes is asked.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate((package("axe-core") / "axe.min.js").read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(_RUN, ["rule", WIDTH] if again else ["tag", STANDARDS])
    return found
