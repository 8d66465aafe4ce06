"""The state table of domain.md, section 4, walked both ways: what is drawn happens, everything else is refused."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.states import Category, PersonState
from services.kernel.writes.calendar import Window
from services.registration.model.person import Person
from services.registration.model.person_states import (
    MOVES,
    REMEMBERING,
    VERDICTS,
    VOIDED_UNDER,
    WINDOW,
    Action,
    Cause,
    Target,
    move,
)
from services.registration.model.private import Mark, Private

AT = datetime(2022, 9, 1, tzinfo=UTC)
DRAWN = """
DRAF                   register         TERDAFTAR
DIKEMBALIKAN           correct          TERDAFTAR
TERDAFTAR              make-account     AKUN_DIBUAT
AKUN_DIBUAT            submit           DIAJUKAN
DIKEMBALIKAN           submit           DIAJUKAN
DIAJUKAN               withdraw         AKUN_DIBUAT
TERDAFTAR              qualify          MEMENUHI_SYARAT
AKUN_DIBUAT            qualify          MEMENUHI_SYARAT
DIAJUKAN               qualify          MEMENUHI_SYARAT
DIKEMBALIKAN           qualify          MEMENUHI_SYARAT
TERDAFTAR              disqualify       TIDAK_MEMENUHI_SYARAT
AKUN_DIBUAT            disqualify       TIDAK_MEMENUHI_SYARAT
DIAJUKAN               disqualify       TIDAK_MEMENUHI_SYARAT
DIKEMBALIKAN           disqualify       TIDAK_MEMENUHI_SYARAT
DIAJUKAN               return           DIKEMBALIKAN
MEMENUHI_SYARAT        return           DIKEMBALIKAN
TIDAK_MEMENUHI_SYARAT  return           DIKEMBALIKAN
MEMENUHI_SYARAT        void-verdict     (back)
TIDAK_MEMENUHI_SYARAT  void-verdict     (back)
(live)                 claim-elsewhere  KONFLIK
KONFLIK                release-claim    (back)
(live)                 transfer         PINDAH
PINDAH                 return-transfer  (back)
(live)                 delete           DIHAPUS
KONFLIK                delete           DIHAPUS
DIHAPUS                restore          (back)
"""
LIVE = [
    "DRAF",
    "TERDAFTAR",
    "AKUN_DIBUAT",
    "DIAJUKAN",
    "MEMENUHI_SYARAT",
    "TIDAK_MEMENUHI_SYARAT",
    "DIKEMBALIKAN",
]


def _drawn() -> dict[tuple[str, str], str]:
    lines = [line.split() for line in DRAWN.strip().splitlines()]
    return {
        (state, action): target for start, action, target in lines for state in (LIVE if start == "(live)" else [start])
    }


def person(state: PersonState, before: PersonState | None = None) -> Person:
    return Person(
        pid="p",
        institution="9901",
        state=state,
        before=before,
        v=1,
        head="",
        salt=b"",
        registration_number="0123456789",
        nama="Contoh",
        unit_kerja="Unit",
        jabatan="Guru",
        kategori=Category.NON_ASN,
        overall="LOLOS",
        entered_by="operator",
    )


@pytest.mark.parametrize(("state", "action"), list(itertools.product(PersonState, Action)))
def test_every_move_of_the_matrix(state: PersonState, action: Action) -> None:
    target = _drawn().get((state.value, action.value))
    before = PersonState.TERDAFTAR
    if target is None:
        with pytest.raises(Problem) as refused:
            move(state, before, action, has_account=False)
        assert refused.value.code is Code.ILLEGAL_TRANSITION
    else:
        assert move(state, before, action, has_account=False) == (before if target == "(back)" else target)


def test_the_table_holds_nothing_that_is_not_drawn() -> None:
    stored = {
        (state.value, action.value): target for action, moves in MOVES.matrix.items() for state, target in moves.items()
    }
    assert stored == {key: Target.BACK if target == "(back)" else target for key, target in _drawn().items()}


def test_every_action_has_its_window() -> None:
    """A verdict is voided under the window of whoever brought it about (domain.md, "Windows by cause")."""
    assert set(WINDOW) == set(Action) - {Action.VOID_VERDICT}
    assert VOIDED_UNDER == {
        Cause.PERSON: Window.DOSSIER,
        Cause.STAFF: Window.CORRECTION,
        Cause.RULING: Window.VERIFICATION,
    }


def test_nobody_goes_back_from_where_nothing_was_before() -> None:
    with pytest.raises(Problem) as refused:
        person(PersonState.DIHAPUS).moved(Action.RESTORE, AT)
    assert refused.value.code is Code.ILLEGAL_TRANSITION


def test_a_verdict_under_a_deletion_is_still_void_after_it() -> None:
    decided = person(PersonState.DIAJUKAN).moved(Action.QUALIFY, AT)
    restored = decided.moved(Action.DELETE, AT).moved(Action.RESTORE, AT)
    assert (restored.state, restored.before) == (decided.state, decided.before)
    assert restored.moved(Action.VOID_VERDICT, AT).state is PersonState.DIAJUKAN


@pytest.mark.parametrize("before", [PersonState(name) for name in LIVE if "SYARAT" not in name])
@pytest.mark.parametrize("has_account", [True, False])
def test_a_void_verdict_leads_back_but_an_account_stays_made(before: PersonState, has_account: bool) -> None:
    decided = replace(person(PersonState.TIDAK_MEMENUHI_SYARAT, before), has_account=has_account)
    back = PersonState.AKUN_DIBUAT if has_account and before is PersonState.TERDAFTAR else before
    assert decided.moved(Action.VOID_VERDICT, AT).state is back
    under_a_deletion = decided.moved(Action.DELETE, AT).moved(Action.RESTORE, AT)
    assert under_a_deletion.moved(Action.VOID_VERDICT, AT).state is back


@pytest.mark.parametrize("action", list(Action))
def test_marks_last_as_long_as_the_verdict_they_stand_beside(action: Action) -> None:
    marks = Private(marks={"sekolah": Mark(clock.millis(AT), "A")})
    decided = replace(person(PersonState.MEMENUHI_SYARAT, PersonState.DIAJUKAN), private=marks)
    if MOVES.allowed(decided.state, action):
        assert bool(decided.moved(action, AT).marks) == (action not in VERDICTS)


@given(st.lists(st.sampled_from(list(Action)), max_size=30), st.sampled_from([PersonState(name) for name in LIVE[:4]]))
def test_going_back_always_ends_where_one_was(actions: list[Action], start: PersonState) -> None:
    """Against a plain stack: whoever enters a state one goes back from finds the way back, however deep."""
    record, stack = person(start), list[PersonState]()
    for action in actions:
        target = _drawn().get((record.state.value, action.value))
        if target is None:
            continue
        was = record.state
        record = record.moved(action, AT)
        if target == "(back)":
            assert record.state is stack.pop()
        elif record.state in REMEMBERING:
            stack.append(was)
        else:
            stack = []
        assert record.private.progress[-1].state is record.state
