"""What a person is told of his record: in every state, at every stage of the round, before and after the lock."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.states import BASE_DATA, LOCKED, PersonState, Phase
from services.kernel.writes.calendar import DEFAULT_2022, Round, Span, Window
from services.registration.dossiers.outcome import Outcome, Stage, outcome_of, stage_of
from services.registration.model.sealed_row import UNDECIDED, sealed_as

MOMENT = timedelta(milliseconds=1)
DOSSIER = DEFAULT_2022[Window.DOSSIER]
LAST = DEFAULT_2022[Window.VERIFICATION].closes
RUNNING = [phase for phase in Phase if phase not in LOCKED]

EXPECTED: Mapping[PersonState, tuple[Outcome, ...]] = {
    PersonState.DRAF: (Outcome.HALTED, Outcome.HALTED, Outcome.HALTED, Outcome.LOCKING, Outcome.DRAFT),
    PersonState.TERDAFTAR: (Outcome.EARLY, Outcome.YOURS, Outcome.AWAITED, Outcome.LOCKING, Outcome.UNDECIDED),
    PersonState.AKUN_DIBUAT: (Outcome.EARLY, Outcome.YOURS, Outcome.AWAITED, Outcome.LOCKING, Outcome.UNDECIDED),
    PersonState.DIAJUKAN: (Outcome.EARLY, Outcome.SUBMITTED, Outcome.AWAITED, Outcome.LOCKING, Outcome.UNDECIDED),
    PersonState.MEMENUHI_SYARAT: (Outcome.EARLY, Outcome.DECIDED, Outcome.AWAITED, Outcome.LOCKING, Outcome.LISTED),
    PersonState.TIDAK_MEMENUHI_SYARAT: (
        Outcome.EARLY,
        Outcome.DECIDED,
        Outcome.AWAITED,
        Outcome.LOCKING,
        Outcome.REJECTED,
    ),
    PersonState.DIKEMBALIKAN: (Outcome.EARLY, Outcome.YOURS, Outcome.AWAITED, Outcome.LOCKING, Outcome.UNDECIDED),
    PersonState.KONFLIK: (Outcome.HALTED, Outcome.HALTED, Outcome.HALTED, Outcome.LOCKING, Outcome.DISPUTED),
    PersonState.PINDAH: (Outcome.HALTED, Outcome.HALTED, Outcome.HALTED, Outcome.LOCKING, Outcome.MOVED),
    PersonState.DIHAPUS: (Outcome.HALTED, Outcome.HALTED, Outcome.HALTED, Outcome.LOCKING, Outcome.DELETED),
}
"""By state, at each stage in its order."""


def a_round(phase: Phase = Phase.PRAFINAL, closes: Mapping[Window, datetime] | None = None) -> Round:
    later = closes or {}
    moved = {window: Span(span.opens, later.get(window, span.closes)) for window, span in DEFAULT_2022.items()}
    return Round("9901", 1, phase, 2, 1, moved)


@pytest.mark.parametrize("state", PersonState)
@pytest.mark.parametrize(("at", "stage"), [*enumerate(Stage)])
def test_every_state_at_every_stage(state: PersonState, at: int, stage: Stage) -> None:
    assert outcome_of(state, stage) is EXPECTED[state][at]


@pytest.mark.parametrize("state", PersonState)
def test_what_is_told_after_the_lock_is_what_was_sealed(state: PersonState) -> None:
    told = outcome_of(state, Stage.LOCKED)
    assert (told is Outcome.LISTED) is (state in BASE_DATA)
    assert (told is Outcome.UNDECIDED) is (sealed_as(state) == UNDECIDED)


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        (DOSSIER.opens - MOMENT, Stage.EARLY),
        (DOSSIER.opens, Stage.OPEN),
        (DOSSIER.closes - MOMENT, Stage.OPEN),
        (DOSSIER.closes, Stage.CLOSED),
        (LAST - MOMENT, Stage.CLOSED),
        (LAST, Stage.LOCKING),
        (LAST + timedelta(days=1), Stage.LOCKING),
    ],
)
@pytest.mark.parametrize("phase", RUNNING)
def test_the_stage_moves_at_the_instant(now: datetime, stage: Stage, phase: Phase) -> None:
    assert stage_of(a_round(phase), now) is stage


def test_an_extension_carries_its_own_instant() -> None:
    later = DOSSIER.closes + timedelta(days=3)
    extended = a_round(closes={Window.DOSSIER: later})
    assert stage_of(extended, DOSSIER.closes) is Stage.OPEN
    assert stage_of(extended, later) is Stage.CLOSED


def test_finalized_by_hand_it_is_being_locked_before_its_time() -> None:
    now = DOSSIER.opens + timedelta(days=20)
    closed = a_round(closes=dict.fromkeys(Window, now))
    assert stage_of(closed, now) is Stage.LOCKING
    assert stage_of(closed, now - MOMENT) is Stage.OPEN


def test_opened_again_the_institution_decides_once_more() -> None:
    now = LAST + timedelta(days=2)
    locked = a_round(Phase.SPTJM_DITERIMA)
    again = replace(a_round(closes={Window.VERIFICATION: now + timedelta(days=5)}), epoch=2)
    assert stage_of(locked, now) is Stage.LOCKED
    assert stage_of(again, now) is Stage.CLOSED
    wholly = a_round(closes={Window.VERIFICATION: now + timedelta(days=5), Window.DOSSIER: now + timedelta(days=1)})
    assert stage_of(wholly, now) is Stage.OPEN


instants = st.integers(-200, 200).map(lambda hours: LAST + timedelta(hours=12 * hours))


@given(st.sampled_from(PersonState), st.sampled_from(Phase), instants, instants)
def test_nobody_is_told_to_go_on_when_the_gate_would_refuse(
    state: PersonState, phase: Phase, now: datetime, closes: datetime
) -> None:
    round_ = a_round(phase, {Window.DOSSIER: closes})
    told = outcome_of(state, stage_of(round_, now))
    if told in {Outcome.YOURS, Outcome.SUBMITTED, Outcome.DECIDED}:
        assert round_.windows[Window.DOSSIER].holds(now)
        assert phase not in LOCKED
