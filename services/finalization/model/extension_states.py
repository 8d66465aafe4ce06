"""The states of an extension as data; what is not drawn is refused."""

from collections.abc import Mapping
from enum import StrEnum

from services.kernel.problems import Code, Problem
from services.kernel.transitions import Transitions


class ExtensionState(StrEnum):
    """Where an extension stands."""

    DIMINTA = "DIMINTA"
    DIBERI = "DIBERI"
    DITOLAK = "DITOLAK"
    GUGUR = "GUGUR"
    """The round was locked before BKN had answered."""


class ExtensionStep(StrEnum):
    """What moves it."""

    ASK = "ASK"
    """The institution asks for it."""
    GRANT = "GRANT"
    """BKN gives it, asked or unasked."""
    REFUSE = "REFUSE"
    LAPSE = "LAPSE"
    """The locker comes first."""


_S = ExtensionState

_MATRIX: Mapping[ExtensionStep, Mapping[ExtensionState | None, ExtensionState]] = {
    ExtensionStep.ASK: {None: _S.DIMINTA},
    ExtensionStep.GRANT: {None: _S.DIBERI, _S.DIMINTA: _S.DIBERI},
    ExtensionStep.REFUSE: {_S.DIMINTA: _S.DITOLAK},
    ExtensionStep.LAPSE: {_S.DIMINTA: _S.GUGUR},
}
_TEXTS = {
    None: "Permohonan perpanjangan ini belum ada. Ajukan lebih dahulu dengan surat.",
    _S.DIMINTA: "Permohonan perpanjangan ini menunggu keputusan BKN.",
    _S.DIBERI: "Perpanjangan ini sudah diberikan. Muat ulang halaman; bila perlu, ajukan perpanjangan baru.",
    _S.DITOLAK: "Permohonan perpanjangan ini sudah ditolak. Muat ulang halaman; bila perlu, ajukan yang baru.",
    _S.GUGUR: "Permohonan perpanjangan ini gugur: data terkunci sebelum diputuskan. Minta BKN membuka kembali.",
}


def _not_drawn_problem(state: ExtensionState | None, _: ExtensionStep) -> Problem:
    """`illegal-transition`, saying where the extension stands."""
    return Problem(Code.ILLEGAL_TRANSITION, _TEXTS[state], state=state.value if state else None)


EXTENSION_MOVES = Transitions(_MATRIX, _not_drawn_problem)
