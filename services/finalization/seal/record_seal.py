"""Registration has sealed the roster: finalization signs the manifest, puts it under Object Lock and records it."""

from dataclasses import replace

from services.finalization.adapters import files, gates, parts, store
from services.finalization.model.institution import Institution, Seal
from services.finalization.model.open_cases import OF_THE_LIST, open_cases
from services.finalization.model.phases import PHASE_MOVES, Step
from services.finalization.model.sptjm_states import SPTJM_MOVES, SptjmStep
from services.finalization.seal import manifest
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.events.facts import RosterSealed
from services.kernel.problems import Code, Problem
from services.kernel.states import Phase

ACTION = "institution.sealed"


class ForeignManifestError(Exception):
    """Another list stands signed under this epoch: two different rosters were sealed, and somebody must look."""


def record_seal(fact: RosterSealed) -> None:
    """Sign and record the seal of the epoch that is locked, once.

    A fact about another epoch is stale. An institution that never started has nothing to seal, unless rows turned up.

    Raises:
        Problem: `not-found`; `try-again` when the institution is not locked yet or changed meanwhile.
        ForeignManifestError: when another list was signed for this epoch.
    """
    institution = store.load(fact.institution)
    if institution.epoch != fact.v or institution.seal is not None:
        return
    if institution.locked_at is None:
        raise Problem(Code.TRY_AGAIN)
    if institution.phase is Phase.TIDAK_MENDATA and not any(fact.by_state.values()):
        return
    _record(institution, _seal(institution, fact))


def _seal(institution: Institution, fact: RosterSealed) -> Seal:
    """The seal with its manifest kept first: a run that broke off after it goes on with what it signed then."""
    key = f"seals/{institution.code}/{fact.v}.json"
    now = clock.from_millis(clock.millis(clock.now()))
    standing = files.keep_seal(key, manifest.signed(manifest.manifest(institution, fact, now)))
    if manifest.roots(standing) != (fact.root, fact.roster_root):
        raise ForeignManifestError(key)
    waiting = open_cases(store.counts(institution.code))
    return Seal(
        epoch=fact.v,
        list_key=fact.list_key,
        manifest_key=key,
        root=fact.root,
        roster_root=fact.roster_root,
        thk2=fact.thk2,
        non_asn=fact.non_asn,
        by_state=fact.by_state,
        sealed_at=manifest.sealed_at(standing),
        open_cases={kind.value: waiting[kind] for kind in OF_THE_LIST if waiting[kind]},
    )


def _record(institution: Institution, seal: Seal) -> None:
    sptjm = replace(
        institution.sptjm,
        state=SPTJM_MOVES.after(institution.sptjm.state, SptjmStep.RESEAL),
        since=institution.v + 1,
        closes=seal.sealed_at + settings().sptjm_window,
        file=None,
        uploaded_at=None,
        reason=None,
    )
    sealed = replace(institution, phase=PHASE_MOVES.after(institution.phase, Step.SEAL), seal=seal, sptjm=sptjm)
    event = Event("system:on_fact", ACTION, clock.now(), {"epoch": seal.epoch, "root": seal.root})
    store.save(institution, sealed, event, [parts.seal(sealed, seal), gates.phase(sealed)])
