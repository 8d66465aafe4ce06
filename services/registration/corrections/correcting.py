"""The one way in which a registered record is put right (domain.md, section 3, *Putting right*).

Form, accepted request and corrected workbook all come here: `correct` says what would become of the record and writes
nothing, `commit` writes it. What was changed voids the verdict of the criteria whose inputs changed, else it is marked
beside the verdict that stands; old and new go into the audit trail, and the person is told which fields, never more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, FieldProblem, Problem, invalid_problem
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.gate import ConditionLost
from services.registration.adapters import person_store
from services.registration.corrections.correctable import require_correctable
from services.registration.corrections.correction import Correction, names_of
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.model.dossier import Change, Dossier
from services.registration.model.person import History, Person
from services.registration.model.person_row import differences
from services.registration.model.person_states import VOIDED_UNDER, Action, Cause
from services.registration.people.entered_view import require_sound
from services.registration.people.standing_verdict import changed_criteria, settle
from services.registration.rows.check_row import check_row
from services.registration.rows.fields import EDUCATION
from services.registration.rows.new_person import with_row
from services.registration.rows.row_problems import RowCode, row_problem
from services.registration.shared.tell_person import tell_corrected

WINDOW_OF_CORRECTIONS: Final = VOIDED_UNDER[Cause.STAFF]

_OTHER_NIK = "NIK tidak dapat diubah di sini: pada NIK tergantung akun, berkas, dan nomor registrasi orang ini."


def correct(dossier: Dossier, changes: Mapping[str, Any], *, by: str, at: datetime) -> Correction:
    """Put `changes` over the registered row and say what becomes of record and verdict. Pure: no I/O.

    A record that was returned to nobody (no account) is registered again by it (domain.md, section 4); where nothing
    differs it stays as it is.

    Args:
        dossier: the record with its appointments and files, as just loaded.
        changes: template keys (rows/columns.py) with cells as typed or read from a file; None takes a value away.
            A NIK may be sent along, but only the one that stands.
        by: the member of staff, who then may not decide on the person (`Person.edited`).
        at: instant of receipt.

    Raises:
        Problem: `illegal-transition` for a draft, a disputed record with a verdict beneath, and one that is gone;
            `invalid-fields` with every field that is wrong, that a registered row cannot lack, or `nik-fixed`.
    """
    person = dossier.person
    require_correctable(person)
    row = {key: cell for key, cell in {**person.row, **changes}.items() if cell is not None}
    checked = check_row({"nik": person.row["nik"], **row})
    sound = require_sound(checked)
    if sound["nik"] != person.row["nik"]:
        raise invalid_problem("nik", "nik-fixed", _OTHER_NIK)
    if checked.missing:
        lacking = (row_problem(key, RowCode.REQUIRED) for key in checked.missing)
        raise Problem(Code.INVALID_FIELDS, fields=[FieldProblem(*problem) for problem in lacking])
    return _corrected(dossier, with_row(person, sound), dossier.histories, differences(person.row, sound), by, at)


def correct_appointments(
    dossier: Dossier, histories: Iterable[History], delta: Mapping[str, Any], *, by: str, at: datetime
) -> Correction:
    """As `correct`, where staff add, change or remove a further appointment.

    `histories` are all appointments as they are then, `delta` is `{id: [fields before, fields after]}`.

    Raises:
        Problem: `illegal-transition`, as `correct`.
    """
    require_correctable(dossier.person)
    return _corrected(dossier, dossier.person, tuple(histories), delta, by, at)


def commit(
    correction: Correction, *, action: str, reason: str | None, request: Request, extra: Sequence[Operation] = ()
) -> Person:
    """Write the correction through the gate, under `CORRECTION`; the person as stored, one version on.

    Args:
        correction: of `correct`, on the version its writer saw (`Person.require_version` is the caller's).
        action: the deed's name in the audit trail (trails/deed_words.py).
        reason: why, as it was typed or taken over from a request; it stands in the trail beside old and new.
        request: whose actor and instant of receipt; he was let in by `access/scope.load_to_work_on`.
        extra: further operations of the transaction, `request.once.remember(...)` among them.

    Raises:
        Problem: `conflict` where nothing differs, `window-closed`, `window-not-open`, `version-moved`, `try-again`.
    """
    if not correction.delta:
        raise Problem(Code.CONFLICT, "Tidak ada isian yang berbeda dari yang tersimpan, jadi tidak ada yang diubah.")
    change = Change(
        correction.before,
        correction.after,
        action,
        {**correction.delta, **({"reason": reason} if reason else {})},
        [*extra, *tell_corrected(correction.before, correction.fields, request.received)],
    )
    try:
        return person_store.commit(
            change,
            round_=gate.read_round(correction.before.institution),
            window=WINDOW_OF_CORRECTIONS,
            received=request.received,
            actor=request.actor.id,
        )
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost


def _corrected(
    dossier: Dossier, changed: Person, histories: Sequence[History], delta: Mapping[str, Any], by: str, at: datetime
) -> Correction:
    stored = dossier.person
    if not delta:
        return Correction(stored, stored, delta, frozenset())
    before = assess_dossier(stored, dossier.histories, dossier.files)
    edited = _listed_again(_noted(changed, delta, at).edited(by), at)
    after = assess_dossier(edited, histories, dossier.files)
    voided = changed_criteria(before, after) if stored.is_decided else frozenset()
    return Correction(stored, settle(before, after, _to_mark(stored, delta), at, counts=True), delta, voided)


def _listed_again(person: Person, at: datetime) -> Person:
    returned_to_nobody = person.state is PersonState.DIKEMBALIKAN and not person.has_account
    return person.moved(Action.CORRECT, at) if returned_to_nobody else person


def _noted(person: Person, delta: Mapping[str, Any], at: datetime) -> Person:
    """The record with the names of what was corrected, and when last: what its owner is shown."""
    corrected = {**(person.private.corrected or {}), **dict.fromkeys(names_of(delta), clock.millis(at))}
    return replace(person, private=replace(person.private, corrected=corrected))


def _to_mark(person: Person, delta: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a verdict is marked with: not education beneath what the person wrote of it himself, which is shown."""
    hidden = EDUCATION if person.private.education else ()
    return {name: pair for name, pair in delta.items() if name not in hidden}
