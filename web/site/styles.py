"""The style sheet: govuk-frontend's published CSS without its brand, then the portal's own theme.

Crown, crest and the GDS Transport font belong to GOV.UK and must not appear elsewhere (govuk-frontend issues
5313 and 5268, and its page "using GOV.UK Frontend without GOV.UK branding").
"""

import re
from collections.abc import Iterator

from web.packages import HERE, package

THEME = HERE / "theme"
FONTS = 'system-ui,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif'
UNUSED = (
    "accordion|breadcrumbs|cookie-banner|exit-this-page|file-upload-button|drop-zone|footer|generic-header|header"
    "|notification-banner|pagination|phase-banner|service-navigation|tabs|task-list|warning-text|character-count"
    "|language-navigation|summary-card|section-break|grid-column|grid-row|feedback|logo-dot|link-image"
    "|(?:checkboxes|radios)(?:--small|--inline|__divider|__conditional)|checkboxes__hint|input__prefix|input__suffix"
    "|summary-list__actions|panel--interruption|caption-xl|body-lead|visually-hidden-focusable"
    "|back-link--inverse|body-m|clearfix|fieldset__heading|fieldset__legend--x?l|file-upload-wrapper|input--width-5"
    "|input--extra-letter-spacing|label--(?:m|l|xl)|label-wrapper|list--(?:number|spaced)|main-wrapper--(?:auto-spacing|l)"
    "|panel__actions|skip-link-focused-element|summary-list--no-border|summary-list__row--no-(?:actions|border)"
    "|table--small-text-until-tablet|table__caption--(?:m|x?l)|tag--(?:magenta|pink|purple|teal|turquoise|yellow|light-blue)"
    "|link--no-underline"
    "|button--inverse|button--start|button__start-icon|link--(?:muted|inverse|text-colour|no-visited-state)"
)
"""Components of the kit, and sizes and colours of them, that no page uses; their rules are left out: half of it."""

_UNUSED = re.compile(rf"\.govuk-(?:{UNUSED})(?![a-z])")
_FONT_FACE = re.compile(r"@font-face\{[^}]*GDS Transport[^}]*\}")
_FALLBACK = re.compile(r"var\((--[\w-]+),[^()]*(?:\([^()]*\))?[^()]*\)")
_TWICE = re.compile(r"(?<=})([^{}@]+)\{([^{}]*?);?\}\1\{")
_SMOOTHING = re.compile(r";?-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale")
_NOT_OURS = {"@media print", "@supports not (text-wrap:balance)"}
"""The kit's way to print, and what it does for browsers that cannot balance lines."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class BrandError(Exception):
    """Something of GOV.UK's own brand is still in the sheet: the package has changed its shape."""


def stylesheet() -> str:
    """The whole sheet, kit first, theme after it.

    Raises:
        BrandError: the kit's font, crest or crown came through.
    """
    published = package("govuk-frontend") / "dist" / "govuk" / "govuk-frontend.min.css"
    kit = unbranded(published.read_text("utf-8"))
    theme = "\n".join(file.read_text("utf-8") for file in sorted(THEME.glob("*.css")))
    return f"/* govuk-frontend, MIT, (c) Crown copyright; changed */\n{light(f'{kit}{_squeeze(theme)}')}"


def later() -> Iterator[tuple[str, str]]:
    """Sheets of parts that are fetched when they are asked for, each by the name of its file."""
    for file in sorted((THEME / "later").glob("*.css")):
        yield file.name, _squeeze(file.read_text("utf-8"))


def light(css: str) -> str:
    """A sheet without what says nothing: fallbacks of variables that it sets itself, a selector twice in a row."""
    own = set(re.findall(r"(--[\w-]+):", css))
    css = _FALLBACK.sub(lambda found: f"var({found[1]})" if found[1] in own else found[0], css)
    shorter = _TWICE.sub(r"\1{\2;", css)
    while shorter != css:
        css, shorter = shorter, _TWICE.sub(r"\1{\2;", shorter)
    return css


def unbranded(css: str) -> str:
    """The kit's sheet without brand and unused components, nor its way to print: it prints the address behind links."""
    css = _COMMENT.sub("", _FONT_FACE.sub("", css))
    css = css.replace("font-family:GDS Transport,arial,sans-serif", f"font-family:{FONTS}")
    css = _SMOOTHING.sub("", "".join(_used(css)))
    for word in ("GDS", "crest", "crown", "/assets/"):
        if word in css:
            raise BrandError(word)
    return css


def _used(css: str) -> Iterator[str]:
    """Rule by rule: what is left once unused selectors and print rules are gone. Groups (@media …) are entered."""
    for head, body in _rules(css):
        if head in _NOT_OURS:
            continue
        if head.startswith("@") and "{" in body:
            inner = "".join(_used(body))
            if inner:
                yield f"{head}{{{inner}}}"
        else:
            kept = ",".join(part for part in _selectors(head) if not _UNUSED.search(part))
            if kept:
                yield f"{kept}{{{body}}}"


def _selectors(head: str) -> list[str]:
    """The selectors of a list; commas inside brackets, as in :not(a,b), do not part them."""
    return re.split(r",(?![^(]*\))", head)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each rule as (what stands before the brace, what stands between the braces)."""
    at = 0
    while (opening := css.find("{", at)) >= 0:
        closing, depth = opening + 1, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[closing], 0)
            closing += 1
        yield css[at:opening].strip(), css[opening + 1 : closing - 1]
        at = closing


def _squeeze(css: str) -> str:
    return re.sub(r"\s*([{};,])\s*|(?<=:) ", r"\1", re.sub(r"\s+", " ", _COMMENT.sub("", css)))
