"""What stands beside the choice of whoever decides on a person, and what was decided before."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.documents import DocumentType
from services.kernel.web.languages import Sentence
from services.kernel.writes import gate
from services.registration.adapters import account_store
from services.registration.dossiers.completeness import missing_papers
from services.registration.model.dossier import Dossier
from services.registration.model.private import NotedDecision
from services.registration.shared.progress_views import DecisionView
from services.registration.verification.returns import decidable_from, return_until

_SOMEBODY = "petugas"


class PaperNote(BaseModel):
    """A paper that is not accepted: its kind, and how it stands."""

    code: DocumentType
    text: Sentence


class DecidingView(BaseModel):
    """What a decision depends on beside the record.

    `returnable` until `return_until`: later the person could not answer. `decidable_from` is when a returned record may
    be decided on without his answer, None when there is nothing to wait for. Without `papers_missing`, and with the
    advice LOLOS, a positive verdict needs no reason. `waived_until`: until when bkn's waiver lets who entered the row
    decide on it, None where none holds.
    """

    returnable: bool
    return_until: datetime
    decidable_from: datetime | None
    papers_missing: list[PaperNote]
    waived_until: datetime | None


class NotedDecisionView(DecisionView):
    """A human decision, by whom, and the engine's advice and the papers lacking at that time."""

    by: str
    advice: str
    against_advice: bool
    without_papers: list[DocumentType]
    under_waiver: bool

    @classmethod
    def of(cls, noted: NotedDecision) -> Self:
        """The decision as staff of the institution see it."""
        account = account_store.load(noted.by)
        return cls(
            **dict(DecisionView.of(noted)),
            by=account_store.staff_private(account).name if account else _SOMEBODY,
            advice=noted.advice,
            against_advice=noted.against_advice,
            without_papers=list(noted.without_papers),
            under_waiver=noted.under_waiver,
        )


def view_deciding(dossier: Dossier, received: datetime) -> DecidingView:
    """What whoever decides now has to know."""
    round_ = gate.read_round(dossier.person.institution)
    waits, until = decidable_from(dossier.person, round_), return_until(round_)
    waived = round_.waived if round_.waived and round_.is_waived(received) else None
    return DecidingView(
        returnable=received <= until,
        return_until=until.astimezone(clock.WIB),
        decidable_from=waits.astimezone(clock.WIB) if waits and received < waits else None,
        papers_missing=[PaperNote(code=DocumentType(one.code), text=one.text) for one in missing_papers(dossier)],
        waived_until=waived.closes.astimezone(clock.WIB) if waived else None,
    )
