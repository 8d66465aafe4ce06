"""Which steps move a case, and from which states (domain.md, section 3, *Cases*); everything else is refused.

A decision that changes a record is noted here, carried out by registration, and taken (`SETTLE_…`) when registration
tells of it. That may be late, a queue may have been down: so it is taken also where the case was ended meanwhile, for
the record says what happened.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.kernel.cases import CaseState
from services.kernel.problems import Code, Problem
from services.kernel.transitions import Transitions


class CaseStep(StrEnum):
    """What moves a case; also the action in its audit trail."""

    FILE = "file-case"
    TAKE = "take-case"
    """A member of staff makes it his."""
    ASK = "ask-in-case"
    """Staff ask whoever filed it."""
    WRITE = "write-in-case"
    """Whoever filed it writes or sends a paper."""
    ANSWER = "answer-in-case"
    """Staff write without asking anything back."""
    NOTE = "note-decision"
    """A decision is noted that registration has to carry out."""
    RELEASE = "release-decision"
    """Registration refused to carry a noted decision out: others may decide at once."""
    ACCEPT = "accept-case"
    REFUSE = "refuse-case"
    SETTLE_ACCEPTED = "settle-accepted"
    SETTLE_REFUSED = "settle-refused"
    WITHDRAW = "withdraw-case"
    LEAVE = "leave-case"
    """Whoever filed it takes it back, and others who joined it go on."""
    EXPIRE = "expire-case"
    EXPIRE_WITH_FIRST = "expire-with-first"
    """The earlier case about the same, which it follows, was closed because no answer came."""
    HEAR = "hear-listed"
    """The listed person was told of a tanggapan, or answers it."""
    FOLLOW_PERSON = "follow-person"
    """The NIK of whom it is about was corrected: he goes on under another id."""
    ESCALATE = "escalate-case"
    """Its time is over: bkn may decide as well."""
    DIVIDE = "divide-case"
    """The two who decide a keberatan differ: bkn may decide as well, at once."""
    FORGET = "forget-case"
    """A year after it ended; the audit trail keeps that there was one."""


_S, _T = CaseState, CaseStep
_OPEN: Final = (_S.BARU, _S.DITANGANI, _S.MENUNGGU_PELAPOR)


def _stay(*states: CaseState) -> Mapping[CaseState | None, CaseState]:
    return {state: state for state in states}


def _all(states: tuple[CaseState, ...], after: CaseState) -> Mapping[CaseState | None, CaseState]:
    return dict.fromkeys(states, after)


_ENDED_BY_REPORTER: Final = (_S.DICABUT, _S.KEDALUWARSA)
_MATRIX: Final[Mapping[CaseStep, Mapping[CaseState | None, CaseState]]] = {
    _T.FILE: {None: _S.BARU},
    _T.TAKE: _all((_S.BARU, _S.DITANGANI), _S.DITANGANI),
    _T.ASK: _all(_OPEN, _S.MENUNGGU_PELAPOR),
    _T.WRITE: {**_stay(_S.BARU), **_all((_S.DITANGANI, _S.MENUNGGU_PELAPOR), _S.DITANGANI)},
    _T.ANSWER: {**_all((_S.BARU, _S.DITANGANI), _S.DITANGANI), **_stay(_S.MENUNGGU_PELAPOR)},
    _T.NOTE: {**_all((_S.BARU, _S.DITANGANI), _S.DITANGANI), **_stay(_S.MENUNGGU_PELAPOR, _S.DITOLAK)},
    _T.RELEASE: _stay(*_OPEN, _S.DITOLAK),
    _T.ACCEPT: _all(_OPEN, _S.DIPUTUS),
    _T.REFUSE: _all(_OPEN, _S.DITOLAK),
    _T.SETTLE_ACCEPTED: _all((*_OPEN, *_ENDED_BY_REPORTER, _S.DITOLAK), _S.DIPUTUS),
    _T.SETTLE_REFUSED: _all((*_OPEN, *_ENDED_BY_REPORTER), _S.DITOLAK),
    _T.WITHDRAW: _all(_OPEN, _S.DICABUT),
    _T.LEAVE: _stay(*_OPEN),
    _T.EXPIRE_WITH_FIRST: _all(_OPEN, _S.KEDALUWARSA),
    _T.EXPIRE: {_S.MENUNGGU_PELAPOR: _S.KEDALUWARSA},
    _T.HEAR: _stay(*_OPEN),
    _T.FORGET: _stay(_S.DIPUTUS, _S.DITOLAK, _S.DICABUT, _S.KEDALUWARSA),
    _T.FOLLOW_PERSON: _stay(*_S),
    _T.ESCALATE: _stay(*_OPEN),
    _T.DIVIDE: _stay(*_OPEN),
}
_TOLD: Final[Mapping[CaseState, str]] = {
    _S.BARU: "Laporan ini baru diterima dan belum ditangani.",
    _S.DITANGANI: "Laporan ini sedang ditangani.",
    _S.MENUNGGU_PELAPOR: "Laporan ini menunggu jawaban pelapor.",
    _S.DIPUTUS: "Laporan ini sudah diputus. Buat laporan baru bila ada hal lain.",
    _S.DITOLAK: "Laporan ini sudah ditolak. Buat laporan baru bila ada hal atau bukti lain.",
    _S.DICABUT: "Laporan ini sudah dicabut pelapor. Buat laporan baru bila masih perlu.",
    _S.KEDALUWARSA: "Laporan ini ditutup karena pelapor tidak menjawab 14 hari. Buat laporan baru bila masih perlu.",
}


def _refusal(state: CaseState | None, _: CaseStep) -> Problem:
    """`illegal-transition`, saying where the case stands."""
    return Problem(Code.ILLEGAL_TRANSITION, _TOLD[state] if state else None, state=state.value if state else None)


CASE_MOVES: Final = Transitions(_MATRIX, _refusal)
