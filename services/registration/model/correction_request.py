"""A person's request to put right what the institution entered (*permohonan perbaikan*, domain.md, section 3).

It belongs to his record and is kept in its private half, so that what is open at the close is sealed beside his row.
Instants are whole milliseconds since 1970-01-01T00:00Z, as they are stored.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.transitions import Transitions
from services.kernel.working_days import end_of_working_day

DECIDED_IN: Final = 3
"""Working days the institution has; after them its admin is told each day."""
BKN_AFTER: Final = 5
"""Working days after which bkn decides as well."""
SECOND_LOOK_IN: Final = 5
"""Working days, from the decision on, within which its person may ask for the second look *(ours)*."""


class RequestState(StrEnum):
    """Where a request stands."""

    DIAJUKAN = "DIAJUKAN"
    DIPUTUS = "DIPUTUS"
    """Decided field by field; what was refused may get one second look."""
    TINJAU_ULANG = "TINJAU_ULANG"
    SELESAI = "SELESAI"
    """Decided for good."""
    DICABUT = "DICABUT"
    """Withdrawn by its person."""


class Step(StrEnum):
    """What moves one; also the action in the audit trail."""

    DECIDE = "decide-request"
    WITHDRAW = "withdraw-request"
    SECOND_LOOK = "ask-second-look"


_S = RequestState
OPEN: Final = frozenset({_S.DIAJUKAN, _S.TINJAU_ULANG})
"""Somebody of the institution has to decide."""
_TOLD: Final[Mapping[RequestState, str]] = {
    _S.DIAJUKAN: "Permohonan ini belum diputuskan. Tunggu keputusannya, atau tarik permohonannya.",
    _S.DIPUTUS: "Permohonan ini sudah diputuskan. Baca keputusannya; yang ditolak dapat dimintakan tinjauan ulang.",
    _S.TINJAU_ULANG: "Permohonan ini sedang ditinjau ulang. Tunggu keputusannya.",
    _S.SELESAI: "Permohonan ini sudah selesai ditinjau. Ajukan permohonan baru bila ada bukti lain.",
    _S.DICABUT: "Permohonan ini sudah ditarik. Ajukan permohonan baru bila masih perlu.",
}


def _refusal(state: RequestState, _: Step) -> Problem:
    return Problem(Code.ILLEGAL_TRANSITION, _TOLD[state])


MOVES: Final[Transitions[RequestState, Step, RequestState]] = Transitions(
    {
        Step.DECIDE: {_S.DIAJUKAN: _S.DIPUTUS, _S.TINJAU_ULANG: _S.SELESAI},
        Step.WITHDRAW: {_S.DIAJUKAN: _S.DICABUT, _S.TINJAU_ULANG: _S.SELESAI},
        Step.SECOND_LOOK: {_S.DIPUTUS: _S.TINJAU_ULANG},
    },
    _refusal,
)
"""Taking a second look back leaves the first decision as it is."""


@dataclass(frozen=True, slots=True)
class AskedField:
    """One field: what stood there when he asked, what he wants there, both as stored; None for nothing.

    `accepted` is the decision, None until there is one; `reason` why it was refused.
    """

    name: str
    before: str | int | None
    wanted: str | int | None
    accepted: bool | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectionRequest:
    """One request; `id` is made like a history row's, so that evidence names it (kernel/documents/rows.py).

    `due_at` and `bkn_at` are when the institution's working days end, and those after which bkn decides too.
    `evidence` are ids of the files it came with. `decided_by` are accounts, the first one first.
    `appeal` is why the second look is asked for.
    """

    id: str
    state: RequestState
    asked_at: int
    due_at: int
    bkn_at: int
    reason: str
    fields: tuple[AskedField, ...]
    evidence: tuple[str, ...]
    decided_at: int | None = None
    decided_by: tuple[str, ...] = ()
    appeal: str | None = None

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> Self:
        """As it was stored."""
        parts = {
            "state": RequestState(item["state"]),
            "fields": tuple(AskedField(**field) for field in item["fields"]),
            "evidence": tuple(item["evidence"]),
            "decided_by": tuple(item["decided_by"]),
        }
        return cls(**{**item, **parts})

    def stored(self) -> dict[str, Any]:
        """As it is stored: JSON-able."""
        return {**asdict(self), "state": self.state.value}

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide."""
        return self.state in OPEN

    @property
    def refused(self) -> list[AskedField]:
        """The fields that were refused."""
        return [field for field in self.fields if field.accepted is False]

    @property
    def undecided(self) -> list[AskedField]:
        """The fields that the next decision is about: all of them first, those refused at the second look."""
        return self.refused if self.state is RequestState.TINJAU_ULANG else list(self.fields)

    @property
    def appeal_until(self) -> datetime | None:
        """Until when a second look may be asked for; None where there is nothing to look at again."""
        if self.state is not RequestState.DIPUTUS or not self.refused or self.decided_at is None:
            return None
        return end_of_working_day(clock.from_millis(self.decided_at), SECOND_LOOK_IN)

    def is_bkns(self, at: datetime) -> bool:
        """Whether bkn may decide as well at this instant."""
        return self.is_open and clock.millis(at) >= self.bkn_at

    def moved(self, step: Step, **changed: Any) -> Self:  # noqa: ANN401 - attributes of its own
        """The request after a step of the table.

        Raises:
            Problem: `illegal-transition`, which says where it stands.
        """
        return replace(self, state=MOVES.after(self.state, step), **changed)


def due(at: datetime) -> tuple[int, int]:
    """When the institution has to have decided what is asked at this instant, and from when on bkn may."""
    return clock.millis(end_of_working_day(at, DECIDED_IN)), clock.millis(end_of_working_day(at, BKN_AFTER))
