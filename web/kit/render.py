"""The site's look as a library: the Jinja environment, texts in both languages and the security policy.

The site build renders its pages with it, and the announcements service renders its lists with it at run time,
so it needs nothing but jinja2 and the files beside it.

    html = render(environment(), "announcements/list.html", "id", "/pengumuman/9901/", institution=..., ...)
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, cast

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from services.kernel.clock import day_and_time
from web.kit.terms import explain_terms
from web.kit.wording import Texts, plain, texts

HERE = Path(__file__).parent
LANGUAGES = ("id", "en")
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
"""The three legal times of Indonesia by their whole-hour offset from UTC."""


_WIB = timezone(timedelta(hours=7))


def content_security_policy(uploads: str = "") -> str:
    """The Content-Security-Policy of every page; no inline script or style anywhere.

    Args:
        uploads: origin of the bucket that takes presigned uploads, when it is not the site's own.
    """
    send = f"'self' {uploads}".strip()
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "worker-src 'self'",
            f"connect-src {send}",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


CSP = content_security_policy()
"""The policy where site, APIs and buckets share one origin, as behind the local gateway."""


def localized(language: str, path: str) -> str:
    """The address of a page in a language: Indonesian at `/…`, English at `/en/…`; a service's is one for both."""
    return f"/en{path}" if language == "en" and not path.startswith("/api/") else path


def environment(
    assets: Mapping[str, str] | None = None, *more: BaseLoader, wording: Callable[[str], Texts] = texts
) -> Environment:
    """Jinja over the kit's templates.

    Args:
        assets: address of each file under /aset/ by its plain name. Names that are not in it keep their plain
            address, which the build also writes: pages made at run time need no list of hashes.
        more: where further templates are found.
        wording: gives the texts of a language; the kit's own unless further templates need more.
    """
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(HERE / "templates"), *more]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
    known = assets or {}
    made.globals["asset"] = lambda name: known.get(name, f"/aset/{name}")
    made.globals["wording"] = wording
    made.filters.update(link=_link, rich=_rich, timed=_timed, instant=_instant, day=_date, number=_number, plain=plain)
    return made


def render(made: Environment, template: str, language: str, path: str, **values: Any) -> str:  # noqa: ANN401
    """One page as HTML.

    Args:
        made: what `environment` gave.
        template: its name under templates/.
        language: "id" or "en".
        path: the page's address without language prefix, as "/akun/"; the language switch keeps it.
        values: what the template says it takes.
    """
    wording = cast("Callable[[str], Texts]", made.globals["wording"])
    html = made.get_template(template).render(t=wording(language), lang=language, path=path, **values)
    return explain_terms(html, language)


@pass_context
def _link(context: Context, path: str) -> str:
    return localized(context["lang"], path)


@pass_context
def _rich(context: Context, text: str) -> Markup:
    """Text with **bold** and [links](/path/) as translators write them; everything else is escaped."""
    safe = str(escape(text))
    safe = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", safe)

    def anchor(found: re.Match[str]) -> str:
        target = found[2]
        target = localized(context["lang"], target) if target.startswith("/") else target
        return f'<a class="govuk-link" href="{target}">{found[1]}</a>'

    return Markup(re.sub(r"\[(.+?)\]\((.+?)\)", anchor, safe))  # noqa: S704 - escaped above


@pass_context
def _timed(context: Context, text: str, window: str) -> Markup:
    """The same, with {opens} and {closes} as places where a script writes the window's instants (src/time/offer.js)."""
    html = str(_rich(context, text))
    for name in ("opens", "closes"):
        html = html.replace(f"{{{name}}}", f'<strong data-{name}="{window}"></strong>')
    return Markup(html)  # noqa: S704 - escaped above


@pass_context
def _instant(context: Context, value: datetime | str) -> str:
    """An instant with its zone, in the zone it carries: "22 Oktober 2022 pukul 17.00 WIB"; midnight ends its day."""
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    offset = when.utcoffset()
    if offset is None:
        msg = "an instant without zone cannot be shown"
        raise ValueError(msg)
    if offset == timedelta(0):
        when, offset = when.astimezone(_WIB), timedelta(hours=7)
    zone = ZONES.get(int(offset.total_seconds() // 3600), f"{when:%z}")
    words = context["t"].common.time
    day, hour = day_and_time(when, timezone(offset))
    return f"{_day(words, day)}{words['at']}{hour if context['lang'] == 'id' else hour.replace('.', ':')} {zone}"


def _day(words: Texts, when: date) -> str:
    return f"{when.day} {words['months'].split()[when.month - 1]} {when.year}"


@pass_context
def _date(context: Context, value: date) -> str:
    """A day as it is written: "22 Oktober 2022"."""
    return _day(context["t"].common.time, value)


@pass_context
def _number(context: Context, value: int) -> str:
    """A count with the language's thousands separator: 139.560 or 139,560."""
    return f"{value:,}".replace(",", "." if context["lang"] == "id" else ",")
