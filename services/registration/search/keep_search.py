"""Keep an institution's index of people as their records stand (docs/adr/0018).

Whoever tells of somebody says only that he changed: his record is read, so it does not matter in which order, how late
or how often it is told. An institution's messages are handled one after the other. What is done is the same when it is
done again: places first, then the sets, last the rows, by which the next comer sees what a place is found by.
"""

import time
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from services.kernel import clock
from services.kernel.aws.events import portions
from services.kernel.log import LogLine, log
from services.registration.adapters import (
    job_store,
    person_items,
    person_store,
    roster_store,
    row_store,
    search_queue,
    search_store,
)
from services.registration.adapters.search_queue import ToldMessage
from services.registration.model.counted import Beside
from services.registration.model.search_row import SearchRow
from services.registration.search.keep_counts import is_due, keep_counts, with_beside
from services.registration.search.keep_lines import keep_lines
from services.registration.search.summarise_person import summarise_new, summarise_person

_FIRST: Final = 1
_AT_ONCE: Final = 1000
"""People whose lines are written together: their words share buckets."""
_BUDGET: Final = 45.0
"""Seconds after which a check goes on in another function; this one has two minutes."""


def keep_search(messages: Sequence[ToldMessage]) -> None:
    """Take in what is told of one institution.

    Raises:
        Overtaken: somebody else wrote the index meanwhile; told again, it goes on.
        Busy: when DynamoDB leaves items out three times.
    """
    institution = messages[0].institution
    if any(message.anew for message in messages):
        search_store.forget(institution)
    beside = {pid for message in messages if message.beside for pid in message.people}
    keep_people(institution, dict.fromkeys(pid for message in messages for pid in message.people), beside)
    if any(message.check or message.anew for message in messages) and not check_search(institution):
        search_queue.tell([ToldMessage(institution=institution, check=True)])
    elif any(message.recount for message in messages) or is_due(search_store.read_counted(institution), clock.now()):
        keep_counts(institution)


def check_search(institution: str, budget: float = _BUDGET) -> bool:
    """Mend the line of whoever has none or one of another version; False when time was over before everybody's."""
    end = time.monotonic() + budget
    known = {row.pid: row.v for _, row in search_store.all_rows(institution)}
    versions = roster_store.versions(institution)
    apart = [pid for pid, v in versions.items() if known.get(pid) != v]
    if apart and known:
        log(LogLine.SEARCH_DIFFERED, institution=institution, count=len(apart))
    for some in portions(apart, lambda _: 0, most=_AT_ONCE):
        if time.monotonic() > end:
            return False
        keep_people(institution, some, beside=set(some))
    log(LogLine.SEARCH_CHECKED, institution=institution, count=len(versions))
    return True


def keep_people(institution: str, people: Iterable[str], beside: Collection[str]) -> None:
    """Bring these people's lines up to date; of `beside` more than their root items may have changed."""
    roots = {pid: root for pid, root in row_store.roots(list(people)).items() if root}
    place_of = search_store.places_of(institution, [root["registration_number"] for root in roots.values()])
    before = search_store.read_rows(institution, place_of.values(), consistent=True)
    beside_them = Beside(search_store.read_counted(institution), job_store.load(institution))
    changed = dict[int, SearchRow]()
    for pid, root in roots.items():
        place = place_of[root["registration_number"]]
        if root["v"] == _FIRST and pid not in beside and place not in before:
            row = summarise_new(person_items.to_person(root))
        else:
            row = summarise_person(person_store.load_dossier(pid))
        changed[place] = with_beside(row, beside_them)
    keep_lines(institution, before, changed)
