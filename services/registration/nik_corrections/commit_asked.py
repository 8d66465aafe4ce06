"""Store what is asked, or that it is no longer: the record moves by a version, so that both stand in its history."""

from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost
from services.registration.adapters import person_store
from services.registration.model.dossier import Change


def commit_asked(change: Change, request: Request) -> None:
    """Commit it under the window of corrections.

    Raises:
        Problem: `version-moved`, or whatever the gate says.
    """
    round_ = gate.read_round(change.after.institution)
    try:
        person_store.commit(
            change, round_=round_, window=Window.CORRECTION, received=request.received, actor=request.actor.id
        )
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost
