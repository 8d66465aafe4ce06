"""The state table of a person's record (domain.md, section 4), as data. Every move not drawn here is refused."""

from enum import Enum, StrEnum

from services.kernel.problems import Code, Problem
from services.kernel.states import GONE
from services.kernel.states import PersonState as S
from services.kernel.transitions import Transitions
from services.kernel.writes.calendar import Window


class Action(StrEnum):
    """What moves a record; also the action in its audit trail."""

    REGISTER = "register"
    CORRECT = "correct"
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


class Target(Enum):
    """A target that is not fixed."""

    BACK = "the state before"
    """The record goes back to where it was; to AKUN_DIBUAT, not to TERDAFTAR, if meanwhile an account was made."""


DECIDED = frozenset({S.MEMENUHI_SYARAT, S.TIDAK_MEMENUHI_SYARAT})
"""A verdict stands."""
UNDECIDED = (S.TERDAFTAR, S.AKUN_DIBUAT, S.DIAJUKAN, S.DIKEMBALIKAN)
"""None stands, and one can be given."""
_LIVE = tuple(state for state in S if state not in {S.KONFLIK, *GONE})

MOVES: Transitions[S, Action, S | Target] = Transitions(
    {
        Action.REGISTER: {S.DRAF: S.TERDAFTAR},
        Action.CORRECT: {S.DIKEMBALIKAN: S.TERDAFTAR},
        Action.MAKE_ACCOUNT: {S.TERDAFTAR: S.AKUN_DIBUAT},
        Action.SUBMIT: dict.fromkeys((S.AKUN_DIBUAT, S.DIKEMBALIKAN), S.DIAJUKAN),
        Action.WITHDRAW: {S.DIAJUKAN: S.AKUN_DIBUAT},
        Action.QUALIFY: dict.fromkeys(UNDECIDED, S.MEMENUHI_SYARAT),
        Action.DISQUALIFY: dict.fromkeys(UNDECIDED, S.TIDAK_MEMENUHI_SYARAT),
        Action.RETURN: dict.fromkeys((S.DIAJUKAN, *DECIDED), S.DIKEMBALIKAN),
        Action.VOID_VERDICT: dict.fromkeys(DECIDED, Target.BACK),
        Action.CLAIM_ELSEWHERE: dict.fromkeys(_LIVE, S.KONFLIK),
        Action.RELEASE_CLAIM: {S.KONFLIK: Target.BACK},
        Action.TRANSFER: dict.fromkeys(_LIVE, S.PINDAH),
        Action.RETURN_TRANSFER: {S.PINDAH: Target.BACK},
        Action.DELETE: dict.fromkeys((*_LIVE, S.KONFLIK), S.DIHAPUS),
        Action.RESTORE: {S.DIHAPUS: Target.BACK},
    }
)

WINDOW: dict[Action, Window] = {
    Action.REGISTER: Window.ENTRY,
    Action.CORRECT: Window.CORRECTION,
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
"""In which window each action is allowed; enforced in the transaction (writes/gate.py). A void has none of its own."""

VOIDED_UNDER: dict[Cause, Window] = {
    Cause.PERSON: Window.DOSSIER,
    Cause.STAFF: Window.CORRECTION,
    Cause.RULING: Window.VERIFICATION,
}
"""In which window a verdict is voided (domain.md, section 4, "Windows by cause")."""

VERDICTS = frozenset({Action.QUALIFY, Action.DISQUALIFY, Action.RETURN, Action.VOID_VERDICT})
"""What gives a verdict or takes one away; what was changed since the one before is then no longer told apart."""

REMEMBERING = frozenset({*DECIDED, S.KONFLIK, *GONE})
"""States one goes back from; entering one remembers the state before."""


def goes_back(state: S, action: Action) -> bool:
    """Whether `action` takes a record in `state` back to where it was."""
    return MOVES.allowed(state, action) and MOVES.after(state, action) is Target.BACK


def move(state: S, before: S | None, action: Action, *, has_account: bool) -> S:
    """Where `action` takes a record that is in `state` and was in `before`.

    Raises:
        Problem: `illegal-transition`.
    """
    target = MOVES.after(state, action)
    if isinstance(target, S):
        return target
    if before is None:
        raise Problem(Code.ILLEGAL_TRANSITION)
    return S.AKUN_DIBUAT if before is S.TERDAFTAR and has_account else before
