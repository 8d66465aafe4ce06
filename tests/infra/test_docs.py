"""What the documents and the docstrings name is there: files, folders, modules, sections."""

import ast
import functools
import json
import os
import re
from collections.abc import Iterator
from fnmatch import filter as matching
from pathlib import Path

import pytest

from infra.openapi import path_of
from infra.services import ROOT, SERVICES, Service
from services.kernel.problems import Code

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
DESIGN = ROOT / "docs" / "design.md"
MODULES = sorted(path for top in ("services", "infra", "tools") for path in (ROOT / top).rglob("*.py"))

_BASES = [ROOT, ROOT / "services", ROOT / "services" / "kernel", *(service.source for service in SERVICES)]
_SOURCE = r"\.(?:py|js|md|yaml|toml|html|pml)"
_FROM_THE_ROOT = re.compile(r"(?<![\w/.-])(?:services|web|infra|tools|tests|docs)/[\w./*-]*[\w*/]")
_SPAN = re.compile(rf"`([\w.*-]+(?:/[\w.*-]+)*(?:{_SOURCE}|/))`")
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
_MODULE = re.compile(r"python -m ((?:services|web|infra|tools|tests)(?:\.\w+)*)")
_PROBLEM = re.compile(r"Problem: `([^`]+)`")
_SECTION = re.compile(r"\b(domain|design)\.md, (?:section )?(\d+)")

ELSEWHERE = {
    "heads/": "a prefix in a bucket",
    "vendor/": "a folder of a bundle",
    ".local/": "made by a run",
    "build/resync/": "made by a run",
}


def _names() -> frozenset[str]:
    """The name of every file of the repository."""
    left_out = {"node_modules", ".git", ".venv", "build", ".local"}
    found: set[str] = set()
    for _, folders, files in os.walk(ROOT):
        folders[:] = [folder for folder in folders if folder not in left_out]
        found.update(files)
    return frozenset(found)


NAMES = _names()


def is_there(path: str, beside: Path) -> bool:
    """Whether a path leads somewhere: from the repository, from services/, from a service, or from who names it.

    A bare file name is one of the repository's files; a star stands for any name, as in a shell; a decision may be
    named by its number alone.
    """
    if "/" not in path:
        return bool(matching(NAMES, path))
    pattern = re.sub(r"(adr/\d{4})$", r"\1-*.md", path.rstrip("/"))
    return any(_leads_somewhere(base, pattern) for base in (*_BASES, beside))


def _leads_somewhere(base: Path, pattern: str) -> bool:
    return any(base.glob(pattern)) if "*" in pattern else (base / pattern).exists()


def paths_of(text: str) -> Iterator[str]:
    """What a text names as a path: between backticks, or beginning with a folder of the repository."""
    yield from _SPAN.findall(text)
    yield from _FROM_THE_ROOT.findall(text)


def missing(text: str, beside: Path) -> set[str]:
    """Which paths and modules of a text lead nowhere."""
    paths = {path for path in paths_of(text) if path not in ELSEWHERE and not is_there(path, beside)}
    modules = {name for name in _MODULE.findall(text) if not _module(name)}
    return paths | modules


def _module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.with_suffix(".py").is_file() or path.is_dir()


@functools.cache
def docstrings(module: Path) -> str:
    """All docstrings of a module, and of its attributes."""
    nodes = ast.walk(ast.parse(module.read_text()))
    texts = (node.value.value for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    return "\n".join(text for text in texts if isinstance(text, str))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_is_there(document: Path) -> None:
    text = document.read_text()
    links = {link for link in _LINK.findall(text) if not (document.parent / link).exists()}
    assert missing(text, document.parent) | links == set()


def test_what_a_docstring_names_is_there() -> None:
    found = {str(module.relative_to(ROOT)): missing(docstrings(module), module.parent) for module in MODULES}
    assert {module: paths for module, paths in found.items() if paths} == {}


def test_a_problem_that_a_docstring_promises_has_its_code() -> None:
    promised = {code for module in MODULES for code in _PROBLEM.findall(docstrings(module))}
    assert promised
    assert promised - set(Code) == set()


def test_a_section_that_is_cited_is_there() -> None:
    cited = {pair for path in (*DOCUMENTS, *MODULES) for pair in _SECTION.findall(path.read_text())}
    assert {page for page, _ in cited} == {"domain", "design"}
    pages = {page: (ROOT / "docs" / f"{page}.md").read_text() for page, _ in cited}
    assert {(page, number) for page, number in cited if f"\n## {number}. " not in pages[page]} == set()


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_the_design_lists_the_paths_that_are_built_and_no_others(service: Service) -> None:
    (row,) = re.findall(rf"paths \|\n\|---\|---\|\n(?:\|.*\n)*?\| {service.name} \|(.*)\|", DESIGN.read_text())
    listed = {
        f"{method} {path}" for methods, path in re.findall(r"`([A-Z,]+) (\S+)`", row) for method in methods.split(",")
    }
    paths = json.loads(path_of(service).read_text())["paths"]
    built = {
        f"{method.upper()} {path.removeprefix(f'/{service.name}/')}"
        for path, operations in paths.items()
        for method in operations
    }
    assert listed == built


def test_every_section_of_the_design_says_what_is_built() -> None:
    sections = DESIGN.read_text().split("\n## ")[1:]
    assert sections
    assert [section.splitlines()[0] for section in sections if not section.split("\n\n")[1].startswith("**Built")] == []


@pytest.mark.parametrize("path", ["services/kernel/gate.py", "gate/none.py", "nowhere.py", "kernel/nowhere/"])
def test_a_path_that_leads_nowhere_is_found(path: str) -> None:
    assert missing(f"See `{path}`.", ROOT / "docs") == {path}


@pytest.mark.parametrize(
    "path",
    ["services/kernel/writes/gate.py", "kernel/writes/gate.py", "writes/gate.py", "imports/take_file.py", "gate.py"],
)
def test_a_path_may_begin_at_the_repository_services_or_a_service(path: str) -> None:
    assert missing(f"See `{path}`.", ROOT / "docs") == set()
