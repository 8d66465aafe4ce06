"""The whole matrices of domain.md, section 4: what is drawn leads where it is drawn, everything else is refused."""

import itertools

import pytest

from services.finalization.model.extension_states import EXTENSION_MOVES, ExtensionState, ExtensionStep
from services.finalization.model.phases import PHASE_MOVES, Step
from services.finalization.model.sptjm_states import SPTJM_MOVES, SptjmState, SptjmStep
from services.kernel.problems import Code, Problem
from services.kernel.states import Phase

PHASES = """
    BELUM_MULAI     START         PENGINPUTAN
    BELUM_MULAI     EXTEND        BELUM_MULAI
    BELUM_MULAI     LOCK          TIDAK_MENDATA
    PENGINPUTAN     PREFINALIZE   PRAFINAL
    PENGINPUTAN     END_ENTRY     PRAFINAL
    PENGINPUTAN     EXTEND        PENGINPUTAN
    PENGINPUTAN     LOCK          FINAL
    PRAFINAL        END_ENTRY     PRAFINAL
    PRAFINAL        FINALIZE      PRAFINAL
    PRAFINAL        EXTEND        PRAFINAL
    PRAFINAL        LOCK          FINAL
    FINAL           SEAL          FINAL
    FINAL           EXTEND_SPTJM  FINAL
    FINAL           ACCEPT_SPTJM  SPTJM_DITERIMA
    FINAL           REOPEN        PRAFINAL
    SPTJM_DITERIMA  REOPEN        PRAFINAL
    FINAL           RECHECK       PRAFINAL
    SPTJM_DITERIMA  RECHECK       PRAFINAL
    BELUM_MULAI     REOPEN_USULAN  BELUM_MULAI
    PENGINPUTAN     REOPEN_USULAN  PENGINPUTAN
    PRAFINAL        REOPEN_USULAN  PRAFINAL
    FINAL           REOPEN_USULAN  PRAFINAL
    SPTJM_DITERIMA  REOPEN_USULAN  PRAFINAL
    TIDAK_MENDATA   SEAL          FINAL
"""
SPTJM = """
    BELUM         RESEAL    BELUM
    BELUM         GENERATE  DIBUAT
    DIBUAT        SUBMIT    DIUNGGAH
    DIBUAT        REWORD    BELUM
    DIKEMBALIKAN  REWORD    BELUM
    DIBUAT        VOID      BATAL
    DIUNGGAH      ACCEPT    DITERIMA
    DIUNGGAH      RETURN    DIKEMBALIKAN
    DIUNGGAH      VOID      BATAL
    DITERIMA      VOID      BATAL
    DITERIMA      RECHECK   BELUM
    DIKEMBALIKAN  SUBMIT    DIUNGGAH
    DIKEMBALIKAN  VOID      BATAL
    BATAL         RESEAL    BELUM
"""
EXTENSIONS = """
    -        ASK     DIMINTA
    -        GRANT   DIBERI
    DIMINTA  GRANT   DIBERI
    DIMINTA  REFUSE  DITOLAK
    DIMINTA  LAPSE   GUGUR
"""


def drawn(picture: str) -> dict[tuple[str, str], str]:
    return {(before, step): after for before, step, after in map(str.split, picture.strip().splitlines())}


@pytest.mark.parametrize(("phase", "step"), list(itertools.product(Phase, Step)))
def test_every_phase_and_step(phase: Phase, step: Step) -> None:
    expected = drawn(PHASES).get((phase.value, step.value))
    assert PHASE_MOVES.allowed(phase, step) is (expected is not None)
    if expected is not None:
        assert PHASE_MOVES.after(phase, step) == expected
        return
    with pytest.raises(Problem) as refused:
        PHASE_MOVES.after(phase, step)
    assert refused.value.code is Code.WRONG_PHASE
    assert refused.value.detail


@pytest.mark.parametrize(
    ("phase", "advice"),
    [
        (Phase.BELUM_MULAI, "beri perpanjangan"),
        (Phase.PENGINPUTAN, "beri perpanjangan"),
        (Phase.PRAFINAL, "beri perpanjangan"),
        (Phase.TIDAK_MENDATA, "tidak dapat dibuka kembali"),
    ],
)
def test_who_cannot_reopen_hears_what_he_can_do(phase: Phase, advice: str) -> None:
    with pytest.raises(Problem) as refused:
        PHASE_MOVES.after(phase, Step.REOPEN)
    assert advice in (refused.value.detail or "")


@pytest.mark.parametrize(("state", "step"), list(itertools.product(SptjmState, SptjmStep)))
def test_every_state_and_step_of_the_sptjm(state: SptjmState, step: SptjmStep) -> None:
    expected = drawn(SPTJM).get((state.value, step.value))
    assert SPTJM_MOVES.allowed(state, step) is (expected is not None)
    if expected is not None:
        assert SPTJM_MOVES.after(state, step) == expected
        return
    with pytest.raises(Problem) as refused:
        SPTJM_MOVES.after(state, step)
    assert refused.value.code is Code.ILLEGAL_TRANSITION
    assert refused.value.detail


@pytest.mark.parametrize(("state", "step"), list(itertools.product([None, *ExtensionState], ExtensionStep)))
def test_every_state_and_step_of_an_extension(state: ExtensionState | None, step: ExtensionStep) -> None:
    expected = drawn(EXTENSIONS).get((state.value if state else "-", step.value))
    assert EXTENSION_MOVES.allowed(state, step) is (expected is not None)
    if expected is not None:
        assert EXTENSION_MOVES.after(state, step) == expected
        return
    with pytest.raises(Problem) as refused:
        EXTENSION_MOVES.after(state, step)
    assert refused.value.code is Code.ILLEGAL_TRANSITION
    assert refused.value.detail
