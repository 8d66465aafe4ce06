"""What stands beside the choice of whoever decides on a person, and what was decided before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.documents import DocumentType
from services.kernel.states import PersonState
from services.kernel.web.languages import Sentence
from services.kernel.writes import gate
from services.registration.adapters import account_store
from services.registration.dossiers.completeness import missing_papers
from services.registration.model.dossier import Dossier
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
    advice LOLOS, a positive verdict needs no reason.
    """

    returnable: bool
    return_until: datetime
    decidable_from: datetime | None
    papers_missing: list[PaperNote]


class DecisionView(BaseModel):
    """A human decision: when, by whom, which, and why; with the engine's advice and the papers lacking at that time."""

    at: datetime
    by: str
    decision: PersonState
    reason: str | None
    advice: str
    against_advice: bool
    without_papers: list[DocumentType]


def view_deciding(dossier: Dossier, received: datetime) -> DecidingView:
    """What whoever decides now has to know."""
    round_ = gate.read_round(dossier.person.institution)
    waits, until = decidable_from(dossier.person, round_), return_until(round_)
    return DecidingView(
        returnable=received <= until,
        return_until=until.astimezone(clock.WIB),
        decidable_from=waits.astimezone(clock.WIB) if waits and received < waits else None,
        papers_missing=[PaperNote(code=DocumentType(one.code), text=one.text) for one in missing_papers(dossier)],
    )


def view_decision(entry: Mapping[str, Any]) -> DecisionView:
    """One of a record's decisions."""
    account = account_store.load(entry["by"])
    return DecisionView(
        at=clock.from_millis(entry["at"]),
        by=account_store.staff_private(account)["name"] if account else _SOMEBODY,
        decision=entry["decision"],
        reason=entry["reason"],
        advice=entry["advice"],
        against_advice=entry.get("against_advice", False),
        without_papers=entry.get("without_papers", []),
    )
