"""Advise one record anew under a list of titles, through the gate, under `VERIFICATION` and not in its last days."""

from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.states import GONE, PersonState
from services.kernel.writes import gate
from services.kernel.writes.calendar import Round
from services.registration.adapters import person_store, title_store
from services.registration.eligibility import in_force
from services.registration.eligibility.rules import RuleSet
from services.registration.model.dossier import Change
from services.registration.model.person_states import VOIDED_UNDER, Cause
from services.registration.model.title_list import TitleList, may_run_until
from services.registration.shared.tell_person import tell_titles_changed
from services.registration.titles.rerun import Rerun, rerun

WINDOW: Final = VOIDED_UNDER[Cause.RULING]
ACTOR: Final = "system:titles"
ACTION: Final = "advise-anew"
MAX_TRIES: Final = 5
_LEFT_ALONE: Final = GONE | {PersonState.KONFLIK}
"""Off the roster, or disputed: where a verdict lies beneath, it comes back as it was."""


def look_at_record(pid: str, rules: RuleSet, now: datetime) -> Rerun | None:
    """What these rules would make of the record; nothing is written. None where nothing changes."""
    dossier = person_store.load_dossier(pid)
    return None if dossier.person.state in _LEFT_ALONE else rerun(dossier, rules, in_force.titles_of, now)


def change_record(pid: str, titles: TitleList, rules: RuleSet) -> Rerun | None:
    """Write what these rules make of the record, and count it in the run of this list, once.

    Raises:
        Problem: `window-closed`, `window-not-open`, `rerun-too-late`; `try-again` or `version-moved` when the record
            keeps changing.
    """
    for _ in range(MAX_TRIES):
        now = clock.now()
        found = look_at_record(pid, rules, now)
        if found is None:
            return None
        try:
            _commit(found, titles, now)
        except Problem as problem:
            if problem.code is not Code.VERSION_MOVED:
                raise
            continue
        return found
    raise Problem(Code.VERSION_MOVED)


def require_time(round_: Round, received: datetime) -> None:
    """Refuse an institution whose verification closes within three days, by its present close.

    Raises:
        Problem: `rerun-too-late`.
    """
    until = may_run_until(round_.windows[WINDOW].closes)
    if received > until:
        raise Problem(Code.RERUN_TOO_LATE, until=until.astimezone(clock.WIB).isoformat(), zone="WIB")


def _commit(found: Rerun, titles: TitleList, now: datetime) -> None:
    before, after = found.before, found.after
    told = tell_titles_changed(before, titles.number or 0, now)
    counted = title_store.counting(titles.id, before.institution, found.effect)
    delta = {"titles": titles.number, "title": found.title, "voided": bool(found.effect.voided)}
    person_store.commit(
        Change(before, after, ACTION, delta, [counted, *told]),
        round_=gate.read_round(before.institution),
        window=WINDOW,
        received=now,
        actor=ACTOR,
        require=require_time,
    )
