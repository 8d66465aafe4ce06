"""Registration has sealed the roster: finalization records the seal and puts it where nobody can change it."""

import json
from dataclasses import replace

from services.finalization.adapters import files, gates, parts, store
from services.finalization.institution import phases
from services.finalization.institution.model import Institution, Seal
from services.finalization.institution.phases import Step
from services.finalization.settings import settings
from services.finalization.sptjm import states
from services.finalization.sptjm.states import SptjmStep
from services.kernel import clock
from services.kernel.audit import Event
from services.kernel.facts import RosterSealed
from services.kernel.problems import Code, Problem
from services.kernel.states import Phase

ACTION = "institution.sealed"


def record_seal(fact: RosterSealed) -> None:
    """Record the seal of the epoch that is locked, once, and write its statement under Object Lock.

    A fact about another epoch is stale. An institution that never started has nothing to seal, unless rows turned up.

    Raises:
        Problem: `not-found`; `try-again` when the institution is not locked yet or changed meanwhile.
    """
    institution = store.load(fact.institution)
    if institution.epoch != fact.v:
        return
    if institution.locked_at is None:
        raise Problem(Code.TRY_AGAIN)
    if institution.phase is Phase.TIDAK_MENDATA and not any(fact.by_state.values()):
        return
    if institution.seal is None:
        institution = _record(institution, fact)
    _write_statement(institution)


def statement(institution: Institution, seal: Seal) -> dict[str, object]:
    """What the seal says, without personal data: which list, of how many, locked and sealed when."""
    locked_at = institution.locked_at
    return {
        "institution": institution.code,
        "epoch": seal.epoch,
        "list_key": seal.list_key,
        "root": seal.root,
        "count": seal.count,
        "thk2": seal.thk2,
        "non_asn": seal.non_asn,
        "by_state": dict(seal.by_state),
        "locked_at": locked_at.astimezone(clock.WIB).isoformat() if locked_at else None,
        "sealed_at": seal.sealed_at.astimezone(clock.WIB).isoformat(),
    }


def _record(institution: Institution, fact: RosterSealed) -> Institution:
    phase = phases.after(institution.phase, Step.SEAL)
    now = clock.from_millis(clock.millis(clock.now()))  # as it is stored: a second run writes the same statement
    seal = Seal(
        epoch=fact.v,
        list_key=fact.list_key,
        root=fact.root,
        thk2=fact.thk2,
        non_asn=fact.non_asn,
        by_state=fact.by_state,
        sealed_at=now,
    )
    sptjm = replace(
        institution.sptjm,
        state=states.after(institution.sptjm.state, SptjmStep.RESEAL),
        since=institution.v + 1,
        closes=now + settings().sptjm_window,
        file=None,
        uploaded_at=None,
        reason=None,
    )
    sealed = replace(institution, phase=phase, seal=seal, sptjm=sptjm)
    event = Event("system:on_fact", ACTION, now, {"epoch": seal.epoch, "root": seal.root})
    return store.save(institution, sealed, event, [parts.seal(sealed, seal), gates.phase(sealed)])


def _write_statement(institution: Institution) -> None:
    """Written from what is stored, so that a second run writes the same; what is there already stays."""
    if institution.seal is None:
        return
    content = json.dumps(statement(institution, institution.seal), sort_keys=True, separators=(",", ":")).encode()
    files.keep_seal(f"seals/{institution.code}/{institution.seal.epoch}.json", content)
