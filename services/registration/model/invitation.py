"""An invitation: the one way to an account of staff, and back to one whose owner lost his codes.

Domain.md, section 2: single use, 72 hours; whoever is invited sets his own password and second factor, and whoever
invited confirms before the first use. PPKs are approved by bkn; an account of bkn or an auditor takes two bkn people,
and so does a lost second factor take two members of staff.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Role
from services.kernel.transitions import Transitions
from services.registration.model.account import StaffPrivate

TTL: Final = timedelta(hours=72)
"""From when it is handed to the mail service or printed."""


class InvitationKind(StrEnum):
    """What it is for."""

    UNDANGAN = "UNDANGAN"
    """A new account, or one that was disabled."""
    PEMULIHAN = "PEMULIHAN"
    """New password and second factor for an account that is there; two members of staff asked for it."""
    PERTAMA = "PERTAMA"
    """Of bkn, by whoever deploys the portal; nobody confirms it."""


class InvitationState(StrEnum):
    """Where it stands; one that was sent and not accepted within 72 hours is over by itself."""

    MENUNGGU_PERSETUJUAN = "MENUNGGU_PERSETUJUAN"
    TERKIRIM = "TERKIRIM"
    DITERIMA = "DITERIMA"
    """Accepted; the account waits for whoever invited."""
    SELESAI = "SELESAI"
    DITOLAK = "DITOLAK"
    DITARIK = "DITARIK"


class InvitationStep(StrEnum):
    """What moves it."""

    PROPOSE = "PROPOSE"
    SEND = "SEND"
    """At once, once somebody has approved it, or again with a new address."""
    REFUSE = "REFUSE"
    ACCEPT = "ACCEPT"
    ACCEPT_FOR_GOOD = "ACCEPT_FOR_GOOD"
    """Where nobody has to confirm any more."""
    CONFIRM = "CONFIRM"
    WITHDRAW = "WITHDRAW"


_S, _T = InvitationState, InvitationStep

_MATRIX: Mapping[InvitationStep, Mapping[InvitationState | None, InvitationState]] = {
    _T.PROPOSE: {None: _S.MENUNGGU_PERSETUJUAN},
    _T.SEND: {None: _S.TERKIRIM, _S.MENUNGGU_PERSETUJUAN: _S.TERKIRIM, _S.TERKIRIM: _S.TERKIRIM},
    _T.REFUSE: {_S.MENUNGGU_PERSETUJUAN: _S.DITOLAK},
    _T.ACCEPT: {_S.TERKIRIM: _S.DITERIMA},
    _T.ACCEPT_FOR_GOOD: {_S.TERKIRIM: _S.SELESAI},
    _T.CONFIRM: {_S.DITERIMA: _S.SELESAI},
    _T.WITHDRAW: {_S.MENUNGGU_PERSETUJUAN: _S.DITARIK, _S.TERKIRIM: _S.DITARIK, _S.DITERIMA: _S.DITARIK},
}
_TEXTS: Mapping[InvitationState, str] = {
    _S.MENUNGGU_PERSETUJUAN: "Undangan ini menunggu persetujuan petugas lain.",
    _S.TERKIRIM: "Undangan ini sudah dikirim dan belum diterima.",
    _S.DITERIMA: "Undangan ini sudah diterima. Konfirmasi atau tarik dari daftar pengguna.",
    _S.SELESAI: "Undangan ini sudah selesai. Kelola akunnya dari daftar pengguna.",
    _S.DITOLAK: "Undangan ini sudah ditolak. Bila perlu, buat undangan baru.",
    _S.DITARIK: "Undangan ini sudah ditarik. Bila perlu, buat undangan baru.",
}


def _not_drawn_problem(state: InvitationState | None, _: InvitationStep) -> Problem:
    """`illegal-transition`, saying where the invitation stands."""
    return Problem(Code.ILLEGAL_TRANSITION, _TEXTS[state] if state else None, state=state.value if state else None)


INVITATION_MOVES = Transitions(_MATRIX, _not_drawn_problem)


@dataclass(frozen=True)
class Invitation:
    """One invitation (item `V#<id>`/`@`); `invited` is what will be private of his account, encrypted here too.

    `institution` is None for bkn and auditors. `account` is the id of the account it makes or gives back. `by` asked
    for it, `approved_by` let it go out where that takes a second one, `reason` is why it was asked for (of a lost
    second factor) or refused. `secret_hash` is SHA-256 of the secret in its address, None until it was sent;
    `expires_at` is when it is over.
    """

    id: str
    kind: InvitationKind
    state: InvitationState
    role: Role
    institution: str | None
    units: tuple[str, ...]
    account: str
    by: str
    at: datetime
    v: int
    salt: bytes
    invited: StaffPrivate
    approved_by: str | None = None
    reason: str | None = None
    secret_hash: str | None = None
    expires_at: datetime | None = None

    def moved(self, step: InvitationStep) -> Self:
        """The invitation after a step, one version on.

        Raises:
            Problem: `illegal-transition`.
        """
        return replace(self, state=INVITATION_MOVES.after(self.state, step), v=self.v + 1)

    def require_version(self, v: int) -> None:
        """Refuse a deed that was decided on an older version.

        Raises:
            Problem: `version-moved`.
        """
        if v != self.v:
            raise Problem(Code.VERSION_MOVED)

    def is_over(self, now: datetime) -> bool:
        """Whether it was sent and its time ran out before it was accepted."""
        return self.state is InvitationState.TERKIRIM and self.expires_at is not None and now >= self.expires_at
