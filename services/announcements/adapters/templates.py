"""The site's own templates, rendered at run time."""

import functools
from typing import Any

from jinja2 import Environment

from services.announcements.model.objects import HTML, Object
from web.kit import render as kit
from web.kit.wording import texts

LANGUAGES = kit.LANGUAGES


@functools.cache
def _environment() -> Environment:
    return kit.environment()


def wording(language: str, name: str) -> str:
    """A text of the site by its dotted name."""
    return str(texts(language)[name])


def page(template: str, language: str, path: str, **values: Any) -> Object:  # noqa: ANN401 - what the template takes
    """One page, at its address in that language; `path` is without language prefix and ends with a slash."""
    html = kit.render(_environment(), template, language, path, **values)
    return Object(f"{kit.localized(language, path).removeprefix('/')}index.html", html.encode(), HTML)
