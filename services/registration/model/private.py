"""What is kept of a person encrypted at rest, beside his public fields (services/kernel/security/privacy.py).

Instants are whole milliseconds since 1970-01-01T00:00Z, as they are stored. None is what is not there (yet).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from services.kernel.documents import DocumentType
from services.kernel.states import PersonState
from services.registration.eligibility.advice import Advice, Assessment, Criterion
from services.registration.model.correction_request import CorrectionRequest
from services.registration.model.person_row import PersonRow
from services.registration.model.verdict import CriterionVerdict, Mend

MarkedValue: TypeAlias = str | int | bool | Mapping[str, str | None] | None
"""A registered field or one of education, `active`, or the fields of an appointment; None where there was nothing."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A state the record came to."""

    state: PersonState
    at: int


@dataclass(frozen=True, slots=True)
class SecondCheck:
    """What another one said of a verdict that was drawn for it; where he does not agree, on which criteria and why."""

    at: int
    by: str
    agrees: bool
    criteria: tuple[Criterion, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class NotedDecision:
    """What somebody of the institution decided, and why; `by` is his account.

    `criteria` are the verdicts on each, from which `decision` is computed; none of a return, nor of a verdict that was
    given as one before there were six, whose `reason` is its own. `mend` is what a return asks for.
    `advice` is the engine's of that moment, `without_papers` the kinds of paper a verdict was given without, `unopened`
    those that he had not opened.
    `under_waiver`: only bkn's waiver for an office of one let him (domain.md, section 2); `invited`: whoever invited
    him had worked on the record. `withdrawn_at`: when he took it back.
    `drawn` for a second check, which is `second` once somebody has made it (docs/adr/0023).
    """

    at: int
    by: str
    decision: PersonState
    reason: str | None
    advice: Advice
    rule_version: str
    against_advice: bool = False
    without_papers: tuple[DocumentType, ...] = ()
    under_waiver: bool = False
    criteria: tuple[CriterionVerdict, ...] = ()
    unopened: tuple[DocumentType, ...] = ()
    invited: bool = False
    mend: tuple[Mend, ...] = ()
    withdrawn_at: int | None = None
    drawn: bool = False
    second: SecondCheck | None = None


@dataclass(frozen=True, slots=True)
class Deletion:
    """Who took the record off the roster, and why; `stated`: because its person said that he works there no more."""

    at: int
    by: str
    reason: str
    stated: bool = False


@dataclass(frozen=True, slots=True)
class ActivityAnswer:
    """What somebody of the institution answered to a person who said that he works there no more."""

    at: int
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportedFrom:
    """The row of an import he comes from, and the state it brought him into.

    `link` is the number of the link on the chain of `lane` that holds his first hash, `nonce` the secret in it
    (adapters/row_store.py).
    """

    import_id: str
    row: int
    state: PersonState
    lane: str
    link: int
    nonce: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A change since the verdict that stands: when the latest was, and what was decided upon."""

    at: int
    before: MarkedValue


@dataclass(frozen=True, slots=True)
class Private:
    """Everything of a person that is not shown to everybody; empty of one that was read without it.

    Attributes:
        row: the template's fields as registered.
        assessment: the engine's latest advice.
        origin: of an imported person.
        marks: what was changed since a verdict that stands, by the field's name or the appointment's id
            (people/standing_verdict.py); None before the first move.
        corrected: when the institution last corrected which of its fields, in milliseconds, by template key, or
            `riwayat` for appointments (corrections/correction.py); None before the first time.
        nomor_kk: as he gave it; hp and email stand with the account, which no deadline locks.
        typed: what he wrote otherwise at the identity check (enrolments/typed_otherwise.py); None without an account.
        active_at: when he said whether he still works there.
        education: as he corrected it, under the template's names.
        requests: what he asked to have put right, the oldest first.
        activity_answer: the institution's, where it holds that he does work there.
        reclaimed_at: when its owner took the account back from somebody else.
        voided: the criteria on which the last verdict stands no more, because their inputs changed or it was taken
            back; the others stand until somebody decides again (verification/standing.py).
    """

    progress: tuple[Progress, ...] = ()
    decisions: tuple[NotedDecision, ...] = ()
    row: PersonRow | None = None
    assessment: Assessment | None = None
    origin: ImportedFrom | None = None
    marks: Mapping[str, Mark] | None = None
    corrected: Mapping[str, int] | None = None
    nomor_kk: str | None = None
    typed: Mapping[str, str] | None = None
    active_at: int | None = None
    education: Mapping[str, str | None] | None = None
    deletion: Deletion | None = None
    requests: tuple[CorrectionRequest, ...] = ()
    activity_answer: ActivityAnswer | None = None
    reclaimed_at: int | None = None
    voided: frozenset[Criterion] = frozenset()
