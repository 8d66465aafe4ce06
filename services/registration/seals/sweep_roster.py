"""Read a locked roster whole, and prove that it is whole (design.md, section 4, "Seal").

The index is eventually consistent and a commit may become visible late; the counters, which moved in the same
transactions, say what must be there. The roster is whole when, read with no transaction pending,

- the number of people equals the sum of `n` over all lanes,
- the number of people in each state equals the sum of `st_<STATE>`, and
- the sum of the people's versions equals the sum of `w`: every gated write gave one person one version.

The last one shows also a write that moved nobody to another state. After the lock nothing commits, so once equal they
stay equal.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.kernel.aws.dynamodb import Item
from services.kernel.calendar import Round
from services.kernel.states import Category, PersonState
from services.registration.adapters import counter_store, roster_store
from services.registration.adapters.counter_store import Counts


class Unequal(Exception):
    """The roster as read and the counters differ: something is not visible yet, or has been lost."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A person's public record with state and version."""

    nomor_registrasi: str
    nama: str
    unit_kerja: str
    jabatan: str
    kategori: Category
    state: PersonState
    v: int


def sweep_roster(round_: Round) -> list[Listed]:
    """Everybody on the roster.

    Raises:
        Unequal: when people and counters differ.
        Busy: when a transaction is pending on a person or a lane.
    """
    counts = counter_store.settled(round_)
    pids = sorted(roster_store.everybody(round_.institution))
    people = list(_read(pids))
    if counted(people) != counts:
        raise Unequal
    return people


def counted(people: Sequence[Listed]) -> Counts:
    """What the counters must say of these people."""
    return Counts(
        people=len(people),
        versions=sum(person.v for person in people),
        by_state=dict(Counter(person.state for person in people)),
    )


def _read(pids: Sequence[str]) -> Iterator[Listed]:
    for root in roster_store.roots_together(pids):
        yield _listed(root)


def _listed(root: Item) -> Listed:
    return Listed(
        nomor_registrasi=root["reg"],
        nama=root["nama"],
        unit_kerja=root["unit"],
        jabatan=root["jab"],
        kategori=Category(root["kat"]),
        state=PersonState(root["st"]),
        v=root["v"],
    )
