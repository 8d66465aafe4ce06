"""Use cases are named by the verbs of docs/words.md, and by no others: one verb a deed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.services import ROOT, SERVICES

_WORDS = (ROOT / "docs" / "words.md").read_text()
_BELOW = {"model", "rows", "adapters", "access", "shared"}


def _listed(heading: str) -> set[str]:
    """What a section of the page has between backticks, in a table its first column only."""
    section = _WORDS.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    named = (line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `") or heading == "Nouns")
    return {word for line in named for word in re.findall(r"`([a-z_]+)`", line)}


def _asked_by(route: Path) -> Iterator[str]:
    """The functions of use-case folders that a file of routes or triggers imports."""
    for node in ast.walk(ast.parse(route.read_text())):
        if isinstance(node, ast.ImportFrom) and _is_of_use_cases((node.module or "").split(".")):
            yield from (name.name for name in node.names if name.name.islower())


def _is_of_use_cases(module: list[str]) -> bool:
    return module[0] == "services" and len(module) > 3 and module[1] != "kernel" and module[2] not in _BELOW


def _named_like(module: Path) -> Iterator[str]:
    """The function that has its file's name."""
    body = ast.parse(module.read_text()).body
    yield from (node.name for node in body if isinstance(node, ast.FunctionDef) and node.name == module.stem)


def _use_cases() -> set[str]:
    routes = (path for service in SERVICES for path in service.source.glob("*.py"))
    modules = (path for service in SERVICES for path in service.source.glob("*/*.py") if path.parent.name not in _BELOW)
    return {name for path in routes for name in _asked_by(path)} | {
        name for path in modules for name in _named_like(path)
    }


def _is_named_by(verb: str, name: str) -> bool:
    return name.startswith(verb) if verb.endswith("_") else name == verb or name.startswith(f"{verb}_")


@pytest.mark.parametrize(("name", "is_named"), [("get_ticket", True), ("sign_in", True), ("fetch_ticket", False)])
def test_a_verb_is_of_the_list_or_not(name: str, is_named: bool) -> None:
    assert any(_is_named_by(verb, name) for verb in _listed("Verbs")) is is_named


def test_use_cases_are_named_by_a_verb_of_the_list_or_a_noun_of_it() -> None:
    verbs, nouns = _listed("Verbs"), _listed("Nouns")
    assert {name for name in _use_cases() - nouns if not any(_is_named_by(verb, name) for verb in verbs)} == set()


def test_no_word_of_the_list_has_lost_its_use() -> None:
    verbs, names = _listed("Verbs"), _use_cases()
    instead = set(re.findall(r"→ `([a-z_]+)`", _WORDS))
    assert instead - verbs == set()
    assert {verb for verb in verbs - instead if not any(_is_named_by(verb, name) for name in names)} == set()
    assert _listed("Nouns") - names == set()
