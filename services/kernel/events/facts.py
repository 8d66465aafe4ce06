"""Facts: what a service tells the others has happened. Never commands; no personal data but the public fields.

A fact carries the version `v` of the item it speaks of, so that a consumer can ignore what arrives twice or late.
"""

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from services.kernel.cases import CaseKind, CaseLevel, CaseState, UsulanOutcome
from services.kernel.contact import OfficeContact
from services.kernel.documents import DocumentType
from services.kernel.problems import Code, Problem
from services.kernel.reference.jobs import Family
from services.kernel.security.findings import Finding
from services.kernel.security.sessions import Role
from services.kernel.states import Category, Matter, PersonState, Phase, VerdictMark


class Fact(BaseModel):
    """The base of all facts; `schema_version` moves when a field changes its meaning."""

    model_config = ConfigDict(frozen=True)
    name: ClassVar[str]
    many: ClassVar[bool] = False
    """Told by the thousand, of people and files: they travel in parcels (parcels.py)."""

    schema_version: Literal[1] = 1
    institution: str
    v: int


class PersonListed(Fact):
    """A person's public record, or his state, is as said here (also after deletion: the state tells).

    `enrolment` names, once he has an account, the enrolment that made it; an opaque id, like that of the files.
    `found`: where the record holds a number or date of the person's own, which only registration can tell.
    `assured`: his account has an assurance (domain.md, section 3), so that he may open what his institution sent.
    `family`: the job family of his title by the national list; None of a title that is not on it, though his
    institution may have said what it is.
    `matters`: how many things of his the institution has to answer, by kind; what is not there is none.
    `judged`: what PPK and bkn are told of the verdict that stands.
    """

    name: ClassVar[str] = "person.listed"
    many: ClassVar[bool] = True
    pid: str
    state: PersonState
    nama: str
    unit_kerja: str
    jabatan: str
    kategori: Category
    nomor_registrasi: str
    has_account: bool = False
    enrolment: str | None = None
    found: tuple[Finding, ...] = ()
    assured: bool = False
    family: Family | None = None
    matters: dict[Matter, int] = {}
    judged: tuple[VerdictMark, ...] = ()


class PersonMoved(Fact):
    """A wrong NIK was corrected: who stood under the id `before` stands under `pid`. `v` is that of the new record."""

    name: ClassVar[str] = "person.moved"
    pid: str
    before: str


class FileAccepted(Fact):
    """A file passed inspection. `subject` is a pid or `I<institution>`; `key` names the object in the files bucket.

    `enrolment` names the enrolment it was uploaded under; None where somebody signed in uploaded it.
    `uploaded_by` is the pid itself when the person sent it, signed in or enrolled, else a member of staff's account.
    `printed_number` is the SPTJM number that a signed SPTJM's own text carries; None for a scan and for other kinds.
    """

    name: ClassVar[str] = "file.accepted"
    many: ClassVar[bool] = True
    file: str
    subject: str
    jenis: DocumentType
    riwayat: str | None
    key: str
    sha256: str
    size: int
    flags: tuple[str, ...] = ()
    uploaded_by: str
    enrolment: str | None = None
    printed_number: str | None = None

    @property
    def by_the_person(self) -> bool:
        """Whether the person himself, or whoever holds his account, uploaded it."""
        return self.uploaded_by == self.subject


class FileRejected(Fact):
    """A file did not pass; `code` is a FileFault, `message` the Indonesian sentence the uploader reads.

    `enrolment` as with an accepted one.
    """

    name: ClassVar[str] = "file.rejected"
    many: ClassVar[bool] = True
    file: str
    subject: str
    jenis: DocumentType
    riwayat: str | None
    code: str
    message: str
    enrolment: str | None = None


class FilesCopied(Fact):
    """The copy of a person's files that he asked for was made, and lies there until an instant; `copy_id` names it.

    `v` is that of the copy's item. What it is, and where, no fact says.
    """

    name: ClassVar[str] = "files.copied"
    pid: str
    copy_id: str
    until: datetime


class InstitutionOpened(Fact):
    """An institution takes part in the round, or its name or kind was corrected. `v`: its record at finalization."""

    name: ClassVar[str] = "institution.opened"
    title: str
    kind: str
    at: datetime


