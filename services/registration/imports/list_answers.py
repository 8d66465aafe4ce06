"""The answers on an import's rows, page by page, in the order of the file; rows not answered yet are left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from pydantic import BaseModel

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import NATIONAL, Actor
from services.kernel.web.languages import Sentence
from services.registration.adapters import access_log, answer_store
from services.registration.imports.import_view import load_visible
from services.registration.model.import_job import Job, Outcome
from services.registration.rows.answer import Answer
from services.registration.rows.row_problems import RowProblem


class RowNote(BaseModel):
    """Something to fix or to look at in one cell; `column` is empty when it is about the row."""

    column: str
    code: str
    message: Sentence


class CellChange(BaseModel):
    """One field of a corrected row, before and after; None for a blank one."""

    column: str
    before: str | int | None
    after: str | int | None


class AnswerView(BaseModel):
    """The answer on one row of the file. `missing` names the columns a draft still lacks, `id` the stored record.

    `criteria` are the rules that did not pass when the row was stored: `column` is the rule, `code` its verdict.
    `changes` are what was corrected in the record or, where the row is held, would be.
    """

    row: int
    outcome: Outcome
    nama: str
    nomor_registrasi: str | None
    overall: str | None
    problems: list[RowNote]
    warnings: list[RowNote]
    missing: list[str]
    id: str | None
    criteria: list[RowNote]
    changes: list[CellChange]


class AnswerPage(BaseModel):
    """Some answers, and the cursor that asks for more."""

    items: list[AnswerView]
    cursor: str | None


@dataclass(frozen=True)
class AnswerQuery:
    """Which answers, and where to go on."""

    outcome: Outcome | None = None
    cursor: str | None = None
    limit: int = 50


def list_answers(
    import_id: str, query: AnswerQuery, *, institution: str, actor: Actor, received: datetime
) -> AnswerPage:
    """One page of answers; which rows somebody of BKN or an auditor is shown is written down first.

    Raises:
        Problem: `not-found`, `malformed` for a cursor of no use, or `try-again` when the reading could not be
            written down.
    """
    job = load_visible(import_id, institution, actor)
    found = list(islice(_matching(job, query), query.limit + 1))
    more = len(found) > query.limit
    if actor.role in NATIONAL and found:
        rows = {"import": job.id, "rows": [answer.row for _, answer in found[: query.limit]]}
        access_log.record_reading(institution, actor, "read-answers", received, rows)
    return AnswerPage(
        items=[_view(answer) for _, answer in found[: query.limit]],
        cursor=found[query.limit][0] if more else None,
    )


def _matching(job: Job, query: AnswerQuery) -> Iterator[tuple[str, Answer]]:
    """Answers with the cursor each one stands at: chunk and place in it."""
    first, offset = _position(query.cursor)
    for chunk, answers in answer_store.load(job, first):
        for place, answer in enumerate(answers):
            if (chunk, place) >= (first, offset) and query.outcome in {None, answer.outcome}:
                yield f"{chunk}.{place}", answer


def _position(cursor: str | None) -> tuple[int, int]:
    chunk, _, place = (cursor or "0.0").partition(".")
    if not (chunk.isdecimal() and place.isdecimal() and len(chunk) <= 5 and len(place) <= 5):
        raise Problem(Code.MALFORMED)
    return int(chunk), int(place)


def _view(answer: Answer) -> AnswerView:
    return AnswerView(
        row=answer.row,
        outcome=answer.outcome,
        nama=answer.nama,
        nomor_registrasi=answer.registration_number or None,
        overall=answer.overall or None,
        problems=[_note(problem) for problem in answer.problems],
        warnings=[_note(warning) for warning in answer.warnings],
        missing=list(answer.missing),
        id=answer.pid or None,
        criteria=[_note(criterion) for criterion in answer.criteria],
        changes=[
            CellChange(column=name, before=before, after=after) for name, (before, after) in answer.changes.items()
        ],
    )


def _note(problem: RowProblem) -> RowNote:
    return RowNote(column=problem.column, code=problem.code, message=problem.message)
