"""Looking through a roster a few thousand people an answer: by state, by name in each, going on from a cursor."""

from collections.abc import Iterable, Iterator

from services.kernel.aws.dynamodb import Item
from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.kernel.writes import gate
from services.registration.adapters import counter_store, person_items, person_store, roster_store

MAX_LOOKED_AT = 8000
"""How many people one answer looks at, so that it comes soon; the cursor goes on."""
_SPARE = 4
"""Each shard is asked for its share of a page, and this many more, so that few are asked again."""


def outlines(
    institution: str, states: Iterable[PersonState], *, cursor: str | None = None, wanted: int = MAX_LOOKED_AT
) -> Iterator[Item]:
    """Everybody in these states, which are in the index's order, behind whom the cursor names; `wanted` at a time.

    Raises:
        Problem: `malformed` for a cursor of no use.
    """
    after = _place(cursor, institution) if cursor else ""
    page = _SPARE + wanted // person_items.ROSTER_SHARDS
    for state in states:
        yield from roster_store.in_state(institution, state, after=after, page=page)


def occupied(institution: str, *, but: frozenset[PersonState], cursor: str | None = None) -> list[PersonState]:
    """The states that hold anybody by the exact counters, from the one that a cursor has reached on."""
    counts = counter_store.current(gate.read_round(institution))
    reached = cursor.partition(".")[0] if cursor else ""
    return sorted(state for state, n in counts.by_state.items() if n and state not in but and state.value >= reached)


def cursor_of(outline: Item) -> str:
    """State and id of the last one looked at: no name, for it stands in a URL."""
    return f"{outline['state']}.{outline['pk'].removeprefix('P#')}"


def _place(cursor: str, institution: str) -> str:
    state, _, pid = cursor.partition(".")
    person = person_store.find(pid) if state in PersonState.__members__ else None
    if person is None or person.institution != institution:
        raise Problem(Code.MALFORMED)
    return person_items.roster_place(PersonState(state), person.nama, pid)
