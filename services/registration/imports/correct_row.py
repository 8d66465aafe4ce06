"""A row whose person is registered in this institution already: he is corrected by it (domain.md, section 3).

It goes the one way of every correction (corrections/correcting.py); a draft is completed as the form completes it. A
blank cell leaves what stands: a file seldom says everything, and what it does not say must take nothing away.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import BaseModel

from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.kernel.values.alike import Alikeness, compare_names
from services.kernel.values.units import is_among
from services.kernel.web.request import Request
from services.kernel.writes.calendar import OUT_OF_TIME
from services.registration.adapters import person_store
from services.registration.corrections.correcting import commit, correct
from services.registration.imports.as_importer import request_of
from services.registration.imports.checked_batch import FileRow
from services.registration.imports.row_answer import HELD, VERDICT_VOID, refused, standing_answer
from services.registration.model.import_job import Job, Outcome
from services.registration.model.person import Person
from services.registration.model.person_row import differences
from services.registration.model.person_states import Action
from services.registration.people.complete_draft import commit_draft, completed
from services.registration.rows.answer import Answer
from services.registration.rows.columns import headings
from services.registration.rows.row_problems import RowProblem

_MAX_TRIES: Final = 4
_DELETED: Final = "NIK ini pernah terdaftar di instansi Anda lalu dihapus. Minta admin memulihkannya."
_MOVED: Final = "Orang ini sudah pindah ke instansi lain, jadi datanya tidak diperbaiki di sini."
_OTHER_UNIT: Final = (
    "NIK ini sudah terdaftar di instansi Anda pada unit lain, di luar wewenang Anda. Serahkan perbaikannya kepada "
    "operator unit tersebut atau admin."
)
_CORRECTED: Final = RowProblem(
    "nik",
    "nik-corrected",
    "NIK ini salah untuk orang ini dan sudah diperbaiki: ia terdaftar dengan NIK yang benar. Perbaiki berkas Anda.",
)
_ANOTHER: Final = RowProblem(
    "nik",
    "another-person",
    "NIK ini di instansi Anda terdaftar dengan nama dan tanggal lahir lain, jadi baris ini tampaknya tentang orang "
    "lain. Periksa NIK-nya. Bila nama dan tanggal lahir yang terdaftar memang salah, perbaiki dengan tombol Perbaiki "
    "data.",
)
_BEFORE: Final = "Sudah diperbaiki oleh impor ini: {columns}. Isi lama dan barunya tercatat pada riwayat orang ini."
_GONE: Final = {
    PersonState.DIHAPUS: RowProblem("nik", "deleted", _DELETED),
    PersonState.PINDAH: RowProblem("nik", "moved", _MOVED),
}


class Written(BaseModel):
    """What is remembered of a corrected row: the names of what changed, and whether a verdict is void by it."""

    fields: list[str]
    voided: bool = False


def correct_row(row: FileRow, person: Person, job: Job, *, may_void: bool) -> Answer:
    """Correct a person by a sound row and say what changed; a row that would void a verdict is held unless it may.

    Args:
        row: sound, of a unit of the importer's, and not his own.
        person: who is registered with its NIK, as just read.
        job: whose, and under which instant of receipt.
        may_void: whether a standing verdict may be voided by it.

    Raises:
        Problem: `try-again` when others are faster time and again, or the lanes are too busy.
    """
    if person.successor is not None:
        return refused(row, Outcome.DUPLIKAT, _CORRECTED)
    if person.state in _GONE:
        return refused(row, Outcome.DUPLIKAT, _GONE[person.state])
    if job.units and not is_among(person.unit_kerja, job.units):
        return refused(row, Outcome.DUPLIKAT, RowProblem("nik", "already-registered", _OTHER_UNIT))
    request = request_of(job, row.number)
    for _ in range(_MAX_TRIES):
        try:
            return _correct(row, person, job, request, may_void=may_void)
        except Problem as problem:
            if problem.code is not Code.VERSION_MOVED:
                return _explained(row, problem)
            person = person_store.load(person.pid)
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _correct(row: FileRow, person: Person, job: Job, request: Request, *, may_void: bool) -> Answer:
    written = request.once.answered(Written) if person.v > 1 else None
    if written is not None:
        return _corrected_before(row, person, written)
    changes = _changes(row, person)
    if not changes:
        return standing_answer(row, Outcome.SAMA, person)
    if _is_another({**person.row, **changes}, person):
        return refused(row, Outcome.DITOLAK, _ANOTHER)
    if person.state is PersonState.DRAF:
        return _complete(row, person, changes, request)
    return _register_anew(row, person, changes, job, request, may_void=may_void)


def _changes(row: FileRow, person: Person) -> dict[str, Any]:
    """The cells that say something else than stands; a blank one says nothing."""
    given = dict(row.checked.row or {})
    return {name: given[name] for name in differences(person.row, given) if name in given}


def _is_another(given: Mapping[str, Any], person: Person) -> bool:
    """Whether neither name nor birth date is his: a NIK that was mistyped must not put somebody in another's place."""
    same_day = given.get("tanggal_lahir") == person.row.get("tanggal_lahir")
    return not same_day and compare_names(given["nama"], person.row["nama"]) is Alikeness.DIFFERENT


