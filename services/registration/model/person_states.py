"""The state table of a person's record (domain.md, section 4), as data. Every move not drawn here is refused."""

from enum import StrEnum

from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState as S
from services.kernel.writes.calendar import Window


class Action(StrEnum):
    """What moves a record; also the action in its audit trail."""

    REGISTER = "register"
    MAKE_ACCOUNT = "make-account"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    QUALIFY = "qualify"
    DISQUALIFY = "disqualify"
    RETURN = "return"
    VOID_VERDICT = "void-verdict"
    CLAIM_ELSEWHERE = "claim-elsewhere"
    RELEASE_CLAIM = "release-claim"
    TRANSFER = "transfer"
    RETURN_TRANSFER = "return-transfer"
    DELETE = "delete"
    RESTORE = "restore"


class Cause(StrEnum):
    """Why a verdict is void: whose deed it was."""

    PERSON = "person"
    """The person changed or proved something himself."""
    STAFF = "staff"
    """A correction, or a file that staff uploaded."""
    RULING = "ruling"
    """The rules ran again, a tanggapan or keberatan was accepted, or the author takes it back."""


BACK = "the state before"
"""A target that is not fixed: the record goes back to where it was; to AKUN_DIBUAT, not to TERDAFTAR, if meanwhile an
account was made."""

DECIDED = frozenset({S.MEMENUHI_SYARAT, S.TIDAK_MEMENUHI_SYARAT})
"""A verdict stands."""
_VERIFIABLE = (S.TERDAFTAR, S.AKUN_DIBUAT, S.DIAJUKAN, S.DIKEMBALIKAN)
_LIVE = tuple(state for state in S if state not in {S.KONFLIK, S.PINDAH, S.DIHAPUS})

MOVES: dict[tuple[S, Action], S | str] = {
    (S.DRAF, Action.REGISTER): S.TERDAFTAR,
    (S.TERDAFTAR, Action.MAKE_ACCOUNT): S.AKUN_DIBUAT,
    (S.AKUN_DIBUAT, Action.SUBMIT): S.DIAJUKAN,
    (S.DIKEMBALIKAN, Action.SUBMIT): S.DIAJUKAN,
    (S.DIAJUKAN, Action.WITHDRAW): S.AKUN_DIBUAT,
    **{(state, Action.QUALIFY): S.MEMENUHI_SYARAT for state in _VERIFIABLE},
    **{(state, Action.DISQUALIFY): S.TIDAK_MEMENUHI_SYARAT for state in _VERIFIABLE},
    **{(state, Action.RETURN): S.DIKEMBALIKAN for state in (S.DIAJUKAN, *DECIDED)},
    **{(state, Action.VOID_VERDICT): BACK for state in DECIDED},
    **{(state, Action.CLAIM_ELSEWHERE): S.KONFLIK for state in _LIVE},
    (S.KONFLIK, Action.RELEASE_CLAIM): BACK,
    **{(state, Action.TRANSFER): S.PINDAH for state in _LIVE},
    (S.PINDAH, Action.RETURN_TRANSFER): BACK,
    **{(state, Action.DELETE): S.DIHAPUS for state in (*_LIVE, S.KONFLIK)},
    (S.DIHAPUS, Action.RESTORE): BACK,
}

WINDOW: dict[Action, Window] = {
    Action.REGISTER: Window.ENTRY,
    Action.MAKE_ACCOUNT: Window.DOSSIER,
    Action.SUBMIT: Window.DOSSIER,
    Action.WITHDRAW: Window.DOSSIER,
    Action.QUALIFY: Window.VERIFICATION,
    Action.DISQUALIFY: Window.VERIFICATION,
    Action.RETURN: Window.VERIFICATION,
    Action.CLAIM_ELSEWHERE: Window.ENTRY,
    Action.RELEASE_CLAIM: Window.CORRECTION,
    Action.TRANSFER: Window.CORRECTION,
    Action.RETURN_TRANSFER: Window.CORRECTION,
    Action.DELETE: Window.CORRECTION,
    Action.RESTORE: Window.CORRECTION,
}
"""In which window each action is allowed; enforced inside the transaction (kernel.gate). A void has none of its own."""

VOIDED_UNDER: dict[Cause, Window] = {
    Cause.PERSON: Window.DOSSIER,
    Cause.STAFF: Window.CORRECTION,
    Cause.RULING: Window.VERIFICATION,
}
"""In which window a verdict is voided (domain.md, section 4, "Windows by cause")."""

VERDICTS = frozenset({Action.QUALIFY, Action.DISQUALIFY, Action.RETURN, Action.VOID_VERDICT})
"""What gives a verdict or takes one away; what was changed since the one before is then no longer told apart."""

REMEMBERING = frozenset({*DECIDED, S.KONFLIK, S.PINDAH, S.DIHAPUS})
"""States one goes back from; entering one remembers the state before."""


def goes_back(state: S, action: Action) -> bool:
    """Whether `action` takes a record in `state` back to where it was."""
    return MOVES.get((state, action)) == BACK


def move(state: S, before: S | None, action: Action, *, has_account: bool) -> S:
    """Where `action` takes a record that is in `state` and was in `before`.

    Raises:
        Problem: `illegal-transition`.
    """
    target = MOVES.get((state, action))
    if target == BACK:
        target = S.AKUN_DIBUAT if before is S.TERDAFTAR and has_account else before
    if target is None:
        raise Problem(Code.ILLEGAL_TRANSITION)
    return S(target)
