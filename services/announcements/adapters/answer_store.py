"""Answers kept for reuse: one item an institution, which heads the audit chain of its changes."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from services.announcements.adapters.audit_lane import Lane
from services.announcements.model.saved_answer import SavedAnswer, SavedAnswers
from services.announcements.settings import settings
from services.kernel.audit.chain import Event
from services.kernel.audit.log import Standing
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Operation
from services.kernel.writes import ungated

LANE: Final = Lane("answers", "ANSWERS")


def load(institution: str) -> SavedAnswers:
    """What is kept."""
    item = dynamodb.get(settings().table, LANE.log(institution).key)
    if item is None:
        return SavedAnswers(0, ())
    return SavedAnswers(item["v"], tuple(SavedAnswer(**each) for each in item["answers"]))


def keep(institution: str, after: SavedAnswers, event: Event, also: Sequence[Operation]) -> bool:
    """Let `after` stand, whose version is the next, with its link; False when somebody else was faster."""
    item = dynamodb.get(settings().table, LANE.log(institution).key)
    if (item["v"] if item else 0) != after.v - 1:
        return False
    standing = Standing(item["v"], item["head"], item["salt"]) if item else None
    values = {"answers": [asdict(answer) for answer in after.answers]}
    head, link = LANE.log(institution).add(event, standing, **values)
    return ungated.commit([head, link.operation, *also])
