"""A record's audit trail in words: what became of it, who read it, what came of its files (domain.md, section 8).

Three chains are told as one, the newest deed first: the person's own with its beginning in an import's lane, that of
who looked at him, and documents' one of his files. Who reads this is written down like whoever reads the record.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor, Role
from services.kernel.web.languages import Sentence
from services.registration.access.scope import require_institution_and_unit
from services.registration.adapters import access_log, person_store, trail_reader
from services.registration.adapters.trail_reader import Fault, Told
from services.registration.model.person import Person
from services.registration.trails.actors import ActorView, view_actors
from services.registration.trails.deed_words import IMPORTED, tell_deed, tell_import
from services.registration.trails.delta_view import FieldChange, shown_reason, view_delta

FAULTS: Final = {
    Fault.MISSING: "Mata rantai ini tidak ada. Laporkan kepada BKN: catatan mungkin dihilangkan.",
    Fault.CHANGED: "Mata rantai ini tidak cocok dengan rantainya. Laporkan kepada BKN: catatan mungkin diubah.",
    Fault.SEALED: "Isi mata rantai ini tidak dapat dibuka lagi; yang tersisa hanya siapa, apa, dan kapan.",
}


class HistoryEntry(BaseModel):
    """A deed: when, who, what, why; `number` is its link's in its chain.

    `fault`: why the link is not to be believed, and what to do; of a missing one nothing else is known.
    """

    number: int
    at: datetime | None
    actor: ActorView | None
    action: str | None
    text: Sentence | None
    changes: list[FieldChange]
    reason: str | None
    against_advice: bool
    fault: Sentence | None


class HistoryPage(BaseModel):
    """Some of a record's history, and the cursor that asks for what was before."""

    id: str
    nama: str
    nomor_registrasi: str
    items: list[HistoryEntry]
    cursor: str | None


def list_history(
    pid: str, cursor: str | None, limit: int, *, institution: str, actor: Actor, received: datetime
) -> HistoryPage:
    """One page, after its reader was written down.

    Raises:
        Problem: `not-found`, `malformed` for a cursor of no use, or `try-again` when he could not be written down.
    """
    person = person_store.load(pid)
    require_institution_and_unit(actor, institution, person)
    access_log.record_access(person, actor, "read-history", received)
    trails = _trails(person)
    places = [trail.last for trail in trails] if cursor is None else _read(cursor, trails)
    told = _newest(trails, places, limit)
    for trail, link in told:
        places[trail] = link.number - 1
    return HistoryPage(
        id=person.pid,
        nama=person.nama,
        nomor_registrasi=person.registration_number,
        items=_entries([link for _, link in told], person, actor.role),
        cursor=".".join(map(str, places)) if any(places) else None,
    )


@dataclass(frozen=True)
class _Trail:
    """A chain, the number of its last link, and what is told as link 1 where that stands in another chain."""

    chain: trail_reader.Chain
    last: int
    origin: Told | None = None

    def newest(self, upto: int, count: int) -> list[Told]:
        links = trail_reader.newest(self.chain, upto, count) if upto else []
        begins = self.origin is not None and upto and len(links) < count
        return [*links, self.origin] if begins and self.origin else links


def _trails(person: Person) -> list[_Trail]:
    chains = (trail_reader.own(person), trail_reader.readings(person), trail_reader.files(person))
    origins = (trail_reader.imported(person), None, None)
    return [
        _Trail(chain, trail_reader.last_number(chain), origin) for chain, origin in zip(chains, origins, strict=True)
    ]


def _read(cursor: str, trails: Sequence[_Trail]) -> list[int]:
    parts = cursor.split(".")
    if len(parts) != len(trails) or not all(part.isdecimal() and part.isascii() for part in parts):
        raise Problem(Code.MALFORMED)
    return [min(int(part), trail.last) for part, trail in zip(parts, trails, strict=True)]


def _newest(trails: Sequence[_Trail], places: Sequence[int], limit: int) -> list[tuple[int, Told]]:
    """The newest links of all chains, each with the place of its chain."""
    runs = [_dated(at, trail.newest(places[at], limit)) for at, trail in enumerate(trails)]
    merged = heapq.merge(*runs, key=lambda found: found[0], reverse=True)
    return [(trail, link) for (_, trail, link), _ in zip(merged, range(limit), strict=False)]


def _dated(trail: int, links: Iterable[Told]) -> list[tuple[int, int, Told]]:
    """With an instant to order by, which never rises along the chain: a missing link has none."""
    found, at = list[tuple[int, int, Told]](), clock.millis(clock.now())
    for link in links:
        at = min(at, link.at or at)
        found.append((at, trail, link))
    return found


def _entries(links: Sequence[Told], person: Person, role: Role) -> list[HistoryEntry]:
    actors = view_actors((link.actor for link in links if link.actor), pid=person.pid, institution=person.institution)
    return [_entry(link, actors.get(link.actor), role) for link in links]


def _entry(link: Told, actor: ActorView | None, role: Role) -> HistoryEntry:
    delta = link.delta or {}
    return HistoryEntry(
        number=link.number,
        at=clock.from_millis(link.at).astimezone(clock.WIB) if link.at else None,
        actor=actor,
        action=link.action or None,
        text=_text(link),
        changes=view_delta(delta, role),
        reason=shown_reason(delta),
        against_advice=delta.get("against_advice") is True,
        fault=FAULTS[link.fault] if link.fault else None,
    )


def _text(link: Told) -> str | None:
    if link.action == IMPORTED and link.delta:
        return tell_import(link.delta["import"], link.delta["row"])
    return tell_deed(link.action) if link.action else None
