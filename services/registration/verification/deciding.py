"""What stands beside the choice of whoever decides on a person, and what was decided before."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.documents import DocumentType
from services.kernel.problem_texts import sentence_of
from services.kernel.security.sessions import Actor
from services.kernel.web.languages import Sentence
from services.kernel.writes import gate
from services.registration.adapters import account_store
from services.registration.eligibility.advice import Criterion
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.model.private import NotedDecision, SecondCheck
from services.registration.model.verdict import Verdict
from services.registration.shared.progress_views import DecisionView, advice_upon
from services.registration.verification.four_eyes import second_hindrance
from services.registration.verification.papers import look_for_papers, resting_on
from services.registration.verification.returns import decidable_from, return_until
from services.registration.verification.standing import standing_verdicts
from services.registration.verification.withdraw_verdict import withdrawable_until

_SOMEBODY = "petugas"


class PaperNote(BaseModel):
    """A paper that is not accepted: its kind, how it stands, and the criteria that need a reason without it."""

    code: DocumentType
    text: Sentence
    criteria: list[Criterion]


class StandingView(BaseModel):
    """A criterion on which the last verdict still stands, so that it need not be given again."""

    criterion: Criterion
    verdict: Verdict


class RestsOnView(BaseModel):
    """An accepted paper, and the criteria that rest on it: they need a reason while it has not been opened."""

    file: str
    criteria: list[Criterion]


class SecondWaits(BaseModel):
    """A verdict that stands waits for a second check; `why` its reader may not make it, None where he may."""

    why: Sentence | None


class DecidingView(BaseModel):
    """What a decision depends on beside the record.

    `returnable` until `return_until`: later the person could not answer. `decidable_from` is when a returned record may
    be decided on without his answer, None when there is nothing to wait for. Without `papers_missing`, and with the
    advice LOLOS, a positive verdict on papers that were opened needs no reason. `waived_until`: until when bkn's waiver
    lets who entered the row decide on it, None where none holds. `withdrawable_until`: until when the reader may take
    back the verdict that stands, None where it is not his or too late. `second`: that it waits for a second check.
    """

    returnable: bool
    return_until: datetime
    decidable_from: datetime | None
    papers_missing: list[PaperNote]
    waived_until: datetime | None
    withdrawable_until: datetime | None
    standing: list[StandingView]
    resting: list[RestsOnView]
    second: SecondWaits | None


class SecondCheckView(BaseModel):
    """What another one, by name, said of a verdict; where he does not agree, of which criteria, and why."""

    at: datetime
    by: str
    agrees: bool
    criteria: list[Criterion]
    reason: str | None

    @classmethod
    def of(cls, second: SecondCheck) -> Self:
        """The check as staff of the institution see it."""
        return cls(
            at=clock.from_millis(second.at).astimezone(clock.WIB),
            by=_name_of(second.by),
            agrees=second.agrees,
            criteria=list(second.criteria),
            reason=second.reason,
        )


class NotedDecisionView(DecisionView):
    """A human decision, by whom, and the engine's advice and the papers lacking at that time.

    `drawn` for a second check; `second` is that check, None until somebody makes it.
    """

    by: str
    advice: str
    against_advice: bool
    without_papers: list[DocumentType]
    unopened: list[DocumentType]
    under_waiver: bool
    invited: bool
    drawn: bool
    second: SecondCheckView | None

    @classmethod
    def for_staff(cls, person: Person, noted: NotedDecision) -> Self:
        """The decision as staff of the institution see it."""
        return cls(
            **dict(DecisionView.of(noted, advice_upon(person, noted))),
            by=_name_of(noted.by),
            advice=noted.advice,
            against_advice=noted.against_advice,
            without_papers=list(noted.without_papers),
            unopened=list(noted.unopened),
            under_waiver=noted.under_waiver,
            invited=noted.invited,
            drawn=noted.drawn,
            second=SecondCheckView.of(noted.second) if noted.second else None,
        )


def view_deciding(dossier: Dossier, reader: Actor, received: datetime) -> DecidingView:
    """What whoever decides now has to know."""
    papers = look_for_papers(dossier, frozenset())
    taken_back = withdrawable_until(dossier.person, reader.id)
    round_ = gate.read_round(dossier.person.institution)
    waits, until = decidable_from(dossier.person, round_), return_until(round_)
    waived = round_.waived if round_.waived and round_.is_waived(received) else None
    return DecidingView(
        returnable=received <= until,
        return_until=until.astimezone(clock.WIB),
        decidable_from=waits.astimezone(clock.WIB) if waits and received < waits else None,
        papers_missing=[
            PaperNote(code=DocumentType(one.code), text=one.text, criteria=resting_on(one.code))
            for one in papers.lacking
        ],
        waived_until=waived.closes.astimezone(clock.WIB) if waived else None,
        withdrawable_until=taken_back.astimezone(clock.WIB) if taken_back and received <= taken_back else None,
        standing=[
            StandingView(criterion=each.criterion, verdict=each.verdict)
            for each in standing_verdicts(dossier).values()
            if not dossier.person.is_decided
        ],
        resting=[RestsOnView(file=file.id, criteria=resting_on(file.jenis)) for file in papers.unopened],
        second=_view_second(dossier, reader),
    )


def _view_second(dossier: Dossier, reader: Actor) -> SecondWaits | None:
    if not dossier.person.waits_for_check:
        return None
    hindered = second_hindrance(dossier, reader)
    return SecondWaits(why=sentence_of(hindered) if hindered else None)


def _name_of(staff: str) -> str:
    account = account_store.load(staff)
    return account_store.staff_private(account).name if account else _SOMEBODY
