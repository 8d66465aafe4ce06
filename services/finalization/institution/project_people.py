"""Keep, of every person, state, category, open matters and marks of his verdict: what the counts are made of."""

from collections import defaultdict
from collections.abc import Sequence

from services.finalization.adapters import people_store
from services.finalization.adapters.people_store import Recount
from services.finalization.institution.begin_entry import begin_entry
from services.kernel.aws import dynamodb
from services.kernel.events.facts import PersonListed
from services.kernel.log import LogLine, log, where
from services.kernel.problems import Code, Problem
from services.kernel.writes import patience, ungated

BATCH_SIZE = dynamodb.MAX_OPERATIONS - 1
"""People of one institution in a transaction; one operation more moves the counters."""


def project_people(facts: Sequence[PersonListed]) -> set[int]:
    """Take people's states over, unless something newer is known; counters move in the same transaction.

    Facts may come twice and in any order: what is not newer than the version known changes nothing. Returns the
    positions of the facts that must come again: an institution has no round, or others held its items all the while.
    """
    people: dict[str, dict[str, PersonListed]] = defaultdict(dict)
    for fact in sorted(facts, key=lambda fact: fact.v):
        people[fact.institution][fact.pid] = fact  # the newest stays
    failed: set[str] = set()
    for institution, newest in people.items():
        rows = list(newest.values())
        for start in range(0, len(rows), BATCH_SIZE):
            failed |= _kept_or_failed(institution, rows[start : start + BATCH_SIZE])
    return {at for at, fact in enumerate(facts) if fact.pid in failed}


def _kept_or_failed(institution: str, people: Sequence[PersonListed]) -> set[str]:
    try:
        _keep(institution, people)
    except Problem as problem:
        log(LogLine.MESSAGE_FAILED, error=where(problem), institution=institution, count=len(people))
        return {fact.pid for fact in people}
    return set()


def _keep(institution: str, people: Sequence[PersonListed]) -> None:
    """Keep the newest fact of each of these people of one institution, or of none.

    Raises:
        Problem: `not-found` for an institution that has no round; `try-again`.
    """
    for attempt in range(ungated.MAX_TRIES):
        known = people_store.load([fact.pid for fact in people])
        moved = [Recount(fact, was) for fact, was in zip(people, known, strict=True) if was is None or was.v < fact.v]
        if not moved:
            return
        if any(each.was is None for each in moved):
            begin_entry(institution)
        if ungated.attempt(people_store.keep(institution, moved)):
            return
        patience.pause(attempt)  # another fact about one of them came between, or somebody held the shard
    raise Problem(Code.TRY_AGAIN)
