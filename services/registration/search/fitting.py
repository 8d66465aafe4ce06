"""Whom conditions mean, by the sets of an index that was read for them (docs/adr/0019)."""

from collections.abc import Iterable, Iterator

from services.registration.adapters.search_store import Index
from services.registration.model import places
from services.registration.model.search_row import Term
from services.registration.search.wanted import Condition


def all_of(index: Index, conditions: Iterable[Condition]) -> int:
    """The places of those for whom all of the conditions hold; everybody's without any."""
    fitting = (1 << index.size) - 1
    for condition in conditions:
        met = places.union(stored for stored in _sets(index, condition))
        fitting &= ~met if condition.unless else met
    return fitting


def buckets_of(conditions: Iterable[Condition]) -> set[str]:
    """The buckets that these conditions ask for."""
    return {bucket for condition in conditions for bucket in condition.buckets}


def _sets(index: Index, condition: Condition) -> Iterator[bytes]:
    for bucket in condition.buckets:
        for term, stored in index.buckets.get(bucket, {}).items():
            if condition.fits(Term(bucket, term)):
                yield stored
