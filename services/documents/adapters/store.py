"""Loading subjects and files from the doc table, and the operations that change them."""

from datetime import datetime

from services.documents.adapters import items
from services.documents.model.file import File, Subject
from services.documents.settings import settings
from services.kernel import clock
from services.kernel.audit import chain as audit
from services.kernel.audit.chain import Event, Link
from services.kernel.audit.log import AuditLog, Standing
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, KeyPart, Operation
from services.kernel.documents import DocumentType, FileId, parse_file_id
from services.kernel.events.facts import PersonListed, PersonMoved


def load_subject(subject: str) -> Subject | None:
    """A person or institution with its audit head, or None when nothing is known of it here."""
    item = dynamodb.get(settings().table, items.subject_key(subject))
    return None if item is None else items.to_subject(item)


def load_file(file: FileId) -> File | None:
    """One file, or None."""
    item = dynamodb.get(settings().table, items.file_key(file))
    return None if item is None else items.to_file(item)


def files_of(subject: str, jenis: DocumentType | None = None) -> list[File]:
    """A subject's files, the oldest of each kind first."""
    kinds = f"D#{jenis}#" if jenis else "D#"
    when = KeyPart("pk").eq(f"P#{subject}") & KeyPart("sk").begins_with(kinds)
    return [items.to_file(item) for item in dynamodb.query_all(settings().table, when)]


def line_of(subject: Subject) -> list[Subject]:
    """Whose files are this person's: those he was before his NIK was corrected, the first one first, and he himself."""
    line = [subject]
    while (before := line[0].came_from) is not None:
        known = load_subject(before)
        if known is None:
            break
        line.insert(0, known)
    return line


def owner_of(subject: Subject) -> Subject:
    """Who stands for this subject today: where a NIK was corrected, who goes on under the right one."""
    owner = subject
    while owner.went_to is not None:
        following = load_subject(owner.went_to)
        if following is None:
            break
        owner = following
    return owner


def find_incoming(name: str) -> File | None:
    """The file an object in quarantine was promised to be."""
    item = dynamodb.get(settings().table, items.incoming_key(name))
    return None if item is None else load_file(parse_file_id(item["file"]))


def chain(subject: Subject, event: Event, **changed: object) -> tuple[Operation, Link]:
    """Move the subject's head by one audit link, on condition that nobody else moved it meanwhile.

    Returns the operation on the head, which also sets `changed` (its attributes), and the link: both of the operations
    go into one transaction. The salt is the subject's own, made with its first link.
    """
    return log_of(subject).add(event, Standing(subject.v, subject.head, subject.salt), **changed)


def log_of(subject: Subject) -> AuditLog:
    """The subject's audit chain; its head is the subject's own item."""
    key, beside = items.subject_key(subject.id), items.chain_values(subject)
    return AuditLog(audit.person_chain(subject.id), key, subject.institution, beside=beside)


def last_of(file: File) -> dict[str, int]:
    """The head's count of files of this kind once this one is promised, for `chain`."""
    return items.last_values(file.id)


def new_file(file: File) -> list[Operation]:
    """Put a file for the first time, with the way to find it by its object."""
    found = {**items.incoming_key(file.incoming), "file": str(file.id)}
    unseen = Attr("pk").not_exists()
    return [dynamodb.put(settings().table, item, when=unseen) for item in (items.to_item(file), found)]


def changed_file(file: File) -> Operation:
    """Put a file whose `v` was raised by one, on condition that nobody else changed it meanwhile."""
    return dynamodb.put(settings().table, items.to_item(file), when=Attr("v").eq(file.v - 1))


def moved(fact: PersonMoved) -> list[Operation]:
    """Note at both ids that one follows the other; again does no harm."""
    both = {fact.pid: {"from": fact.before}, fact.before: {"to": fact.pid}}
    return [
        dynamodb.update(
            settings().table, items.subject_key(pid), values={"institution": fact.institution, **values}, label=pid
        )
        for pid, values in both.items()
    ]


def listed(fact: PersonListed) -> Operation:
    """Put what registration says of a person into his head, unless something newer stands there."""
    return dynamodb.update(
        settings().table,
        items.subject_key(fact.pid),
        values={
            "institution": fact.institution,
            "unit": fact.unit_kerja,
            "state": fact.state.value,
            "account": fact.has_account,
            "enrolment": fact.enrolment,
            "assured": fact.assured,
            "listed_v": fact.v,
        },
        when=Attr("listed_v").not_exists() | Attr("listed_v").lt(fact.v),
        label=fact.pid,
    )


def ended(case: str, institution: str, known: Subject | None, at: datetime) -> Operation:
    """Note in a case's head when it ended, the first time; the head is made where no paper was sent."""
    values = {"ended": clock.millis(at)} | ({} if known else {"institution": institution})
    first = Attr("ended").not_exists()
    return dynamodb.update(
        settings().table,
        items.subject_key(case),
        values=values,
        when=first & (Attr("pk").exists() if known else Attr("pk").not_exists()),
        label=case,
    )


def let_go(case: str) -> Operation:
    """Note in a case's head that its papers were given their term."""
    return dynamodb.update(settings().table, items.subject_key(case), values={"let_go": True}, label=case)
