"""Finalization's audit chains: one an institution, whose number is its version, and one of the round's calendar."""

from collections.abc import Iterator, Sequence

from services.finalization.adapters import calendar_store, institution_items, store
from services.finalization.settings import settings
from services.kernel.audit.check import Head
from services.kernel.audit.examine import Stored
from services.kernel.aws import dynamodb


class FinalizationTrail:
    """Where finalization's chains and their heads are."""

    def institutions(self) -> Iterator[str]:
        """Every institution in the round, and whoever the calendar's chain is named for."""
        yield calendar_store.OWNER
        yield from store.every_code()

    def subjects(self, institution: str) -> list[str]:
        """The institution itself, or the calendar."""
        return [institution]

    def stored(self, institution: str, subjects: Sequence[str]) -> Iterator[Stored]:  # noqa: ARG002 - it is the only one
        """The head in the institution's record, or in the calendar as it stands."""
        if institution == calendar_store.OWNER:
            calendar = calendar_store.load()
            if calendar.v:
                yield Stored(store.chain(institution), Head(calendar.v, calendar.head))
            return
        meta = dynamodb.get(settings().table, institution_items.key(institution))
        if meta is not None:
            yield Stored(store.chain(institution), Head(meta["v"], meta["head"]))

    def forget(self) -> None:
        """Nothing is remembered."""
