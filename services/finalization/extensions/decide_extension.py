"""BKN grants the extension an institution asked for, or refuses it with a reason."""

import re
from dataclasses import dataclass, replace

from services.finalization.adapters import letter_items, store
from services.finalization.extensions.extending import (
    Closing,
    Movable,
    by_window_name,
    extended,
    gate_moves,
    iso_instants,
)
from services.finalization.model.extension_states import EXTENSION_MOVES, ExtensionState, ExtensionStep
from services.finalization.model.institution import Extension, Institution
from services.finalization.shared.asked import event_of, load_own, require_version
from services.finalization.shared.locking import being_locked_problem
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.web.request import Request
from services.kernel.writes.gate import ConditionLost

ACTION = "extension.decided"

_STEPS = {ExtensionState.DIBERI: ExtensionStep.GRANT, ExtensionState.DITOLAK: ExtensionStep.REFUSE}


@dataclass(frozen=True)
class Decision:
    """What BKN says to it; `closing` are the instants it grants instead of those asked for."""

    state: ExtensionState
    reason: str | None = None
    closing: Closing | None = None


def decide_extension(extension: str, decision: Decision, v: int | None, request: Request) -> Institution:
    """Grant what was asked for, or other instants; or refuse.

    Raises:
        Problem: `not-found`, `version-moved`; `illegal-transition` when it is decided already; `invalid-fields` for a
            refusal without reason; and, when granting, what an extension given unasked would raise.
    """
    code, number = _parts(extension)
    institution = load_own(code, request.actor)
    wanted = letter_items.load_extension(institution, number)
    if wanted is None:
        raise Problem(Code.NOT_FOUND)
    require_version(institution, v)
    decided, after = _decided(institution, wanted, decision, request)
    after = replace(after, open_request=None)
    delta = {
        "number": number,
        "decision": decided.state.value,
        "reason": decided.reason,
        "windows": iso_instants(decided.windows),
    }
    also = [letter_items.deciding(after, decided), *gate_moves(institution, after)]
    try:
        return store.save(institution, after, event_of(request, ACTION, delta), also, request.once)
    except ConditionLost as lost:
        raise being_locked_problem() from lost


def _decided(
    institution: Institution, wanted: Extension, decision: Decision, request: Request
) -> tuple[Extension, Institution]:
    decided = replace(
        wanted,
        state=EXTENSION_MOVES.after(wanted.state, _STEPS[decision.state]),
        reason=decision.reason,
        decided_by=request.actor.id,
        decided_at=request.received,
    )
    if decided.state is ExtensionState.DIBERI:
        asked_for = {Movable(name): instant for name, instant in wanted.requested.items()}
        closing = asked_for if decision.closing is None else decision.closing
        after = extended(institution, closing, request.received)
        return replace(decided, windows=by_window_name(closing), epoch=after.epoch), after
    if not decision.reason:
        raise invalid_problem("reason", "missing", "Tulis alasan penolakan agar instansi tahu sebabnya.")
    return decided, institution


def _parts(extension: str) -> tuple[str, int]:
    """Institution and number out of `<code>-<number>`."""
    found = re.fullmatch(r"([0-9]{4})-([1-9][0-9]{0,5})", extension)
    if found is None:
        raise Problem(Code.NOT_FOUND)
    return found[1], int(found[2])
