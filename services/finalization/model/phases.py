"""Where an institution stands and what moves it: domain.md, section 4, as data. What is not drawn is refused."""

from collections.abc import Mapping
from enum import StrEnum

from services.kernel.problems import Code, Problem
from services.kernel.states import Phase
from services.kernel.transitions import Transitions


class Step(StrEnum):
    """What happens to an institution, by hand, by the clock or by a fact."""

    START = "START"
    """Its first row is listed."""
    PREFINALIZE = "PREFINALIZE"
    END_ENTRY = "END_ENTRY"
    """`ENTRY` closed by its own instant and the drain is over: the portal makes the numbered list, or the next one."""
    FINALIZE = "FINALIZE"
    """The admin ends the round early: windows close now, the lock follows after the drain."""
    EXTEND = "EXTEND"
    """BKN moves windows of the round against a letter."""
    LOCK = "LOCK"
    """The last window closed, by the calendar or by hand, and the drain is over."""
    SEAL = "SEAL"
    EXTEND_SPTJM = "EXTEND_SPTJM"
    """BKN moves the due date of the signed SPTJM against a letter."""
    ACCEPT_SPTJM = "ACCEPT_SPTJM"
    REOPEN = "REOPEN"
    """BKN opens a finalized round again against a letter; the SPTJM is void."""
    RECHECK = "RECHECK"
    """BKN opens its `VERIFICATION` alone, for who had submitted in time and was not decided on."""
    REOPEN_USULAN = "REOPEN_USULAN"
    """BKN opens corrections and dossiers again, without a letter, for usulan that their close left undecided."""


_MATRIX: Mapping[Step, Mapping[Phase, Phase]] = {
    Step.START: {Phase.BELUM_MULAI: Phase.PENGINPUTAN},
    Step.PREFINALIZE: {Phase.PENGINPUTAN: Phase.PRAFINAL},
    Step.END_ENTRY: {Phase.PENGINPUTAN: Phase.PRAFINAL, Phase.PRAFINAL: Phase.PRAFINAL},
    Step.FINALIZE: {Phase.PRAFINAL: Phase.PRAFINAL},
    Step.EXTEND: {phase: phase for phase in (Phase.BELUM_MULAI, Phase.PENGINPUTAN, Phase.PRAFINAL)},
    Step.LOCK: {
        Phase.BELUM_MULAI: Phase.TIDAK_MENDATA,
        Phase.PENGINPUTAN: Phase.FINAL,
        Phase.PRAFINAL: Phase.FINAL,
    },
    # Facts may be late: an institution locked as never started turns out, when sealed, to have rows after all (ours).
    Step.SEAL: {Phase.FINAL: Phase.FINAL, Phase.TIDAK_MENDATA: Phase.FINAL},
    Step.EXTEND_SPTJM: {Phase.FINAL: Phase.FINAL},
    Step.ACCEPT_SPTJM: {Phase.FINAL: Phase.SPTJM_DITERIMA},
    Step.REOPEN: {Phase.FINAL: Phase.PRAFINAL, Phase.SPTJM_DITERIMA: Phase.PRAFINAL},
    Step.RECHECK: {Phase.FINAL: Phase.PRAFINAL, Phase.SPTJM_DITERIMA: Phase.PRAFINAL},
    Step.REOPEN_USULAN: {
        **{phase: phase for phase in (Phase.BELUM_MULAI, Phase.PENGINPUTAN, Phase.PRAFINAL)},
        **dict.fromkeys((Phase.FINAL, Phase.SPTJM_DITERIMA), Phase.PRAFINAL),
    },
}
_REOPENING = frozenset({Step.REOPEN, Step.RECHECK})
_STANDS = {
    Phase.BELUM_MULAI: "belum memulai penginputan",
    Phase.PENGINPUTAN: "sedang pada tahap penginputan",
    Phase.PRAFINAL: "sudah prafinalisasi",
    Phase.FINAL: "sudah final dan datanya terkunci",
    Phase.SPTJM_DITERIMA: "sudah final dan SPTJM-nya sudah diterima",
    Phase.TIDAK_MENDATA: "tidak mendata sampai batas waktu",
}
_NEXT = {
    Phase.BELUM_MULAI: "Daftarkan orang pertama lebih dahulu.",
    Phase.PENGINPUTAN: "Lakukan prafinalisasi lebih dahulu.",
    Phase.PRAFINAL: "Muat ulang halaman untuk melihat langkah berikutnya.",
    Phase.FINAL: "Perubahan hanya mungkin bila BKN membuka kembali berdasarkan surat.",
    Phase.SPTJM_DITERIMA: "Perubahan hanya mungkin bila BKN membuka kembali berdasarkan surat.",
    Phase.TIDAK_MENDATA: "Putaran ini sudah berakhir bagi instansi ini dan tidak dapat dibuka kembali.",
}
_STILL_OPEN = "Datanya belum terkunci: beri perpanjangan bila waktunya kurang."


def _not_drawn_problem(phase: Phase, step: Step) -> Problem:
    """`wrong-phase`, saying where the institution stands and what to do."""
    still_open = step in _REOPENING and phase in _MATRIX[Step.EXTEND]
    advice = _STILL_OPEN if still_open else _NEXT[phase]
    return Problem(Code.WRONG_PHASE, f"Instansi ini {_STANDS[phase]}. {advice}", phase=phase.value)


PHASE_MOVES = Transitions(_MATRIX, _not_drawn_problem)
