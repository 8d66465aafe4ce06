"""The law's terms, explained in the page where each first stands (texts/<language>/terms.toml).

A term has `word`, the `meaning` put in brackets behind it, and `known`: words of which the page's own text may already
hold one, and then nothing is added. Only running text is touched, never a table, a name, a link or a button; a term
that stands in headings alone is explained below the first of them. Parts that a page shows only at times (`hidden`)
count after those it always shows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from markupsafe import escape

from web.kit.wording import plain, texts

_MAIN = re.compile(r"(?<=<main)(.*)(?=</main>)", re.DOTALL)
_PIECE = re.compile(r"(<[^>]*>)")
_TAG = re.compile(r"</?([a-z0-9]+)")
_BADGE = re.compile(r'<p class="(?!govuk-)')
_HIDDEN = re.compile(r"\shidden[\s>]")
_EMPTY = frozenset({"br", "img", "input", "hr", "meta", "link", "wbr"})
_HEADINGS = frozenset({"h1", "h2", "h3"})
_READ = frozenset({"p", "li"})
_LEFT = frozenset(
    {"a", "button", "label", "legend", "code", "td", "th", "select", "option", "textarea", "template", "nav"}
)


@dataclass(frozen=True)
class Term:
    """A term and how it is explained."""

    word: str
    meaning: str
    known: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Where the term stands as a word of its own, no bracket before or behind it and no count."""
        return re.compile(rf"(?<![\w(-]){re.escape(self.word)}(?![\w-]|\s(?:\(|\d{1, 3}(?!\d)))", re.IGNORECASE)

    def is_known(self, text: str) -> bool:
        """Whether a text says what the term means."""
        return any(phrase.casefold() in text.casefold() for phrase in (self.meaning, *self.known))


@dataclass(frozen=True)
class _Place:
    """A text between two tags: which piece it is, the tags around it, and how many of them are `hidden`."""

    at: int
    tags: frozenset[str]
    hidden: int

    @property
    def is_read(self) -> bool:
        return not self.tags & _LEFT and bool(self.tags & _READ)


def explain_terms(html: str, language: str) -> str:
    """The page with every term of its text explained once."""
    return _MAIN.sub(lambda main: _explained(main[0], _terms(language)), html, count=1)


def _explained(main: str, terms: Sequence[Term]) -> str:
    pieces = _PIECE.split(main)
    places = list(_places(pieces))
    able = [place for place in places if place.is_read or place.tags & _HEADINGS]  # few, and a list has 200 rows
    for term in terms:
        _explain(pieces, places, [place for place in able if term.pattern.search(pieces[place.at])], term)
    return "".join(pieces)


def _explain(pieces: list[str], places: Sequence[_Place], holding: Sequence[_Place], term: Term) -> None:
    reading = min((place for place in holding if place.is_read), key=lambda place: place.hidden, default=None)
    heading = next((place for place in holding if place.tags & _HEADINGS), None)
    if reading is not None:
        found = term.pattern.search(pieces[reading.at])
        if found and not term.is_known(_text(pieces, places, reading)):
            piece = pieces[reading.at]
            pieces[reading.at] = f"{piece[: found.end()]} ({escape(term.meaning)}){piece[found.end() :]}"
    elif heading is not None and not term.is_known(_text(pieces, places, places[-1])):
        end = next(at for at in range(heading.at, len(pieces)) if re.match(r"</h[123]>", pieces[at]))
        pieces[end] += (
            f'<p class="govuk-hint">{escape(term.word[0].upper() + term.word[1:])}: {escape(term.meaning)}.</p>'
        )


def _text(pieces: Sequence[str], places: Sequence[_Place], until: _Place) -> str:
    """What is read up to a place, in parts that are shown whenever that place is."""
    return " ".join(pieces[place.at] for place in places if place.at <= until.at and place.hidden <= until.hidden)


def _places(pieces: Sequence[str]) -> Iterator[_Place]:
    around: list[tuple[str, bool]] = []
    for at, piece in enumerate(pieces):
        if piece.startswith("<"):
            _follow(around, piece)
        elif piece.strip():
            yield _Place(at, frozenset(name for name, _ in around), sum(hidden for _, hidden in around))


def _follow(around: list[tuple[str, bool]], tag: str) -> None:
    name = _TAG.match(tag)
    if name is None or name[1] in _EMPTY or tag.endswith("/>"):
        return
    if not tag.startswith("</"):
        around.append(("badge" if _BADGE.match(tag) else name[1], bool(_HIDDEN.search(tag))))
    elif around:
        around.pop()


@cache
def _terms(language: str) -> tuple[Term, ...]:
    known = plain(texts(language).terms).values()
    return tuple(Term(each["word"], each["meaning"], tuple(each["known"])) for each in known)
