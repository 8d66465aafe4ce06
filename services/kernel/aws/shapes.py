"""What items look like: every kind of item a service writes is declared as a `Shape`, in `adapters/*shapes.py`.

`docs/tables.md` is made of them (`make tables`); in the tests no write passes that fits none (tests/support/shapes.py).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

_PART = re.compile("<[^>]+>")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One kind of item.

    In keys and in names of attributes `<…>` stands for any text without `#`.

    Args:
        name: what it is, in a few words.
        tables: the logical ids, in infra/shared.yaml, of the tables that hold such items.
        pk: pattern of the partition key.
        sk: pattern of the sort key; None in a table that has none.
        by: the module that writes it, from `services/` on.
        attributes: each with what it means; neither the key nor what the indexes are made of.
        encrypted: those of the attributes that hold ciphertext.
        indexes: the indexes it stands in, each with its partition and its order there.
    """

    name: str
    tables: Sequence[str]
    pk: str
    sk: str | None = None
    by: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    encrypted: Sequence[str] = ()
    indexes: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def key(self) -> re.Pattern[str]:
        """What `keys` says of an item of this shape."""
        return re.compile(_regex(keys(self.pk, self.sk)))

    def unknown(self, names: Iterable[str]) -> set[str]:
        """Those attributes of an item that this shape does not declare."""
        left = set(names) - self._known
        return {name for name in left if not self._families.fullmatch(name)} if left else left

    @cached_property
    def _known(self) -> frozenset[str]:
        ordered = {name for index in self.indexes for name in INDEX_KEYS.get(index, ("g1pk", "g1sk"))}
        return frozenset({"pk", "sk", *self.attributes, *ordered})

    @cached_property
    def _families(self) -> re.Pattern[str]:
        return re.compile("|".join(_regex(name) for name in self.attributes if "<" in name) or "(?!)")


INDEX_KEYS = {"unlisted": ("g2pk", "g2sk"), "deeds": ("by", "at")}
"""The attributes an index is made of, where they are not `g1pk` and `g1sk`."""


def keys(pk: str, sk: str | None) -> str:
    """Both halves of a key as one text."""
    return pk if sk is None else f"{pk} / {sk}"


def _regex(pattern: str) -> str:
    return "[^#]+".join(re.escape(text) for text in _PART.split(pattern))
