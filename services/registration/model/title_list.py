"""A list of job titles that do not belong in the census, from the promise to upload it to the run over every roster.

bkn loads it with its letters; it takes the place of the list before it (domain.md, section 5).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from services.kernel import clock
from services.registration.eligibility.blocklist import BlockedTitle, Blocklist

NOTICE: Final = timedelta(minutes=5)
"""How long before a list holds its run is ordered *(ours)*: until then nothing is touched, and every function has
learnt of it."""
LEARNT_WITHIN: Final = timedelta(minutes=1)
"""How old what a function knows of the lists may be (adapters/rules_store.py): so long before it holds, a list can no
longer be called off."""
LAST_DAYS: Final = timedelta(days=3)
"""A run touches no institution whose verification ends sooner (domain.md, section 5)."""


class ListState(StrEnum):
    """Where a list stands."""

    MENUNGGU_UNGGAH = "MENUNGGU_UNGGAH"
    DIMUAT = "DIMUAT"
    """Read; its effect is counted, nothing of it holds."""
    DIJADWALKAN = "DIJADWALKAN"
    """Its run is ordered, and may be called off."""
    BERLAKU = "BERLAKU"
    """Its run was begun: it holds, and has no way back but another list."""
    DITOLAK = "DITOLAK"
    DIBATALKAN = "DIBATALKAN"


@dataclass(frozen=True, slots=True)
class ListedTitle:
    """A line of a list: the title, the letter it comes from, and the day from which it holds."""

    title: str
    letter: str
    letter_date: date
    effective: date

    def blocked(self) -> BlockedTitle:
        """The line as the engine takes it."""
        return BlockedTitle(self.title, f"Surat {self.letter}", self.effective)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file was refused: a stable code, a sentence, and the line of the file where it is about one."""

    code: str
    message: str
    row: int | None = None


@dataclass(frozen=True)
class Count:
    """A count under way over all rosters: of the effect of a list, or its run.

    `attempt` tells one from the one before it, `basis` is the number of the list that held when it was begun,
    `institutions` how many it is over; None before they are listed.
    """

    attempt: int
    at: datetime
    basis: int
    institutions: int | None = None


@dataclass(frozen=True)
class TitleList:
    """A list (item `TITLES`/`L#<id>`).

    `digest` is of its lines, so that the same list is known again in whatever file. `number` is the one under which it
    holds since `since`; None before its run is ordered.
    """

    id: str
    by: str
    at: datetime
    filename: str
    state: ListState
    v: int
    titles: tuple[ListedTitle, ...] = ()
    digest: str | None = None
    faults: tuple[Fault, ...] = ()
    same_as: str | None = None
    preview: Count | None = None
    run: Count | None = None
    number: int | None = None
    since: datetime | None = None
    ordered_by: str | None = None

    @property
    def effective(self) -> date | None:
        """The day from which every line of it holds."""
        return max((each.effective for each in self.titles), default=None)

    @property
    def withdrawable_until(self) -> datetime | None:
        """Until when its run can be called off; None while none is ordered."""
        return self.since - LEARNT_WITHIN if self.since and self.state is ListState.DIJADWALKAN else None

    def state_at(self, now: datetime) -> ListState:
        """Its state at an instant: what is ordered holds from its instant on, whether its run was begun or not."""
        begun = self.state is ListState.DIJADWALKAN and self.since is not None and self.since <= now
        return ListState.BERLAKU if begun else self.state

    def blocklist(self) -> Blocklist:
        """Its titles as the engine takes them."""
        return Blocklist(each.blocked() for each in self.titles)


class ProgressState(StrEnum):
    """How far a count is in an institution."""

    MENUNGGU = "MENUNGGU"
    BERJALAN = "BERJALAN"
    SELESAI = "SELESAI"
    DILEWATI = "DILEWATI"
    """Its verification is not open, or ends within three days: nothing of it was touched from there on."""


@dataclass(frozen=True)
class Effect:
    """What a list does to records, of one title or one institution.

    Attributes:
        blocked: advised that they do not fit, and were not before, or by another title.
        doubted: advised to be looked at, likewise.
        freed: no longer met by any title.
        voided: of these, records whose verdict on the title is void by it.
    """

    blocked: int = 0
    doubted: int = 0
    freed: int = 0
    voided: int = 0

    def __add__(self, other: "Effect") -> "Effect":
        """The two together."""
        return Effect(
            self.blocked + other.blocked,
            self.doubted + other.doubted,
            self.freed + other.freed,
            self.voided + other.voided,
        )

    @property
    def changed(self) -> int:
        """How many records have other advice by it."""
        return self.blocked + self.doubted + self.freed


@dataclass(frozen=True)
class Progress:
    """One institution's share of a count (item `TITLES#<id>`/`<kind>#<code>`).

    `listed` shards of the roster are read: `looked` people, of whom `touched` have a title that the list is about, and
    `cursor` of these have been asked. `by_title` is the effect by title. `reason` says, as a
    problem's code, why it was passed over, or would be.
    """

    institution: str
    attempt: int
    state: ProgressState
    looked: int = 0
    total: Effect = Effect()
    by_title: Mapping[str, Effect] = field(default_factory=dict)
    listed: int = 0
    touched: int = 0
    cursor: int = 0
    reason: str | None = None


def may_run_until(closes: datetime) -> datetime:
    """Until when a run may touch an institution whose verification closes then."""
    return closes - LAST_DAYS


def begins_on(day: date) -> datetime:
    """The first instant of a day, in WIB."""
    return datetime(day.year, day.month, day.day, tzinfo=clock.WIB)
