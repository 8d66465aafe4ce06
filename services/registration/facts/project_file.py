"""Keep what documents says of a person's files; one that staff uploads after a verdict may void it (domain.md §4).

Facts come in any order and more than once. Of one kind (and history row) the accepted file with the highest number
counts, the accepted ones before it are DIGANTI, whichever was heard of first.

A file received in time counts even if it is inspected after the deadline, so keeping it is not gated; a verdict moves
only through the gate. Both happen in one transaction while the window of the deed is open at the instant of the fact;
when it has closed the file is kept and the verdict stands, because nothing moves after the deadline.

A file that voids no verdict is kept beside it: what the verdict rests on is not replaced, and the file is told apart by
when it was kept (shared/papers.py).

What was uploaded under an enrolment counts for the record once that enrolment has made the account. Until then, and
for ever if another one did, it is kept aside: it replaces no file of the record and voids nothing. It does not matter
that documents hears of the account some seconds late, and takes files in under an ended enrolment meanwhile.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.documents import FileState, parse_file_id
from services.kernel.events.facts import FileAccepted, FileRejected
from services.kernel.problems import Code, Problem
from services.kernel.writes import gate, ungated
from services.kernel.writes.calendar import OUT_OF_TIME
from services.kernel.writes.gate import ConditionLost
from services.registration.access.own_view import deeds_count
from services.registration.adapters import file_store, person_store
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.model.dossier import Change, Dossier
from services.registration.model.person import KnownFile, Person
from services.registration.model.person_states import VOIDED_UNDER, Action, Cause
from services.registration.shared.papers import FEEDS


def project_file(fact: FileAccepted | FileRejected, at: datetime) -> None:
    """Store the file's state, mark what it replaces, and void a verdict it came after, if it may.

    `at` is the instant the fact was put on the bus.

    Raises:
        Problem: `try-again` when others keep writing the same person; the fact comes again.
    """
    if parse_file_id(fact.file).institution is not None:
        return
    for _ in range(ungated.MAX_TRIES):
        if keep_file(fact, _standing(fact.subject), at):
            return
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def keep_file(fact: FileAccepted | FileRejected, dossier: Dossier, at: datetime) -> bool:
    """Store it with this person as he was read; False when somebody was faster.

    So it is too when he was moved to his right NIK meanwhile: what was known of his files may have been copied before.
    """
    rivals = dossier.files if dossier.person.holds(fact.enrolment) else dossier.under(fact.enrolment)
    file = _news(fact, rivals, dossier.person.pid)
    done = file is None or _store(fact, dossier, rivals, file, at)
    return done and not person_store.is_left(dossier.person.pid)


def _standing(pid: str) -> Dossier:
    """Whose file it is today, where his NIK was corrected."""
    dossier = person_store.load_dossier(pid)
    while dossier.person.successor is not None:
        dossier = person_store.load_dossier(dossier.person.successor)
    return dossier


def _news(fact: FileAccepted | FileRejected, known: Sequence[KnownFile], pid: str) -> KnownFile | None:
    """The file as it is now; nothing for a fact that came late or twice."""
    before = next((file for file in known if file.id == fact.file), None)
    if before is not None and before.v >= fact.v:
        return None
    file = replace(_known(fact), inherited=fact.subject != pid)
    overtaken = any(other.order > file.order for other in _rivals(file, known))
    return replace(file, state=FileState.DIGANTI.value) if _counts(file) and overtaken else file


def _store(
    fact: FileAccepted | FileRejected, dossier: Dossier, rivals: Sequence[KnownFile], file: KnownFile, at: datetime
) -> bool:
    """Store the file with what it replaces, and the verdict it voids, if any; False when somebody was faster."""
    person, kept = dossier.person, file_store.put(dossier.person.pid, file)
    if not isinstance(fact, FileAccepted) or not _counts(file):
        return ungated.commit([kept])
    replaced = [file_store.put(person.pid, other) for other in _replaced(file, rivals)]
    if not person.holds(fact.enrolment):
        return ungated.commit([kept, *replaced])
    cause = _cause_of_void(fact, person)
    if cause is not None and person.is_decided:
        try:
            return _void(fact, dossier, file, [kept, *replaced], cause, at)
        except Problem as problem:
            if problem.code not in OUT_OF_TIME:
                raise
    beside = [] if person.is_decided else replaced
    still = [person_store.unmoved(person)] if cause is not None else []  # a verdict given just now is not overlooked
    return ungated.commit([*still, kept, *beside])


def _cause_of_void(fact: FileAccepted, person: Person) -> Cause | None:
    """By whose deed the file voids a verdict; None where it feeds no criterion, or he has no say in it."""
    if fact.jenis not in FEEDS:
        return None
    if not fact.by_the_person:
        return Cause.STAFF
    return Cause.PERSON if deeds_count(person) else None


def _void(
    fact: FileAccepted,
    dossier: Dossier,
    file: KnownFile,
    operations: Sequence[Operation],
    cause: Cause,
    at: datetime,
) -> bool:
    person = dossier.person
    files = {one.id: one for one in (*dossier.files, *_replaced(file, dossier.files), file)}
    voided = person.voided(FEEDS[fact.jenis], at)
    after = assess_dossier(voided, dossier.histories, list(files.values()))
    change = Change(person, after, Action.VOID_VERDICT.value, {"file": fact.file}, operations)
    round_ = gate.read_round(person.institution)
    try:
        person_store.commit(change, round_=round_, window=VOIDED_UNDER[cause], received=at, actor=fact.uploaded_by)
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
        kept_at=clock.millis(clock.now()),
        own=isinstance(fact, FileAccepted) and fact.by_the_person,
        sha256=fact.sha256 if isinstance(fact, FileAccepted) else None,
        by=fact.uploaded_by if isinstance(fact, FileAccepted) and not fact.by_the_person else None,
    )


def _rivals(file: KnownFile, known: Sequence[KnownFile]) -> list[KnownFile]:
    """The other files in its place that count."""
    place = (file.jenis, file.riwayat)
    return [
        other for other in known if other.id != file.id and (other.jenis, other.riwayat) == place and _counts(other)
    ]


def _replaced(file: KnownFile, known: Sequence[KnownFile]) -> list[KnownFile]:
    return [replace(other, state=FileState.DIGANTI.value) for other in _rivals(file, known)]


def _counts(file: KnownFile) -> bool:
    return file.state == FileState.DITERIMA.value
