"""What is written to the site: objects by key, and a manifest of what was written before."""

import functools
import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

HTML = "text/html; charset=utf-8"
JSON = "application/json"
_UNKNOWN = b""


@dataclass(frozen=True)
class Object:
    """One object of the site."""

    key: str
    content: bytes
    content_type: str

    @functools.cached_property
    def mark(self) -> bytes:
        """Half of its SHA-256: enough to tell whether it changed, and a manifest of 2,000 pages stays small."""
        return hashlib.sha256(self.content).digest()[:16]


@dataclass(frozen=True)
class Manifest:
    """What stands on the site of an institution: each object's mark, which list it shows and since when.

    `v` counts the writes of the manifest itself. An object whose mark is not known is written or removed again.
    """

    v: int = 0
    edition: str = ""
    published_at: datetime | None = None
    marks: Mapping[str, bytes] = field(default_factory=dict)

    def changed(self, objects: Iterable[Object]) -> list[Object]:
        """The objects that are not yet as they should be."""
        return [each for each in objects if self.marks.get(each.key) != each.mark]

    def unsure_of(self, keys: Iterable[str]) -> Self:
        """The manifest while these keys are being worked on: if the work breaks off, nothing is taken for done."""
        return replace(self, v=self.v + 1, marks={**self.marks, **dict.fromkeys(keys, _UNKNOWN)})

    def holding(self, objects: Iterable[Object]) -> Self:
        """The manifest once these objects stand there too; its next writing says so."""
        return replace(self, marks={**self.marks, **{each.key: each.mark for each in objects}})

    def only(self, keys: Collection[str]) -> Self:
        """The manifest once nothing stands there but what these keys name."""
        return replace(self, v=self.v + 1, marks={key: mark for key, mark in self.marks.items() if key in keys})
