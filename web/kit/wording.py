"""Texts: one TOML file per topic and language under texts/, looked up by dotted name.

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
        """The text or section under a name, which may be dotted: `t["account.identity"]`."""
        name = self._name
        here: Any = self._content
        for part in key.split("."):
            if part not in here:
                msg = f"{name}.{part}"
                raise MissingTextError(msg)
            here, name = here[part], f"{name}.{part}"
        return Texts(name, here) if isinstance(here, dict) else here

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)


def plain(section: Texts) -> dict[str, Any]:
    """A section as it stands in its file. A function, because every method would hide a text of its name."""
    return section._content  # noqa: SLF001 - beside its class


@cache
def texts(language: str, *more: Path) -> Texts:
    """All texts of one language, the topic's file name first: `t.labels.phases`.

    Args:
        language: "id" or "en".
        more: folders whose texts come with the kit's own.
    """
    files = sorted(file for folder in (FOLDER, *more) for file in (folder / language).glob("*.toml"))
    return Texts(language, {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files})
