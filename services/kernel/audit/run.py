"""Check every chain of an institution in this service and anchor their heads: daily, and at each seal.

One message is one institution. A run goes in steps: first it lists whose chains there are, then it checks them part by
part, last it writes the anchor. A step is the same whenever it is repeated, so a run that is interrupted, doubled or
too long for one function goes on in another one by a message that says where.
"""

import time
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from services.kernel import clock
from services.kernel.audit import anchor as audit_anchor
from services.kernel.audit import store as audit_store
from services.kernel.audit.anchor import Anchor
from services.kernel.audit.check import Head
from services.kernel.audit.examine import Trail, examine, subject_of
from services.kernel.aws import events
from services.kernel.log import LogLine, log

SIZE: Final = 1000
"""Subjects in a part: some three seconds of one processor (2.4 ms a chain were measured)."""
BUDGET: Final = 60.0
"""Seconds after which no further step is begun; a function has two minutes."""


class Step(BaseModel):
    """Where a run is: `part` 0 lists the subjects, the next ones check them, the last one writes the anchor."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    institution: str
    occasion: str
    part: int = 0
    faults: int = 0

    @property
    def run(self) -> str:
        """The run's name."""
        return f"{self.institution}/{self.occasion}"

    def following(self, faults: int = 0) -> "Step":
        """The next step, with what this one found."""
        return self.model_copy(update={"part": self.part + 1, "faults": self.faults + faults})


def take(message: Mapping[str, Any], trail: Trail) -> None:
    """Begin at the day's schedule or at the fact `institution.sealed` (EventBridge's envelopes), go on at a `Step`.

    Raises:
        ValidationError: for any other message.
    """
    match message.get("detail-type"):
        case "Scheduled Event":
            _start_day(trail)
        case "institution.sealed":
            sealed = message["detail"]
            run(Step(institution=sealed["institution"], occasion=f"seal-{sealed['v']}"), trail)
        case _:
            run(Step.model_validate(message), trail)


def run(step: Step, trail: Trail, *, budget: float = BUDGET) -> None:
    """Go on with a run until it ends or the time is over; then another message takes it up."""
    end = time.monotonic() + budget
    last = audit_store.last(step.institution)
    if last is not None and last.anchor.occasion == step.occasion:
        return
    anchored = {} if last is None else audit_store.heads(last.anchor)
    following = _advance(step, trail, anchored)
    while following is not None:
        if time.monotonic() > end:
            _send([following])
            return
        following = _advance(following, trail, anchored)


def _start_day(trail: Trail) -> None:
    day = clock.now().astimezone(clock.WIB).date().isoformat()
    steps = [Step(institution=code, occasion=day) for code in trail.institutions()]
    _send(steps)
    log(LogLine.AUDIT_STARTED, count=len(steps))


def _send(steps: list[Step]) -> None:
    events.send(audit_store.settings().audit_queue, [step.model_dump_json() for step in steps])


def _advance(step: Step, trail: Trail, anchored: Mapping[str, Head] | None) -> Step | None:
    """Do one step; returns the next one, or None at the end. `anchored` is None when the last heads are lost."""
    if step.part == 0:
        return _begin(step, trail, anchored)
    part = audit_store.subjects(step.run)[(step.part - 1) * SIZE : step.part * SIZE]
    if not part:
        _finish(step)
        return None
    return _check_part(step, part, trail, anchored or {})


def _begin(step: Step, trail: Trail, anchored: Mapping[str, Head] | None) -> Step:
    """List everybody who has chains or had them at the last anchor."""
    if anchored is None:
        log(LogLine.AUDIT_HEADS_LOST, institution=step.institution)
    before = sorted({subject_of(chain) for chain in anchored or {}})
    audit_store.keep_subjects(step.run, list(dict.fromkeys([*trail.subjects(step.institution), *before])))
    return step.following(1 if anchored is None else 0)


def _check_part(step: Step, subjects: list[str], trail: Trail, anchored: Mapping[str, Head]) -> Step:
    found = examine(step.institution, subjects, trail, anchored)
    audit_store.keep_part(step.run, step.part, found.sound)
    for fault in found.faults:
        where = {"institution": step.institution, "chain": fault.chain, "link": fault.version}
        log(LogLine.AUDIT_FAULT, code=fault.kind.value, **where)
    return step.following(len(found.faults))


def _finish(step: Step) -> None:
    """Write the anchor; if another run took its number meanwhile, the next one."""
    now: dict[str, Head] = {}
    for part in range(1, step.part):
        now |= audit_store.part(step.run, part)
    while True:
        last = audit_store.last(step.institution)
        if last is not None and last.anchor.occasion == step.occasion:
            return
        before = {} if last is None else audit_store.heads(last.anchor)
        heads = audit_anchor.forward(before or {}, now)
        if audit_store.keep(_anchor(step, heads, last), heads):
            log(LogLine.AUDIT_ANCHORED, institution=step.institution, count=len(heads))
            return


def _anchor(step: Step, heads: audit_anchor.Heads, last: audit_store.Kept | None) -> Anchor:
    number = last.anchor.number + 1 if last else 1
    root = audit_anchor.root(heads)
    return Anchor(
        service=audit_store.settings().service,
        institution=step.institution,
        number=number,
        occasion=step.occasion,
        at=clock.now().astimezone(clock.WIB).isoformat(timespec="seconds"),
        chains=len(heads),
        links=sum(head.version for head in heads.values()),
        faults=step.faults,
        root=root,
        heads=audit_store.heads_key(step.institution, number, step.occasion, root),
        previous=last.digest if last else None,
    )
