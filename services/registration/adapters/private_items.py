"""The private half of a person as it is stored: JSON values, encrypted with his public fields' item."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast

from services.kernel.documents import DocumentType
from services.kernel.states import PersonState
from services.registration.eligibility.advice import Advice, Assessment, Criterion
from services.registration.model.correction_request import CorrectionRequest
from services.registration.model.person_row import PersonRow
from services.registration.model.private import (
    ActivityAnswer,
    Deletion,
    ImportedFrom,
    Mark,
    NotedDecision,
    Private,
    Progress,
    SecondCheck,
)
from services.registration.model.verdict import CriterionVerdict, Mend

_ALWAYS = ("at", "by", "decision", "reason", "advice", "rule_version", "against_advice", "without_papers")


def to_private_item(private: Private) -> dict[str, Any]:
    """What is encrypted, JSON values; what is not there has no key.

    Shape: `{progress: [{state, at}], decisions: [{at, by, decision, reason, advice, rule_version, against_advice,
    without_papers, criteria: [{criterion, verdict, reason_code, text}], unopened, invited, under_waiver, mend,
    withdrawn_at, drawn, second: {at, by, agrees, criteria, reason}}], row, assessment: {overall, rule_version,
    criteria: [{criterion, advice, article, sentence, inputs}]}, origin: {import, row, state, lane, link, nonce},
    marks: {field: {at, before}}, corrected: {field: at}, contact: {nomor_kk}, typed: {nama, tempat_lahir}, active_at,
    education, deletion: {at, by, reason, stated}, requests: [{id, state, asked_at, due_at, bkn_at, reason, fields:
    [{name, before, wanted, accepted, reason}], evidence, decided_at, decided_by, appeal}], activity_answer: {at, by,
    reason}, reclaimed_at, voided}`.
    """
    parts = {
        "progress": [asdict(each) for each in private.progress],
        "decisions": [_decision_item(each) for each in private.decisions],
        "row": private.row,
        "assessment": private.assessment and private.assessment.to_item(),
        "origin": private.origin and _origin_item(private.origin),
        "marks": _marks_item(private.marks),
        "corrected": private.corrected,
        "contact": private.nomor_kk and {"nomor_kk": private.nomor_kk},
        "typed": private.typed,
        "active_at": private.active_at,
        "education": private.education,
        "deletion": private.deletion and _deletion_item(private.deletion),
        "requests": [each.stored() for each in private.requests] or None,
        "activity_answer": private.activity_answer and asdict(private.activity_answer),
        "reclaimed_at": private.reclaimed_at,
        "voided": sorted(private.voided) or None,
    }
    return {name: part for name, part in parts.items() if part is not None}


def to_private(item: Mapping[str, Any]) -> Private:
    """The private half in what was decrypted."""
    return Private(
        progress=tuple(Progress(PersonState(each["state"]), each["at"]) for each in item["progress"]),
        decisions=tuple(map(_decision, item["decisions"])),
        row=cast("PersonRow", item["row"]),
        assessment=Assessment.from_item(item["assessment"]),
        origin=_origin(item["origin"]) if "origin" in item else None,
        marks={field: Mark(**mark) for field, mark in item["marks"].items()} if "marks" in item else None,
        corrected=item.get("corrected"),
        nomor_kk=item["contact"]["nomor_kk"] if "contact" in item else None,
        typed=item.get("typed"),
        active_at=item.get("active_at"),
        education=item.get("education"),
        deletion=Deletion(**item["deletion"]) if "deletion" in item else None,
        requests=tuple(map(CorrectionRequest.of, item.get("requests", ()))),
        activity_answer=ActivityAnswer(**item["activity_answer"]) if "activity_answer" in item else None,
        reclaimed_at=item.get("reclaimed_at"),
        voided=frozenset(map(Criterion, item.get("voided", ()))),
    )


def _deletion_item(deletion: Deletion) -> dict[str, Any]:
    """Only one upon somebody's own word says so: those before there were such stay as they are."""
    item = asdict(deletion)
    return item if deletion.stated else {name: part for name, part in item.items() if name != "stated"}


def _decision_item(decision: NotedDecision) -> dict[str, Any]:
    """What is not so of a decision has no key: those that were stored before it could be so stay as they are."""
    always = {name: getattr(decision, name) for name in _ALWAYS}
    later = {
        "under_waiver": decision.under_waiver,
        "criteria": [each.to_item() for each in decision.criteria],
        "unopened": decision.unopened,
        "invited": decision.invited,
        "mend": decision.mend,
        "withdrawn_at": decision.withdrawn_at,
        "drawn": decision.drawn,
        "second": decision.second and asdict(decision.second),
    }
    return {**always, **{name: part for name, part in later.items() if part}}


def _decision(item: Mapping[str, Any]) -> NotedDecision:
    return NotedDecision(
        at=item["at"],
        by=item["by"],
        decision=PersonState(item["decision"]),
        reason=item["reason"],
        advice=Advice(item["advice"]),
        rule_version=item["rule_version"],
        against_advice=item["against_advice"],
        without_papers=tuple(map(DocumentType, item["without_papers"])),
        under_waiver=item.get("under_waiver", False),
        criteria=tuple(map(CriterionVerdict.from_item, item.get("criteria", ()))),
        unopened=tuple(map(DocumentType, item.get("unopened", ()))),
        invited=item.get("invited", False),
        mend=tuple(map(Mend, item.get("mend", ()))),
        withdrawn_at=item.get("withdrawn_at"),
        drawn=item.get("drawn", False),
        second=_second_check(item["second"]) if "second" in item else None,
    )


def _second_check(item: Mapping[str, Any]) -> SecondCheck:
    return SecondCheck(**{**item, "criteria": tuple(map(Criterion, item["criteria"]))})


def _origin_item(origin: ImportedFrom) -> dict[str, Any]:
    return {
        "import": origin.import_id,
        "row": origin.row,
        "state": origin.state,
        "lane": origin.lane,
        "link": origin.link,
        "nonce": origin.nonce,
    }


def _origin(item: Mapping[str, Any]) -> ImportedFrom:
    return ImportedFrom(
        import_id=item["import"],
        row=item["row"],
        state=PersonState(item["state"]),
        lane=item["lane"],
        link=item["link"],
        nonce=item["nonce"],
    )


def _marks_item(marks: Mapping[str, Mark] | None) -> dict[str, Any] | None:
    return None if marks is None else {field: asdict(mark) for field, mark in marks.items()}
