"""Put changed lines into the index: the sets they are in first, then the lines, by which the next comer sees both."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from services.registration.adapters import search_store
from services.registration.model import places
from services.registration.model.search_row import SearchRow, Term

Sets = Mapping[str, Mapping[str, int]]


def keep_lines(institution: str, before: Mapping[int, SearchRow], after: Mapping[int, SearchRow]) -> None:
    """Store the lines of these places, which were as `before` says, or not there; again does no harm.

    Raises:
        Overtaken: somebody else wrote the index meanwhile.
        Busy: when DynamoDB leaves items out three times.
    """
    changed = {place: row for place, row in after.items() if row != before.get(place)}
    had = {place: before[place].terms() for place in changed if place in before}
    has = {place: row.terms() for place, row in changed.items()}
    left = {place: terms - has[place] for place, terms in had.items()}
    joined = {place: terms - had.get(place, frozenset()) for place, terms in has.items()}
    search_store.move(institution, into=_sets(joined), out_of=_sets(left))
    search_store.put_rows(institution, changed)


def _sets(terms: Mapping[int, Iterable[Term]]) -> Sets:
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, held in terms.items():
        for term in held:
            found[term.bucket][term.term].append(place)
    return {bucket: {term: places.of(listed) for term, listed in held.items()} for bucket, held in found.items()}
