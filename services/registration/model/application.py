"""An institution's application for its first admin, from somebody who has no account (domain.md, section 2).

He says who he is and brings the appointment letter; bkn compares the two and invites him, or refuses with a reason.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from services.kernel.documents import FileState
from services.kernel.problems import Code, Problem
from services.kernel.transitions import Transitions
from services.kernel.values.crockford import CROCKFORD, as_crockford, new_crockford

WORKING_DAYS: Final = 3
"""Within which bkn decides *(ours, as for an usulan)*."""
_NUMBER: Final = re.compile(rf"P[{CROCKFORD}]{{8}}")


class ApplicationState(StrEnum):
    """Where it stands."""

    DIAJUKAN = "DIAJUKAN"
    DISETUJUI = "DISETUJUI"
    DITOLAK = "DITOLAK"
    DICABUT = "DICABUT"
    """Taken back by the applicant."""


class ApplicationStep(StrEnum):
    """What moves it."""

    APPLY = "APPLY"
    APPROVE = "APPROVE"
    REFUSE = "REFUSE"
    WITHDRAW = "WITHDRAW"


_S, _T = ApplicationState, ApplicationStep

_MATRIX: Mapping[ApplicationStep, Mapping[ApplicationState | None, ApplicationState]] = {
    _T.APPLY: {None: _S.DIAJUKAN},
    _T.APPROVE: {_S.DIAJUKAN: _S.DISETUJUI},
    _T.REFUSE: {_S.DIAJUKAN: _S.DITOLAK},
    _T.WITHDRAW: {_S.DIAJUKAN: _S.DICABUT},
}
_TEXTS: Mapping[ApplicationState, str] = {
    _S.DIAJUKAN: "Permohonan ini masih menunggu keputusan BKN.",
    _S.DISETUJUI: "Permohonan ini sudah disetujui. Undangannya ada di daftar pengguna instansi.",
    _S.DITOLAK: "Permohonan ini sudah ditolak. Bila perlu, ajukan permohonan baru.",
    _S.DICABUT: "Permohonan ini sudah dicabut. Bila perlu, ajukan permohonan baru.",
}


def _not_drawn_problem(state: ApplicationState | None, _: ApplicationStep) -> Problem:
    """`illegal-transition`, saying where the application stands."""
    return Problem(Code.ILLEGAL_TRANSITION, _TEXTS[state] if state else None, state=state.value if state else None)


APPLICATION_MOVES = Transitions(_MATRIX, _not_drawn_problem)


def new_number() -> str:
    """A fresh number, `P` and eight letters: 40 random bits. Alone it opens nothing."""
    return "P" + new_crockford(8)


def read_number(typed: str) -> str | None:
    """Read a number as people type it; None when it is none."""
    number = as_crockford(typed)
    return number if _NUMBER.fullmatch(number) else None


def in_groups(number: str) -> str:
    """A number as it is shown and told, `P-XXXX-XXXX`."""
    return f"{number[0]}-{number[1:5]}-{number[5:]}"


@dataclass(frozen=True)
class Applicant:
    """Who applies, encrypted at rest: his NIP as read, his name, the office's e-mail."""

    nip: str
    name: str
    email: str


@dataclass(frozen=True)
class Letter:
    """The appointment letter as documents last said; `state` is DITERIMA or DITOLAK, then `message` says why."""

    file: str
    state: FileState
    message: str | None = None


@dataclass(frozen=True)
class Application:
    """One application (item `L#<number>`/`@`).

    `account` is the id of the account it would make. `due_at` is when bkn should have decided, kept as it was promised
    (kernel/working_days.py). `decided_by` is an account id of bkn; `reason` is told to the applicant; `invitation` is
    the one that went out. `v` counts its changes, a new letter among them.
    """

    number: str
    institution: str
    state: ApplicationState
    account: str
    at: datetime
    due_at: datetime
    v: int
    salt: bytes
    applicant: Applicant
    letter: Letter | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    invitation: str | None = None

    def moved(self, step: ApplicationStep) -> Self:
        """The application after a step, one version on.

        Raises:
            Problem: `illegal-transition`.
        """
        return replace(self, state=APPLICATION_MOVES.after(self.state, step), v=self.v + 1)

    def require_version(self, v: int) -> None:
        """Refuse a deed that was decided on an older version.

        Raises:
            Problem: `version-moved`.
        """
        if v != self.v:
            raise Problem(Code.VERSION_MOVED)

    @property
    def is_open(self) -> bool:
        """Whether it waits for bkn."""
        return self.state is ApplicationState.DIAJUKAN

    @property
    def has_letter(self) -> bool:
        """Whether a letter passed inspection."""
        return self.letter is not None and self.letter.state is FileState.DITERIMA

    def is_overdue(self, now: datetime) -> bool:
        """Whether bkn should have decided by now."""
        return self.is_open and now >= self.due_at
