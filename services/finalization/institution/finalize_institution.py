"""The admin ends the round of his institution early."""

from dataclasses import replace

from services.finalization.adapters import gates, store
from services.finalization.institution import phases, windows
from services.finalization.institution.asked import Asked
from services.finalization.institution.checklist import checklist, require_settled, uncounted
from services.finalization.institution.locking import locking
from services.finalization.institution.model import Institution, Own
from services.finalization.institution.phases import Step
from services.kernel.calendar import Window
from services.kernel.gate import ConditionLost

ACTION = "institution.finalized"


def finalize_institution(code: str, asked: Asked) -> Institution:
    """Close all windows at the instant of receipt, under a new epoch.

    The lock itself is the locker's, after the drain: who was received before is carried through. What nobody counted
    goes on record with it.

    Raises:
        Problem: `not-found`, `version-moved`, `wrong-phase`, `window-closed`, `window-not-open`, or `incomplete` with
            what is open on the checklist.
    """
    institution = asked.institution(code)
    if asked.repeats(institution, ACTION):
        return institution
    asked.require_version(institution)
    phase = phases.after(institution.phase, Step.FINALIZE)
    institution.round.require(Window.VERIFICATION, asked.received)
    checks = checklist(institution, store.load_folder(code, with_private=False).counts)
    require_settled(checks)
    after = replace(
        asked.remembered(institution, ACTION),
        phase=phase,
        finalized_at=asked.received,
        epoch=institution.epoch + 1,
        windows=windows.cut(institution.windows, Window, asked.received),
        own=dict.fromkeys(Window, Own.CUT),
    )
    event = asked.event(ACTION, {"uncounted": [check.code for check in uncounted(checks)]})
    try:
        return store.save(institution, after, event, gates.moving(institution, after))
    except ConditionLost as lost:
        raise locking() from lost