class InstitutionPhaseChanged(Fact):
    """An institution's phase or windows moved. `v` is the version of its record at finalization.

    `accepted_epoch` is that of the seal whose signed statement was accepted and counts; None while there is none. It is
    an earlier one than `epoch` while verification alone is open again, and until the next statement is accepted.
    """

    name: ClassVar[str] = "institution.phase_changed"
    phase: Phase
    epoch: int
    at: datetime
    correction_closes: datetime
    sptjm_state: str
    accepted_epoch: int | None = None


class WaivedSpan(BaseModel):
    """From when until when one waiver held or holds."""

    model_config = ConfigDict(frozen=True)

    since: datetime
    until: datetime


class InstitutionWaived(Fact):
    """BKN gave a waiver for an office of one, or withdrew it; `waived` are all there ever were (domain.md, section 2).

    `v` is the version of the institution's record at finalization. Registration asks the gate instead, as it decides.
    """

    name: ClassVar[str] = "institution.waived"
    waived: tuple[WaivedSpan, ...]


class InstitutionContact(Fact):
    """How an institution's office is reached; `v` is the version of what its admin wrote.

    Alone among the facts it carries telephone and e-mail: they are the office's, written by the institution to be
    published, and nobody's own (domain.md, section 8: contact pages are exempt by field).
    """

    name: ClassVar[str] = "institution.contact"
    contact: OfficeContact


class VerificationReopened(Fact):
    """BKN opened verdicts, and nothing else, until an instant, for who was left undecided; `v` is the epoch it began.

    People are told of it (domain.md, section 3, *BKN*); gate and phase say the same.
    """

    name: ClassVar[str] = "institution.verification_reopened"
    until: datetime


class InstitutionLocked(Fact):
    """Every lane of the institution is closed; nothing commits any more under this epoch (`v`)."""

    name: ClassVar[str] = "institution.locked"
    locked_at: datetime


class InstitutionPrefinalized(Fact):
    """The list is put up for uji publik; `v` is its number at this institution, from 1."""

    name: ClassVar[str] = "institution.prefinalized"
    at: datetime


class RosterListed(Fact):
    """Registration has made the numbered pre-final list (`v`): how many stand on it, and its Merkle root, hex.

    `list_key` names the list in the exports bucket; beside it lies what registration found in it.
    """

    name: ClassVar[str] = "roster.listed"
    root: str
    total: int
    list_key: str = ""


SEAL_FORMAT = "pendataan-seal-1"
"""How leaves, salts and manifest of a seal are made (docs/seal.md); another way would be another name."""


class LeafChunk(BaseModel):
    """An object in the seals bucket that holds so many leaf hashes of 32 bytes each, and its SHA-256 in hex."""

    model_config = ConfigDict(frozen=True)

    key: str
    leaves: int
    sha256: str


class RosterSealed(Fact):
    """Registration has swept the locked roster of epoch `v` and built its two Merkle trees (docs/seal.md).

    `root` is the root, hex, of the list: `total` people who enter the base data. `roster_root` is that of all `people`
    rows with their states. `list_key` names the list in the exports bucket.
    """

    name: ClassVar[str] = "roster.sealed"
    list_key: str
    root: str
    roster_root: str
    total: int
    people: int
    thk2: int
    non_asn: int
    by_state: dict[str, int]
    list_chunks: tuple[LeafChunk, ...] = ()
    roster_chunks: tuple[LeafChunk, ...] = ()


class InstitutionSealed(Fact):
    """Finalization has recorded the seal of epoch `v`; the final list may be published.

    `manifest_key` names the signed manifest in the seals bucket.
    """

    name: ClassVar[str] = "institution.sealed"
    list_key: str
    manifest_key: str
    root: str
    thk2: int
    non_asn: int
    sealed_at: datetime


class StaffRevoked(Fact):
    """Tokens of an account are over: those below version `tv`, and those of `sessions_ended`.

    `user` is the account's id, of a person his pid; `institution` is `nasional` for bkn, auditors and people.
    `v` is the account's version; a later one says all that earlier ones did. `sessions_ended` names single sign-ins
    (`sid`) whose tokens may still live.
    """

    name: ClassVar[str] = "staff.revoked"
    user: str
    tv: int
    sessions_ended: tuple[str, ...] = ()


class StaffListed(Fact):
    """An institution's member of staff has this role, and may sign in (`active`) or not.

    `user` is the account's id, `v` its version. Of bkn and auditors nothing is told, they belong to no institution.
    """

    name: ClassVar[str] = "staff.listed"
    user: str
    role: Role
    active: bool


