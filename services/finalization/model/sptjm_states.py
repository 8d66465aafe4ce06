"""The states of an institution's SPTJM (domain.md, section 4) as data; what is not drawn is refused."""

from collections.abc import Mapping
from enum import StrEnum

from services.kernel.problems import Code, Problem
from services.kernel.transitions import Transitions


class SptjmState(StrEnum):
    """Where the statement of the sealed list stands."""

    BELUM = "BELUM"
    DIBUAT = "DIBUAT"
    DIUNGGAH = "DIUNGGAH"
    DITERIMA = "DITERIMA"
    DIKEMBALIKAN = "DIKEMBALIKAN"
    BATAL = "BATAL"


class SptjmStep(StrEnum):
    """What moves it."""

    GENERATE = "GENERATE"
    SUBMIT = "SUBMIT"
    ACCEPT = "ACCEPT"
    RETURN = "RETURN"
    REWORD = "REWORD"
    """What it says of the institution or its PPK is corrected: the paper must be made anew."""
    VOID = "VOID"
    """The list it speaks of is no longer the sealed one."""
    RECHECK = "RECHECK"
    """`VERIFICATION` alone is opened again: the accepted one counts on (`Standing`), of the next seal there is none."""
    RESEAL = "RESEAL"
    """A list is sealed (again): a statement may be made of it."""


_S = SptjmState

_MATRIX: Mapping[SptjmStep, Mapping[SptjmState, SptjmState]] = {
    SptjmStep.GENERATE: {_S.BELUM: _S.DIBUAT},
    SptjmStep.SUBMIT: {_S.DIBUAT: _S.DIUNGGAH, _S.DIKEMBALIKAN: _S.DIUNGGAH},
    SptjmStep.ACCEPT: {_S.DIUNGGAH: _S.DITERIMA},
    SptjmStep.RETURN: {_S.DIUNGGAH: _S.DIKEMBALIKAN},
    SptjmStep.REWORD: {_S.DIBUAT: _S.BELUM, _S.DIKEMBALIKAN: _S.BELUM},
    SptjmStep.VOID: dict.fromkeys((_S.DIBUAT, _S.DIUNGGAH, _S.DITERIMA, _S.DIKEMBALIKAN), _S.BATAL),
    SptjmStep.RECHECK: {_S.DITERIMA: _S.BELUM},
    SptjmStep.RESEAL: {_S.BELUM: _S.BELUM, _S.BATAL: _S.BELUM},
}
_TEXTS = {
    _S.BELUM: "SPTJM belum dibuat. Unduh SPTJM, tanda tangani, lalu unggah.",
    _S.DIBUAT: "SPTJM bertanda tangan belum diunggah. Unggah lebih dahulu.",
    _S.DIUNGGAH: "SPTJM sudah diunggah dan menunggu keputusan BKN.",
    _S.DITERIMA: "SPTJM sudah diterima BKN; tidak ada lagi yang perlu dilakukan.",
    _S.DIKEMBALIKAN: "SPTJM dikembalikan BKN. Perbaiki sesuai alasannya, lalu unggah lagi.",
    _S.BATAL: "SPTJM ini batal karena daftarnya dibuka kembali. Tunggu segel yang baru.",
}


def _not_drawn_problem(state: SptjmState, _: SptjmStep) -> Problem:
    """`illegal-transition`, saying where the statement stands and what to do."""
    return Problem(Code.ILLEGAL_TRANSITION, _TEXTS[state], state=state.value)


SPTJM_MOVES = Transitions(_MATRIX, _not_drawn_problem)
