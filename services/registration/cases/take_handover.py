"""What a decider's browser hands over from announcements, or what is said where that is no good."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.cases.handover import MAX_LENGTH, Handover, Proposed, take_over
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request


class HandedOver(BaseModel):
    """The case with its decision, as announcements encrypted both (services/kernel/cases/handover.py)."""

    handover: Annotated[str, Field(max_length=MAX_LENGTH)]


def take_handover(handed: HandedOver, *, institution: str, request: Request) -> Handover:
    """The case and what was decided.

    Raises:
        Problem: `handover-over` where it is not genuine, is over, or is another decider's or institution's.
    """
    handover = take_over(handed.handover, institution=institution, by=request.actor.id, now=request.received)
    if handover is None:
        raise Problem(Code.HANDOVER_OVER)
    return handover


def usulan_of(handover: Handover) -> Proposed:
    """Whom an accepted usulan proposes.

    Raises:
        Problem: `handover-over` of any other case: it was handed to the wrong place.
    """
    if handover.proposed is None or not handover.accepted:
        raise Problem(Code.HANDOVER_OVER)
    return handover.proposed
