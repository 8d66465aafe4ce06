"""Wishes and answers that several routes share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from services.kernel import clock
from services.kernel.states import PersonState
from services.kernel.values.texts import clean_text
from services.kernel.web.languages import Sentence
from services.registration.model.person import HONOR, Person
from services.registration.model.private import Mark
from services.registration.rows.columns import BY_KEY

Reason = Annotated[str, Field(max_length=1000), AfterValidator(clean_text)]
"""Why somebody wants what he asks for, as he types it."""


class OnVersion(BaseModel):
    """A wish that needs no more than the version of the record it was made on."""

    v: int


class WithReason(OnVersion):
    """A wish that needs a reason."""

    reason: Reason


class Versioned(BaseModel):
    """A change was stored; `v` is the record's version now."""

    v: int


class Moved(Versioned):
    """A change moved the record to another state."""

    state: PersonState


class CriterionView(BaseModel):
    """One rule's verdict, with the article it cites and the inputs it used."""

    criterion: str
    advice: str
    article: Sentence
    sentence: Sentence
    inputs: dict[str, Any] = {}


class AdviceView(BaseModel):
    """What the eligibility engine advises, under which version of the rules; the whole is the worst of all."""

    overall: str
    rule_version: str
    criteria: list[CriterionView]


class Missing(BaseModel):
    """Something a submission cannot do without: a field, a kind of file, or `active`; a file's of an appointment."""

    code: str
    text: Sentence
    riwayat: str | None = None


class ChangeView(BaseModel):
    """Something changed since the verdict that stands: a field's name, `active`, or `riwayat` for an appointment.

    `before` is what was decided upon, under the template's names; empty where there was nothing, and of honor, which
    not everybody may see who sees that it changed.
    """

    field: str
    at: datetime
    before: dict[str, Any]


def view_changes(person: Person) -> list[ChangeView]:
    """What was changed since the verdict that stands, the latest last."""
    marks = sorted(person.marks.items(), key=lambda mark: (mark[1].at, mark[0]))
    return [_change(field, mark) for field, mark in marks] if person.is_decided else []


def _change(field: str, mark: Mark) -> ChangeView:
    at = clock.from_millis(mark.at).astimezone(clock.WIB)
    if isinstance(mark.before, Mapping):
        return ChangeView(field="riwayat", at=at, before=dict(mark.before))
    shown = field if field in BY_KEY or field == "active" else "riwayat"
    hidden = mark.before is None or field == HONOR
    return ChangeView(field=shown, at=at, before={} if hidden else {field: mark.before})


class CorrectedFieldView(BaseModel):
    """A field that the institution corrected, `riwayat` for appointments, and when last."""

    field: str
    at: datetime


def view_corrected(person: Person) -> list[CorrectedFieldView]:
    """What the institution corrected since it registered him, the latest first."""
    latest = sorted((person.private.corrected or {}).items(), key=lambda one: (-one[1], one[0]))
    return [CorrectedFieldView(field=field, at=clock.from_millis(at).astimezone(clock.WIB)) for field, at in latest]


def view_advice(person: Person) -> AdviceView | None:
    """The engine's latest advice on a person."""
    assessment = person.private.assessment
    return None if assessment is None else AdviceView.model_validate(assessment.to_item())