class RosterImported(Fact):
    """Every row of a file that an institution sent has its answer; `v` is the instant it had arrived at, in ms."""

    name: ClassVar[str] = "roster.imported"
    received: datetime


class CaseMoved(Fact):
    """A case was filed, or moved (domain.md, section 3, *Cases*); `v` is the version of its item at announcements.

    `case` is its number. `pid` is whose verdict or place on the list it is about; None where nobody listed is
    concerned. `due_at`: when its present level should have decided; None once it is closed. `heard`: whom a *tanggapan*
    is about was told of it.
    """

    name: ClassVar[str] = "case.moved"
    case: str
    kind: CaseKind
    state: CaseState
    level: CaseLevel
    pid: str | None = None
    due_at: datetime | None = None
    heard: bool = False


class CaseEnded(Fact):
    """A case ended that followed an earlier one about the same; `v` is the version of its item at announcements.

    For documents alone: its papers have a term from then on. Nobody waited for it, so nobody counted it.
    """

    name: ClassVar[str] = "case.ended"
    case: str


class CaseFileInspected(Fact):
    """A paper of a case passed inspection or was refused; then `message` says why. `v` is that of the file.

    Told apart from `file.accepted`: announcements has nothing to do with the files of 2.4 million people.
    """

    name: ClassVar[str] = "case.file"
    case: str
    file: str
    accepted: bool
    message: str | None = None


class CaseSettled(Fact):
    """Registration carried out, through the gate, a decision that announcements had noted; so the case may close.

    `decision` is the id of the noted decision. `pid` is the record that was made or concerned. `became`: what an
    accepted usulan became; None of other cases, and of what was carried out before this was told. `beside`: it was
    noted beside a record that moves no more, whose verdict stands; of what was carried out before this was told it is
    not known, and False. `v` is 1: it is told once.
    """

    name: ClassVar[str] = "case.settled"
    case: str
    decision: str
    accepted: bool
    pid: str
    became: UsulanOutcome | None = None
    beside: bool = False
    at: datetime


class CaseHeard(Fact):
    """A listed person was told that a *tanggapan* concerns him, at an instant; `v` is 1: it is told once.

    By notice to a contact that is his, or because he has seen it on his own page.
    """

    name: ClassVar[str] = "case.heard"
    case: str
    pid: str
    at: datetime


class CaseDivided(Fact):
    """Admin and verifikator are of different minds about a *keberatan*, since an instant; `v` is 1: it is told once.

    What either thinks is not told. One of them may still change his mind; then `case.settled` says what was decided.
    """

    name: ClassVar[str] = "case.divided"
    case: str
    at: datetime


class AnnouncementRecorded(Fact):
    """An institution recorded that it announced a numbered list by itself (domain.md, section 3, *Own announcement*).

    `v` is the version of what it recorded of this list, so a corrected date arrives as a later one. `list_number` is
    that of the pre-final list, from 1, or, where `final`, the epoch of the seal. `on` is the day it went up, by the
    institution's own calendar; `place` its notice board or an address on the web.
    """

    name: ClassVar[str] = "announcement.recorded"
    list_number: int
    final: bool
    on: date
    place: Literal["BOARD", "WEB"]


FACTS: dict[str, type[Fact]] = {
    fact.name: fact
    for fact in (
        PersonListed,
        PersonMoved,
        FileAccepted,
        FileRejected,
        FilesCopied,
        InstitutionOpened,
        InstitutionPhaseChanged,
        InstitutionContact,
        InstitutionPrefinalized,
        InstitutionWaived,
        InstitutionLocked,
        RosterListed,
        RosterSealed,
        InstitutionSealed,
        StaffRevoked,
        StaffListed,
        RosterImported,
        VerificationReopened,
        CaseMoved,
        CaseEnded,
        CaseFileInspected,
        CaseSettled,
        CaseHeard,
        CaseDivided,
        AnnouncementRecorded,
    )
}


def parse(name: str, detail: object) -> Fact:
    """The fact in an EventBridge envelope's `detail-type` and `detail`.

    Raises:
        Problem: `malformed` for a name nobody has declared.
        pydantic.ValidationError: when the detail is not of the fact's shape.
    """
    if name not in FACTS:
        raise Problem(Code.MALFORMED)
    return FACTS[name].model_validate(detail)
