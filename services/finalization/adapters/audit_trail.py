"""Finalization's audit chains: one an institution; its number is the institution's version."""

from collections.abc import Iterator, Sequence

from services.finalization.adapters import institution_items, store
from services.finalization.settings import settings
from services.kernel.audit_check import Head
from services.kernel.audit_examine import Stored
from services.kernel.aws import dynamodb

_PAGE = 500


class FinalizationTrail:
    """Where finalization's chains and their heads are."""

    def institutions(self) -> Iterator[str]:
        """Every institution in the round."""
        after: str | None = None
        while page := store.directory(after, _PAGE):
            yield from page
            after = page[-1]

    def subjects(self, institution: str) -> list[str]:
        """The institution itself."""
        return [institution]

    def stored(self, institution: str, subjects: Sequence[str]) -> Iterator[Stored]:  # noqa: ARG002 - it is the only one
        """The head in the institution's record."""
        meta = dynamodb.get(settings().table, institution_items.key(institution))
        if meta is not None:
            yield Stored(store.chain(institution), Head(meta["v"], meta["head"]))

    def forget(self) -> None:
        """Nothing is remembered."""
