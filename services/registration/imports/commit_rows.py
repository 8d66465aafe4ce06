"""Store the sound rows of a chunk, and say of each what became of it.

The transaction that meets a claim is refused as a whole and tells which rows met one; these get their answer or join
the claim as KONFLIK, and the rest is sent again. A row that this very import has stored before is accepted as it was:
the same message may come twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.kernel.aws.dynamodb import Item
from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.kernel.writes.calendar import OUT_OF_TIME
from services.registration.adapters import claim_store, person_items, person_store, row_store
from services.registration.adapters.row_store import BATCH_SIZE
from services.registration.model.claim import Claimant
from services.registration.model.entry import Entry, Origin
from services.registration.model.import_job import Outcome
from services.registration.model.person import Person
from services.registration.model.person_states import Action
from services.registration.people.corrected_before import stood_here
from services.registration.rows.row_problems import RowProblem

_MAX_TRIES: Final = 6
_OUTCOMES: Final = {PersonState.KONFLIK: Outcome.KONFLIK}
"""What a stored row's state says of it; any other state is an accepted row."""


@dataclass(frozen=True)
class Candidate:
    """A sound row as the person it would be."""

    row: int
    person: Person


@dataclass(frozen=True)
class Fate:
    """What became of a row; `person` is there once he is stored.

    No outcome: the institution has `person` already, by another row, and whether he is corrected is not decided yet.
    """

    outcome: Outcome | None
    person: Person | None = None
    problems: tuple[RowProblem, ...] = ()


def commit_rows(candidates: Sequence[Candidate], origin: Origin) -> dict[int, Fate]:
    """Store what can be stored; every row gets its fate.

    Raises:
        Problem: `try-again` when the lanes are too busy; what was stored until then stays, and is met again.
    """
    fates: dict[int, Fate] = {}
    for start in range(0, len(candidates), BATCH_SIZE):
        fates.update(_commit_together(candidates[start : start + BATCH_SIZE], origin))
    return fates


def _commit_together(candidates: Sequence[Candidate], origin: Origin) -> dict[int, Fate]:
    waiting = {candidate.person.pid: candidate for candidate in candidates}
    disputed: set[str] = set()
    fates: dict[int, Fate] = {}
    for _ in range(_MAX_TRIES):
        entries = [_entry(candidate, origin, disputed=pid in disputed) for pid, candidate in waiting.items()]
        if not entries:
            return fates
        try:
            refused = row_store.commit(entries, origin)
        except Problem as problem:
            if problem.code not in OUT_OF_TIME:
                raise
            return fates | _too_late(list(waiting.values()), origin, problem)
        if not refused:
            return fates | {entry.row: _stored(entry.person) for entry in entries}
        for pid, root in refused.items():
            if root is None:
                disputed ^= {pid}
            else:
                fates.update(_met(root, waiting.pop(pid), waiting, origin))
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _entry(candidate: Candidate, origin: Origin, *, disputed: bool) -> Entry:
    person, nik = candidate.person, candidate.person.row["nik"]
    claimant = Claimant(person.institution, person.pid)
    if disputed:
        joined = person.moved(Action.CLAIM_ELSEWHERE, origin.received)
        return Entry(joined, claim_store.join(nik, claimant), candidate.row)
    return Entry(person, claim_store.take(nik, claimant), candidate.row)


def _stored(person: Person) -> Fate:
    return Fate(_OUTCOMES.get(person.state, Outcome.DITERIMA), person)


def _met(root: Item, candidate: Candidate, waiting: dict[str, Candidate], origin: Origin) -> dict[int, Fate]:
    """What becomes of a row whose root was there: its fate, or it waits beside that record."""
    beside = _beside(root, candidate, origin)
    if beside is None:
        return {candidate.row: _already_there(root, candidate, origin)}
    waiting[beside.person.pid] = beside
    return {}


def _beside(root: Item, candidate: Candidate, origin: Origin) -> Candidate | None:
    """Whoever is entered under a NIK from which somebody else was moved away, beside that record; None: he is not."""
    there = person_items.to_person(root)
    if there.successor is None or _is_this_row(there, candidate, origin) or stood_here(candidate.person):
        return None
    person = candidate.person
    return replace(
        candidate, person=replace(person, pid=person_store.vacant_pid(person.institution, person.row["nik"]))
    )


def _standing(root: Item | None, candidate: Candidate, origin: Origin) -> Candidate:
    return candidate if root is None else _beside(root, candidate, origin) or candidate


def _is_this_row(person: Person, candidate: Candidate, origin: Origin) -> bool:
    noted = person.private.origin
    return noted is not None and (noted.import_id, noted.row) == (origin.import_id, candidate.row)


def _already_there(root: Item, candidate: Candidate, origin: Origin) -> Fate:
    """The institution has this person already: by this very row, when the message came twice, or by another."""
    person = person_items.to_person(root)
    noted = person.private.origin
    if noted and _is_this_row(person, candidate, origin):
        return Fate(_OUTCOMES.get(noted.state, Outcome.DITERIMA), person)
    return Fate(None, person)


def _too_late(candidates: Sequence[Candidate], origin: Origin, problem: Problem) -> dict[int, Fate]:
    """The lanes are closed; a row that got in before, of which the answer was lost, is in all the same."""
    there = row_store.roots([candidate.person.pid for candidate in candidates])
    candidates = [_standing(there[candidate.person.pid], candidate, origin) for candidate in candidates]
    found = row_store.roots([candidate.person.pid for candidate in candidates])
    closed = RowProblem("", problem.code.value, problem.detail or "")
    return {
        candidate.row: _already_there(root, candidate, origin)
        if (root := found[candidate.person.pid]) is not None
        else Fate(Outcome.DITUTUP, None, (closed,))
        for candidate in candidates
    }
