"""Both languages say everything, with the same gaps to fill."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from web.kit.wording import MissingTextError, plain
from web.site.wording import texts


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for i, each in enumerate(value):
            yield from _leaves(each, f"{name}[{i}]")
    else:
        yield name, value


ID, EN = (dict(_leaves(plain(texts(language)))) for language in ("id", "en"))


def test_both_languages_have_the_same_texts() -> None:
    assert set(ID) == set(EN)


@pytest.mark.parametrize("language", [ID, EN], ids=["id", "en"])
def test_only_hints_are_empty(language: dict[str, str]) -> None:
    assert [name for name, words in language.items() if not words.strip() and not name.endswith(".hint")] == []


def test_gaps_are_the_same() -> None:
    gaps = re.compile(r"\{\w+\}")
    assert {n: gaps.findall(ID[n]) for n in ID if sorted(gaps.findall(ID[n])) != sorted(gaps.findall(EN[n]))} == {}


def test_links_are_the_same() -> None:
    links = re.compile(r"\]\(([^)]+)\)")
    assert {n: links.findall(ID[n]) for n in ID if links.findall(ID[n]) != links.findall(EN[n])} == {}


@pytest.mark.parametrize("language", [ID, EN], ids=["id", "en"])
def test_no_text_has_marks_that_are_shown_as_they_are(language: dict[str, str]) -> None:
    """Only `**bold**` and links are marked up; one asterisk is seen as an asterisk."""
    mark = re.compile(r"(?<!\*)\*\w[^*]*\*(?!\*)|(?<!\w)_\w[^_]*_(?!\w)|`[^`]+`")
    assert {name: words for name, words in language.items() if mark.search(words)} == {}


def test_english_is_translated() -> None:
    """A long text that is word for word the Indonesian one was forgotten; addresses and codes are short."""
    assert [name for name in ID if ID[name] == EN[name] and len(ID[name].split()) > 4] == []


def test_a_missing_text_stops() -> None:
    with pytest.raises(MissingTextError, match=r"home\.nothing"):
        _ = texts("id").home.nothing