def _complete(row: FileRow, draft: Person, changes: dict[str, Any], request: Request) -> Answer:
    after = completed(draft, changes, by=request.actor.id, at=request.received)
    remembered = request.once.remember(Written(fields=[*changes]))
    stored = commit_draft(draft, after, request, remembered)
    return standing_answer(row, Outcome.DIPERBAIKI, stored, differences(draft.row, stored.row))


def _register_anew(
    row: FileRow, person: Person, changes: dict[str, Any], job: Job, request: Request, *, may_void: bool
) -> Answer:
    dossier = person_store.load_dossier(person.pid)
    if dossier.person.v != person.v:
        raise Problem(Code.VERSION_MOVED)
    correction = correct(dossier, changes, by=request.actor.id, at=request.received)
    if not correction.delta:
        return standing_answer(row, Outcome.SAMA, person)
    voided = bool(correction.voided)
    if voided and not may_void:
        return standing_answer(row, Outcome.DITAHAN, person, correction.delta, HELD)
    stored = commit(
        correction,
        action=Action.CORRECT.value,
        reason=f"Impor ulang {job.filename}, baris {row.number}",
        request=request,
        extra=request.once.remember(Written(fields=[*correction.delta], voided=voided)),
    )
    return standing_answer(row, Outcome.DIPERBAIKI, stored, correction.delta, *([VERDICT_VOID] if voided else []))


def _corrected_before(row: FileRow, person: Person, written: Written) -> Answer:
    """The message came twice: the names are remembered, what stood there is in the person's history."""
    before = RowProblem("", "corrected-before", _BEFORE.format(columns=headings(written.fields)))
    notes = [before, VERDICT_VOID] if written.voided else [before]
    return standing_answer(row, Outcome.DIPERBAIKI, person, None, *notes)


def _explained(row: FileRow, problem: Problem) -> Answer:
    """The answer on a row that cannot be stored as it is.

    Raises:
        Problem: what is no fault of the row.
    """
    detail = RowProblem("", problem.code.value, problem.detail or "")
    if problem.code in OUT_OF_TIME:
        return refused(row, Outcome.DITUTUP, detail)
    if problem.code is Code.ILLEGAL_TRANSITION:
        return refused(row, Outcome.DITOLAK, detail._replace(column="nik"))
    if problem.code is Code.INVALID_FIELDS:
        wrong = [RowProblem(field.field, field.code, field.message) for field in problem.fields]
        return replace(refused(row, Outcome.DITOLAK, detail), problems=wrong)
    raise problem
