"""BKN moves windows of one institution, against its letter (domain.md, sections 3 and 7)."""

from dataclasses import replace

from services.finalization.adapters import letter_items, store
from services.finalization.extensions.extending import Closing, by_window_name, extended, gate_moves, iso_instants
from services.finalization.model.extension_states import EXTENSION_MOVES, ExtensionStep
from services.finalization.model.institution import Extension, Institution, Letter
from services.finalization.shared.asked import event_of, load_own, require_version
from services.finalization.shared.letters import require_accepted, require_written
from services.finalization.shared.locking import being_locked_problem
from services.kernel.web.request import Request
from services.kernel.writes.gate import ConditionLost

ACTION = "institution.extended"


def grant_extension(code: str, closing: Closing, letter: Letter, v: int | None, request: Request) -> Institution:
    """Let the named windows close later; others, and other institutions, are unaffected.

    The letter may have come on paper: its upload is optional.

    Raises:
        Problem: `not-found`, `version-moved`; `wrong-phase` for a locked institution (and for `SPTJM` before the
            seal); `invalid-fields` for an instant not later than now and than the present close, or a letter of the
            future or not accepted.
    """
    institution = load_own(code, request.actor)
    require_version(institution, v)
    require_written(letter, request.received)
    require_accepted(letter, code)
    after = extended(institution, closing, request.received)
    after = replace(after, extensions=institution.extensions + 1)
    granted = Extension(
        number=after.extensions,
        state=EXTENSION_MOVES.after(None, ExtensionStep.GRANT),
        epoch=after.epoch,
        letter=letter,
        requested=by_window_name(closing),
        windows=by_window_name(closing),
        by=request.actor.id,
        by_role=request.actor.role,
        at=request.received,
        decided_by=request.actor.id,
        decided_at=request.received,
    )
    delta = {"number": granted.number, "letter": letter.number, "windows": iso_instants(granted.windows)}
    also = [letter_items.filing(after, granted), *gate_moves(institution, after)]
    try:
        return store.save(institution, after, event_of(request, ACTION, delta), also, request.once)
    except ConditionLost as lost:
        raise being_locked_problem() from lost
