"""What a service answers to a reader without JavaScript, as a page of its own: a heading, sentences, facts.

The site's pages ask by script and fill themselves; what anybody may read has to be readable without one too. It takes
the site's style sheet under its plain name.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from services.kernel.english import figure
from services.kernel.web.languages import Language, in_language, page_in_language

Fact = tuple[str, str]
"""A label of ours, and what it is: an instant as the clock tells it, or words that stay as they are."""

_MAPPING = "Pendataan ini adalah pemetaan, bukan pengangkatan menjadi ASN."
"""What every public page says."""


@dataclass(frozen=True)
class PlainPage:
    """Title and sentences in Indonesian (docs/adr/0012); `back` is where its one link leads."""

    title: str
    sentences: Sequence[str] = ()
    facts: Sequence[Fact] = ()
    back: str = "/"

    def render(self, language: Language) -> str:
        """The page in a language."""
        title = _escaped(self.title, language)
        home = page_in_language(self.back, language)
        said = "".join(f'<p class="govuk-body">{_escaped(each, language)}</p>' for each in self.sentences)
        rows = "".join(_row(*fact, language) for fact in self.facts)
        listed = f'<dl class="govuk-summary-list">{rows}</dl>' if rows else ""
        mapping = f'<p class="govuk-inset-text">{_escaped(_MAPPING, language)}</p>'
        back = f'<p><a class="govuk-link" href="{html.escape(home)}">{_escaped("Kembali", language)}</a></p>'
        return (
            f'<!DOCTYPE html><html lang="{language}" class="govuk-template"><head><meta charset="utf-8">'
            f'<title>{title} \u2013 Pendataan Non-ASN</title><meta name="viewport" content="width=device-width">'
            '<meta name="robots" content="noindex"><link rel="stylesheet" href="/aset/situs.css"></head>'
            '<body class="govuk-template__body"><div class="govuk-width-container">'
            '<main class="govuk-main-wrapper narrow">'
            f'<h1 class="govuk-heading-l">{title}</h1>{said}{listed}{mapping}{back}</main></div></body></html>'
        )


def _escaped(sentence: str, language: Language) -> str:
    return html.escape(in_language(sentence, language))


def _row(label: str, value: str, language: Language) -> str:
    told = (figure(value) if language is Language.ENGLISH else None) or value
    return (
        f'<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{_escaped(label, language)}</dt>'
        f'<dd class="govuk-summary-list__value">{html.escape(told)}</dd></div>'
    )
