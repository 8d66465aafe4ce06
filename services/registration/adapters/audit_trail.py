"""Registration's audit chains: of each import lane, of each person, of who looked at him and at the lists, of staff.

An imported person's own chain follows his import: what its first link names is in the delta of a link of his lane
(row_store.py). So the lanes are opened first, once a run, and the people are held against them.
"""

from collections.abc import Iterator, Mapping, Sequence

from cryptography.exceptions import InvalidTag

from services.kernel.audit import chain as audit
from services.kernel.audit.check import START, Head
from services.kernel.audit.examine import Stored
from services.kernel.aws import dynamodb
from services.kernel.writes import gate
from services.registration.adapters import (
    access_log,
    institution_store,
    lane_store,
    person_items,
    roster_store,
    staff_log,
)
from services.registration.adapters.account_store import NATIONAL
from services.registration.settings import settings


class RegistrationTrail:
    """Where registration's chains and their heads are."""

    def __init__(self) -> None:
        self._origins: dict[str, Mapping[str, Head]] = {}

    def institutions(self) -> Sequence[str]:
        """Every institution finalization has spoken of; and bkn and auditors, of whom there are chains of staff."""
        return [*institution_store.codes(), NATIONAL]

    def subjects(self, institution: str) -> Iterator[str]:
        """The import lanes, the lists, the staff, then everybody on the roster."""
        if institution == NATIONAL:
            yield access_log.lists_of(NATIONAL)
            yield staff_log.staff_of(NATIONAL)
            return
        yield from _lanes(institution)
        yield access_log.lists_of(institution)
        yield staff_log.staff_of(institution)
        yield from sorted(roster_store.everybody(institution))

    def stored(self, institution: str, subjects: Sequence[str]) -> Iterator[Stored]:
        """The heads of these lanes and people, and of the lists, which are read like somebody without a record."""
        lanes = frozenset(_lanes(institution)) if institution != NATIONAL else frozenset[str]()
        for lane in lanes.intersection(subjects):
            head = lane_store.load(institution, lane)
            if head.number:
                yield Stored(audit.lane_chain(institution, lane), Head(head.number, head.hash))
        yield from self._people(institution, [subject for subject in subjects if subject not in lanes])

    def forget(self) -> None:
        """Open the lanes anew: somebody may have been imported since."""
        self._origins.clear()

    def _people(self, institution: str, pids: Sequence[str]) -> Iterator[Stored]:
        origins = self._origins_of(institution) if pids else {}
        roots = dynamodb.get_many(settings().table, [person_items.person_key(pid) for pid in pids])
        readings = dynamodb.get_many(settings().table, [access_log.head_key(pid) for pid in pids])
        for pid, root, reading in zip(pids, roots, readings, strict=True):
            if root is not None:
                head = Head(root["v"], root["head"])
                yield Stored(audit.person_chain(pid), head, origins.get(pid, START))
            if reading is not None:
                yield Stored(audit.access_chain(pid), Head(reading["v"], reading["head"]))

    def _origins_of(self, institution: str) -> Mapping[str, Head]:
        if institution == NATIONAL:
            return {}
        if institution not in self._origins:
            self._origins[institution] = dict(_origins(institution))
        return self._origins[institution]


def _lanes(institution: str) -> list[str]:
    return [f"{gate.IMPORT_LANE}{lane}" for lane in range(gate.read_round(institution).import_lanes)]


def _origins(institution: str) -> Iterator[tuple[str, Head]]:
    """What the chain of each imported person follows. A link that does not open is the lane's fault, told there."""
    for lane in _lanes(institution):
        salt = lane_store.load(institution, lane).salt
        for link in audit.read(audit.lane_chain(institution, lane)):
            try:
                delta = audit.open_delta(link, institution=institution, salt=salt)
            except (InvalidTag, KeyError):
                continue
            yield from ((pid, Head(1, own_hash)) for pid, own_hash in delta["heads"].items())
