"""The site's texts: one TOML file per topic and language under texts/, looked up by dotted name.

A text that is missing stops the build; a test compares the two languages name by name.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "texts"


class MissingTextError(Exception):
    """A template asked for a text that no file of the language holds."""


class Texts:
    """A section of texts: `t.home.title` in a template gives the string or a deeper section."""

    def __init__(self, name: str, content: dict[str, Any]) -> None:
        self._name = name
        self._content = content

    def __getattr__(self, key: str) -> Any:  # noqa: ANN401 - a string, a list or a section
        if key.startswith("__"):
            raise AttributeError(key)
        return self[key]

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        if key not in self._content:
            msg = f"{self._name}.{key}"
            raise MissingTextError(msg)
        found = self._content[key]
        return Texts(f"{self._name}.{key}", found) if isinstance(found, dict) else found

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def plain(self) -> dict[str, Any]:
        """The section as it stands in the file, for the data block that scripts read."""
        return self._content

    def at(self, dotted: str) -> Any:  # noqa: ANN401
        """The text or section under a dotted name, as `account.identity`."""
        here: Any = self
        for part in dotted.split("."):
            here = here[part]
        return here


@cache
def texts(language: str) -> Texts:
    """All texts of one language, the topic's file name first: `t.fields.nik.label`."""
    files = sorted((FOLDER / language).glob("*.toml"))
    return Texts(language, {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files})
