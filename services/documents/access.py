"""Who may upload and read which files (domain.md, sections 2 and 8).

Two questions, in this order: is it his, or of his institution (if not: 404, as if it did not exist), and is it a kind
his role has to do with (if not: 403).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.documents.model.file import File, Subject
from services.documents.settings import files_key
from services.kernel.documents import RULES, DocumentType, application_of, case_of
from services.kernel.documents.tickets import whom
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor, Role

OF_INSTITUTIONS = frozenset(jenis for jenis, rule in RULES.items() if rule.of_institution)
OF_CASES = frozenset(jenis for jenis, rule in RULES.items() if rule.of_case)
"""Sent by whoever filed a case, with a ticket, and by nobody else."""
EVIDENCE = frozenset({DocumentType.BUKTI_LAPORAN})
"""Of the papers of a case those that do not show who somebody is."""
OF_PEOPLE = frozenset(RULES) - OF_INSTITUTIONS - OF_CASES
WHILE_ENROLLING = frozenset({DocumentType.KTP, DocumentType.FOTO, DocumentType.SWAFOTO})

_NONE: frozenset[DocumentType] = frozenset()
UPLOADS: Mapping[Role, frozenset[DocumentType]] = {
    Role.HONORER: OF_PEOPLE,
    Role.OPERATOR: OF_PEOPLE,
    Role.VERIFIKATOR: _NONE,
    Role.HELPDESK: _NONE,
    Role.ADMIN: OF_PEOPLE | OF_INSTITUTIONS,
    Role.PPK: frozenset({DocumentType.SPTJM, DocumentType.SURAT_UNIT}),
    Role.BKN: frozenset({DocumentType.SURAT}),
    Role.AUDITOR: _NONE,
}
READS: Mapping[Role, frozenset[DocumentType]] = {
    Role.HONORER: OF_PEOPLE,
    Role.OPERATOR: OF_PEOPLE | EVIDENCE | {DocumentType.PENGUMUMAN},
    Role.VERIFIKATOR: OF_PEOPLE | EVIDENCE,
    Role.HELPDESK: OF_CASES,
    Role.ADMIN: frozenset(RULES),
    Role.PPK: frozenset({DocumentType.SPTJM, DocumentType.SURAT_UNIT, DocumentType.PENGUMUMAN}),
    Role.BKN: frozenset(RULES),
    Role.AUDITOR: frozenset(RULES),
}
UPLOADERS = frozenset(role for role, kinds in UPLOADS.items() if kinds)
READERS = frozenset(role for role, kinds in READS.items() if kinds)
STATEMENT_READERS = frozenset(role for role, kinds in READS.items() if DocumentType.SURAT_UNIT in kinds)
LIST_READERS = frozenset(role for role, kinds in READS.items() if kinds >= OF_PEOPLE)


@dataclass(frozen=True)
class Callers:
    """Who asks: signed in, enrolling, or in one browser both."""

    session: Actor | None
    enrolment: Actor | None = None

    @property
    def people(self) -> list[Actor]:
        """Those who have files of their own; who is signed in goes first, he may do more."""
        signed_in = [self.session] if self.session and self.session.role is Role.HONORER else []
        return [*signed_in, *([self.enrolment] if self.enrolment else [])]

    @property
    def staff(self) -> Actor | None:
        """Whoever is signed in and works on the files of others."""
        return self.session if self.session and self.session.role is not Role.HONORER else None


def require_scope(actor: Actor, subject: Subject | None) -> Subject:
    """The subject, if a member of staff has it in his institution and among his units.

    The letter of an application is bkn's alone: whoever is admin already has no say in it. Papers of a case are read by
    who reads the case, and by nobody whom it is about: they may tell who reported him.

    Raises:
        Problem: `not-found`; `own-record`.
    """
    if subject is None:
        raise Problem(Code.NOT_FOUND)
    actor.require_institution(subject.institution)
    if application_of(subject.id) is not None and actor.role is not Role.BKN:
        raise Problem(Code.NOT_FOUND)
    if subject.readers is not None and actor.role not in subject.readers:
        raise Problem(Code.NOT_FOUND)
    if not (_of_all_units(subject) or actor.works_for(subject.unit or "")):
        raise Problem(Code.NOT_FOUND)
    if actor.own is not None and subject.about == whom(files_key(), actor.own):
        raise Problem(Code.OWN_RECORD)
    return subject


def _of_all_units(subject: Subject) -> bool:
    return case_of(subject.id) is not None and subject.unit is None


def may_open(subject: Subject, file: File) -> bool:
    """Whether a person may open a file of his record: his own always, his institution's once it is sure who he is.

    Whoever passed the identity check may be a relative, and learns nothing from it that he did not bring (domain.md,
    section 3, *assurance*). That his account has one comes from registration as a fact. `subject` is who he is today;
    what he sent before his NIK was corrected was sent under the id that the file names.
    """
    return file.uploaded_by == file.id.subject or subject.assured


def require_kind(allowed: frozenset[DocumentType], jenis: DocumentType) -> None:
    """Refuse a kind of file that a role has nothing to do with.

    Raises:
        Problem: `forbidden`.
    """
    if jenis not in allowed:
        raise Problem(Code.FORBIDDEN)


def require_reader(callers: Callers, subject: Subject, file: File, owner: Subject) -> Actor:
    """Whoever of the callers may know of this file: of those under an enrolment that made no account only it knows.

    `owner` is who the subject is today, where a wrong NIK was corrected.

    Raises:
        Problem: `not-found`, or `forbidden` for a kind his role has nothing to do with.
    """
    for person in callers.people:
        known = file.enrolment == person.enrolment if person is callers.enrolment else subject.holds(file)
        if person.id == owner.id and known:
            return person
    if callers.staff is None or not subject.holds(file):
        raise Problem(Code.NOT_FOUND)
    require_scope(callers.staff, owner)
    require_kind(READS[callers.staff.role], file.id.jenis)
    return callers.staff
