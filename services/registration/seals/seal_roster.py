"""Sealing an institution's roster, step by step: begin, sweep every part, finish (design.md, section 4).

The queue of this function takes facts of finalization (locked, pre-finalized) and its own steps.
"""

from collections.abc import Callable, Mapping
from typing import Any

from services.kernel.events.facts import InstitutionLocked, InstitutionPrefinalized, parse
from services.registration.model.edition import Edition, Purpose
from services.registration.model.seal_step import Step, StepMessage
from services.registration.seals.begin_seal import begin
from services.registration.seals.finish_seal import finish_seal
from services.registration.seals.sweep_part import sweep_part

_STEPS: Mapping[Step, Callable[[StepMessage], None]] = {
    Step.BEGIN: lambda message: begin(message.edition, message.attempt, message.asked),
    Step.SWEEP: sweep_part,
    Step.FINISH: finish_seal,
}


def seal_roster(message: Mapping[str, Any]) -> None:
    """Begin at a fact of finalization (an envelope of EventBridge), or do the step that a `StepMessage` names.

    Raises:
        Busy: somebody is still being written; the message comes again.
        LookupError: for a fact nobody here handles: a wiring mistake.
    """
    if "detail-type" in message:
        _begin(message)
        return
    step = StepMessage.model_validate(message)
    _STEPS[step.step](step)


def _begin(envelope: Mapping[str, Any]) -> None:
    fact = parse(envelope["detail-type"], envelope["detail"])
    match fact:
        case InstitutionLocked():
            begin(Edition(fact.institution, Purpose.SEAL, fact.v))
        case InstitutionPrefinalized():
            begin(Edition(fact.institution, Purpose.PREFINAL, fact.v), asked=fact.at)
        case _:
            raise LookupError(f"nobody handles {fact.name}")
