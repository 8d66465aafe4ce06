"""Keep what documents says of a person's files; a file that changes after a verdict voids it (domain.md, section 4).

Facts come in any order and more than once. Of one kind (and history row) the accepted file with the highest number
counts, the accepted ones before it are DIGANTI, whichever was heard of first.

A file received in time counts even if it is inspected after the deadline, so keeping it is not gated; a verdict moves
only through the gate. Both happen in one transaction while CORRECTION is open at the instant of the fact; when it has
closed the file is kept and the verdict stands, because nothing moves after the deadline.

What was uploaded under an enrolment counts for the record once that enrolment has made the account. Until then, and
for ever if another one did, it is kept aside: it replaces no file of the record and voids nothing. It does not matter
that documents hears of the account some seconds late, and takes files in under an ended enrolment meanwhile.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from services.kernel import gate, ungated
from services.kernel.aws.dynamodb import Operation
from services.kernel.documents import FileState, parse_file_id
from services.kernel.facts import FileAccepted, FileRejected
from services.kernel.gate import ConditionLost
from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.registration.adapters import file_store, person_store
from services.registration.adapters.person_store import Change, Dossier
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.people.record import KnownFile
from services.registration.people.states import WINDOW, Action

_DECIDED: Final = frozenset({PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT})
_TOO_LATE: Final = frozenset({Code.WINDOW_CLOSED, Code.WINDOW_NOT_OPEN})


def keep_file(fact: FileAccepted | FileRejected, at: datetime) -> None:
    """Store the file's state, mark what it replaces, and void a verdict it came after.

    `at` is the instant the fact was put on the bus.

    Raises:
        Problem: `try-again` when others keep writing the same person; the fact comes again.
    """
    if parse_file_id(fact.file).institution is not None:
        return
    for _ in range(ungated.TRIES):
        dossier = person_store.load_dossier(fact.subject)
        rivals = dossier.files if dossier.person.holds(fact.enrolment) else dossier.under(fact.enrolment)
        changed = _changed(fact, rivals)
        if not changed or _store(fact, dossier, changed, at):
            return
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _changed(fact: FileAccepted | FileRejected, known: Sequence[KnownFile]) -> list[KnownFile]:
    """The file as it is now and those it replaces; nothing for a fact that came late or twice."""
    before = next((file for file in known if file.id == fact.file), None)
    if before is not None and before.v >= fact.v:
        return []
    file = _known(fact)
    if not isinstance(fact, FileAccepted):
        return [file]
    others = [other for other in known if other.id != file.id and _same_place(other, file) and _counts(other)]
    if any(_number(other) > _number(file) for other in others):
        return [replace(file, state=FileState.DIGANTI.value)]
    return [file, *(replace(other, state=FileState.DIGANTI.value) for other in others)]


def _store(fact: FileAccepted | FileRejected, dossier: Dossier, changed: Sequence[KnownFile], at: datetime) -> bool:
    """Store the files, with the verdict they void if there is one; False when somebody was faster."""
    person = dossier.person
    operations = [file_store.put(person.pid, file) for file in changed]
    of_record = person.holds(fact.enrolment)
    if of_record and isinstance(fact, FileAccepted) and _counts(changed[0]) and person.state in _DECIDED:
        try:
            return _void(fact, dossier, changed, operations, at)
        except Problem as problem:
            if problem.code not in _TOO_LATE:
                raise
    return ungated.commit(operations)


def _void(
    fact: FileAccepted, dossier: Dossier, changed: Sequence[KnownFile], operations: Sequence[Operation], at: datetime
) -> bool:
    person = dossier.person
    files = {file.id: file for file in (*dossier.files, *changed)}
    after = assess_dossier(person.moved(Action.VOID_VERDICT, at), dossier.histories, list(files.values()))
    change = Change(person, after, Action.VOID_VERDICT.value, {"file": fact.file}, operations)
    round_ = gate.read_round(person.institution)
    try:
        person_store.commit(
            change, round_=round_, window=WINDOW[Action.VOID_VERDICT], received=at, actor=fact.uploaded_by
        )
    except ConditionLost:
        return False
    except Problem as problem:
        if problem.code is not Code.VERSION_MOVED:
            raise
        return False
    return True


def _known(fact: FileAccepted | FileRejected) -> KnownFile:
    accepted = isinstance(fact, FileAccepted)
    return KnownFile(
        id=fact.file,
        jenis=fact.jenis.value,
        riwayat=fact.riwayat,
        state=(FileState.DITERIMA if accepted else FileState.DITOLAK).value,
        code=fact.code if isinstance(fact, FileRejected) else None,
        message=fact.message if isinstance(fact, FileRejected) else None,
        key=fact.key if isinstance(fact, FileAccepted) else None,
        v=fact.v,
        enrolment=fact.enrolment,
    )


def _same_place(one: KnownFile, other: KnownFile) -> bool:
    return (one.jenis, one.riwayat) == (other.jenis, other.riwayat)


def _counts(file: KnownFile) -> bool:
    return file.state == FileState.DITERIMA.value


def _number(file: KnownFile) -> int:
    return parse_file_id(file.id).n
