"""How far a record has come, and what was decided about it: as its person and staff of his institution see it."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.states import PersonState
from services.kernel.web.languages import Sentence
from services.registration.eligibility.advice import Assessment, Criterion
from services.registration.model.person import Person
from services.registration.model.private import NotedDecision, Progress
from services.registration.model.verdict import REASONS, CriterionVerdict, Mend, ReasonCode, Verdict


class ProgressView(BaseModel):
    """A state the record came to, and when."""

    state: PersonState
    at: datetime

    @classmethod
    def of(cls, step: Progress) -> Self:
        """The step as it is shown."""
        return cls(state=step.state, at=_instant(step.at))


class CriterionVerdictView(BaseModel):
    """The verdict on one criterion in plain words.

    `sentence` is the reason's, or the rule's where that was reason enough; `text` is what was typed beside it.
    """

    criterion: Criterion
    verdict: Verdict
    sentence: Sentence
    text: str | None

    @classmethod
    def of(cls, verdict: CriterionVerdict, advised: str) -> Self:
        """The verdict with its reason; `advised` is the rule's sentence, empty where it is not for its reader."""
        code = verdict.reason_code
        own_words = code is ReasonCode.LAINNYA
        sentence = "" if own_words else REASONS[code].sentence if code else advised
        return cls(criterion=verdict.criterion, verdict=verdict.verdict, sentence=sentence, text=verdict.text)


class DecisionView(BaseModel):
    """What was decided about the record and why; by whom is the institution's business.

    `criteria` are the verdicts on each criterion; none of a return, whose `reason` says why and `mend` what to put
    right, and none of a verdict that was once given as one. `withdrawn_at`: when it was taken back.
    """

    at: datetime
    decision: PersonState
    reason: str | None
    criteria: list[CriterionVerdictView]
    mend: list[Mend]
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, noted: NotedDecision, assessment: Assessment | None) -> Self:
        """The decision as everybody concerned sees it.

        `assessment` is the advice that it was given upon; None where it is not known or not for its reader.
        """
        advised = {each.criterion: each.sentence for each in assessment.criteria} if assessment else {}
        return cls(
            at=_instant(noted.at),
            decision=noted.decision,
            reason=noted.reason,
            criteria=[CriterionVerdictView.of(each, advised.get(each.criterion, "")) for each in noted.criteria],
            mend=list(noted.mend),
            withdrawn_at=None if noted.withdrawn_at is None else _instant(noted.withdrawn_at),
        )


def view_decisions(person: Person) -> list[DecisionView]:
    """Every decision on a record, the latest last; the rules' sentences with the verdict that stands."""
    return [DecisionView.of(noted, advice_upon(person, noted)) for noted in person.private.decisions]


def advice_upon(person: Person, noted: NotedDecision) -> Assessment | None:
    """The advice stored with the record, where this is the verdict that stands upon it."""
    stands = person.is_decided and noted is person.private.decisions[-1]
    return person.private.assessment if stands else None


def _instant(at: int) -> datetime:
    return clock.from_millis(at).astimezone(clock.WIB)
