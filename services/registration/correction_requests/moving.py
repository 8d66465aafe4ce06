"""Storing a request that moved: with its person, through the gate, under `CORRECTION`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.gate import ConditionLost
from services.registration.adapters import person_store, request_store
from services.registration.corrections.correcting import WINDOW_OF_CORRECTIONS
from services.registration.model.correction_request import CorrectionRequest
from services.registration.model.dossier import Change
from services.registration.model.person import Person


def find_request(person: Person, identifier: str) -> CorrectionRequest:
    """A request of this person.

    Raises:
        Problem: `not-found`.
    """
    for each in person.private.requests:
        if each.id == identifier:
            return each
    raise Problem(Code.NOT_FOUND)


def store_moved(
    before: Person,
    after: Person,
    moved: CorrectionRequest,
    *,
    action: str,
    delta: Mapping[str, Any],
    request: Request,
    extra: Sequence[Operation],
) -> Person:
    """Store the record with the request as it is now, in its place or as the newest; listed for staff while open.

    Raises:
        Problem: `version-moved`, `window-closed`, `window-not-open`, `try-again`.
    """
    known = [moved if each.id == moved.id else each for each in after.private.requests]
    requests = known if moved in known else [*known, moved]
    kept = replace(after, private=replace(after.private, requests=tuple(requests)))
    listed = request_store.list_open(kept, moved) if moved.is_open else request_store.unlist(kept, moved)
    change = Change(before, kept, action, {"request": moved.id, **delta}, [*listed, *extra])
    try:
        return person_store.commit(
            change,
            round_=gate.read_round(before.institution),
            window=WINDOW_OF_CORRECTIONS,
            received=request.received,
            actor=request.actor.id,
        )
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost
