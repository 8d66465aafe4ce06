"""Where the head of every audit chain stands: from an item to its chain, and from a chain to its item."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.kernel.audit.check import Head


@dataclass(frozen=True)
class Place:
    """One kind of head: in the items `<leads>…`/`sort` of a table, named by an output of the shared stack.

    Its chain is `<service>#<kind>#…<ends>`; `version` and `own_hash` are the attributes that hold the head.
    """

    service: str
    table: str
    leads: str
    sort: str
    kind: str
    version: str
    own_hash: str
    ends: str = ""

    def chain(self, item: Mapping[str, Any]) -> str | None:
        """The chain whose head stands in this item, or None."""
        if item["sk"] != self.sort or not item["pk"].startswith(self.leads) or not item.get(self.version):
            return None
        return f"{self.service}#{self.kind}#{item['pk'].removeprefix(self.leads)}{self.ends}"

    def key(self, chain: str) -> dict[str, str] | None:
        """The key of the item that holds the head of this chain, or None when it is another kind's."""
        leads = f"{self.service}#{self.kind}#"
        if not chain.startswith(leads) or not chain.endswith(self.ends):
            return None
        return {"pk": self.leads + chain.removeprefix(leads).removesuffix(self.ends), "sk": self.sort}

    def head(self, item: Mapping[str, Any]) -> Head:
        """The head in an item."""
        return Head(int(item[self.version]), str(item.get(self.own_hash)))


PLACES = (
    Place("registration", "RegTable", "P#", "@", "P", "v", "head"),
    Place("registration", "RegTable", "P#", "A", "A", "v", "head"),
    Place("registration", "RegTable", "C#", "@", "I", "links", "head"),
    Place("documents", "DocTable", "P#", "@", "P", "v", "head"),
    Place("finalization", "FinTable", "F#", "META", "I", "v", "head"),
    Place("finalization", "FinTable", "CAL", "@", "I", "v", "head", ends="CAL"),
    Place("announcements", "AnnTable", "C#", "@", "C", "v", "head"),
    Place("announcements", "AnnTable", "A#", "CASES", "I", "v", "head", ends="#cases"),
    Place("announcements", "AnnTable", "A#", "RELEASES", "I", "v", "head", ends="#publication"),
)
