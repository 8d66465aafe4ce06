"""What must be true after each seal, of what the writers were told and what the layer before the tables witnessed.

The witness saw every transaction that was applied, in an order that is exact for two that share an item; and a write
shares its lane with whoever moves or closes it. So it can say which windows a write met, whatever the write says.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from services.finalization.institution.prefinalize_institution import ACTION as PREFINALIZED
from services.finalization.prefinal.prefinalize_ended import PORTAL
from services.kernel.audit.chain import sort_key
from services.kernel.writes.calendar import Window
from services.registration.model.person_states import Action
from services.registration.nik_corrections.commit_moves import ACTION as CORRECT_NIK
from services.registration.reclaims.hand_over_account import ACTION as RECLAIM
from tests.system.deeds import window_of

OPERATOR = "operator"
"""Who registered the people before the race."""


@dataclass(frozen=True)
class Commit:
    """One person moved by a write that was applied; `open` and `closes` (ms) are what stood in the gate then."""

    id: str
    pid: str
    received: int
    closes: int
    open: bool


@dataclass(frozen=True)
class Listing:
    """A pre-finalization by the portal; `open` and `entry` (ms) are what stood in the gate then, `at` its own clock."""

    entry: int
    at: int
    open: bool


@dataclass
class Witnessed:
    """What the layer saw."""

    commits: list[Commit] = field(default_factory=list)
    lists: list[Listing] = field(default_factory=list)
    conflicts: Counter[str] = field(default_factory=Counter)
    joined: set[str] = field(default_factory=set)
    """The ids under which somebody's corrected NIK was entered."""
    reclaims: Counter[str] = field(default_factory=Counter)
    """How often the account of each person was handed over."""
    corrected: int = 0
    """Corrections of fields."""
    moves: int = 0
    locks: int = 0

    @property
    def writes(self) -> set[str]:
        """The writes applied, each of one person or of two."""
        return {commit.id for commit in self.commits}


@dataclass(frozen=True)
class Told:
    """What the writers were told, by the identities of their writes. A killed one tried and was told nothing.

    `tried` has the people whom each wanted to move.
    """

    tried: Mapping[str, Collection[str]]
    acknowledged: frozenset[str]
    refused: frozenset[str]
    answers: Counter[str]


def witnessed(lines: Iterable[Mapping[str, Any]]) -> Witnessed:
    """Go through the witness' lines, knowing at each what stands in the gate."""
    seen, state = Witnessed(), "CLOSED"
    closes: dict[Window, int] = {}
    for line in lines:
        if "conflict" in line:
            seen.conflicts[line["conflict"]] += 1
            continue
        for part in line["applied"]:
            if _is_meta(part):
                seen.locks += state == "OPEN" and part.get("state") == "CLOSED"
                seen.moves += "ep" in part
                state = part.get("state", state)
                closes |= {window: int(part[window.lower()]) for window in Window if window.lower() in part}
            elif _is_listing(part):
                seen.lists.append(Listing(closes[Window.ENTRY], int(part["at"]), state == "OPEN"))
            elif _is_link(part):
                closing = closes[window_of(part["action"])]
                pid = part["pk"].rpartition("#")[2]
                if part["action"] == CORRECT_NIK and part["sk"] == sort_key(1):
                    seen.joined.add(pid)
                seen.reclaims[pid] += part["action"] == RECLAIM
                seen.corrected += part["action"] == Action.CORRECT
                commit = Commit(part["actor"], pid, int(part["at"]), closing, state == "OPEN")
                seen.commits.append(commit)
    return seen


def heard(lines: Iterable[Mapping[str, Any]]) -> Told:
    """Sort what the writers tell."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    answers: Counter[str] = Counter()
    tried: dict[str, Collection[str]] = {}
    for line in lines:
        if "id" in line:
            ids[line["told"]].add(line["id"])
            answers[line.get("code", line["told"])] += 1
        if line["told"] == "trying":
            tried[line["id"]] = line["people"]
    return Told(tried, frozenset(ids["acknowledged"]), frozenset(ids["refused"]), answers)


def faults(seen: Witnessed, told: Told) -> Iterator[str]:
    """Every broken promise, in words."""
    applied: defaultdict[str, list[str]] = defaultdict(list)
    for commit in seen.commits:
        applied[commit.id].append(commit.pid)
    late = [commit.id for commit in seen.commits if commit.received >= commit.closes]
    yield from _ids("received at or after the close of its window", late)
    yield from _ids("applied while the institution was locked", [c.id for c in seen.commits if not c.open])
    yield from _ids("applied twice", [one for one, pids in applied.items() if len(set(pids)) < len(pids)])
    apart = [one for one, pids in applied.items() if not set(told.tried.get(one, pids)) <= set(pids)]
    yield from _ids("applied to one of two people", apart)
    yield from _ids("acknowledged, and not there", told.acknowledged - applied.keys())
    yield from _ids("refused, and there all the same", told.refused & applied.keys())
    yield from _ids("there, and nobody tried", applied.keys() - told.tried.keys())
    yield from _list_faults(seen.lists)


def _list_faults(lists: Sequence[Listing]) -> Iterator[str]:
    yield from _ids("pre-finalized while entry was open", [str(one.at) for one in lists if one.at < one.entry])
    yield from _ids("pre-finalized while locked", [str(one.at) for one in lists if not one.open])
    twice = [str(now.at) for before, now in pairwise(lists) if now.entry <= before.entry]
    yield from _ids("pre-finalized twice for one close of entry", twice)


def sealed_faults(seen: Witnessed, sealed: Mapping[str, int], stored: Mapping[str, int]) -> Iterator[str]:
    """What the seal has too much or too little: `sealed` and `stored` are versions by person."""
    written = Counter(commit.pid for commit in seen.commits)
    must = {pid: (pid not in seen.joined) + written[pid] for pid in stored}
    yield from _ids("sealed otherwise than written", [pid for pid in must if sealed.get(pid) != must[pid]])
    yield from _ids("stored otherwise than sealed", [pid for pid in stored if sealed.get(pid) != stored[pid]])
    yield from _ids("sealed, and never registered", sealed.keys() - stored.keys())


def _is_meta(part: Mapping[str, Any]) -> bool:
    pk: str = part["pk"]
    return part["kind"] != "ConditionCheck" and pk.startswith("G#") and pk.count("#") == 1


def _is_listing(part: Mapping[str, Any]) -> bool:
    return bool(part.get("actor") == PORTAL and part.get("action") == PREFINALIZED)


def _is_link(part: Mapping[str, Any]) -> bool:
    pk: str = part["pk"]
    return pk.startswith("registration#P#") and bool(part["actor"] != OPERATOR)


def _ids(what: str, found: Collection[str]) -> Iterator[str]:
    if found:
        yield f"{len(found)} {what}: {', '.join(sorted(found)[:5])}"
