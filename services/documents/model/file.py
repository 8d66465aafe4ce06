"""A file and the subject it belongs to, as the use cases see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from services.kernel.audit.chain import GENESIS
from services.kernel.documents import JPEG, DocumentType, FileId, FileState, rule_of
from services.kernel.security.sessions import Role
from services.kernel.states import GONE, PersonState

OPEN = frozenset({FileState.MENUNGGU_UNGGAH, FileState.DIPERIKSA})
"""States in which an object that arrives is still looked into."""
_EACH_OF_ITS_OWN = frozenset({DocumentType.SURAT, DocumentType.PENGUMUMAN})


class Term(StrEnum):
    """How long papers of a case are kept after it ended (domain.md, section 8); the value is the object's tag.

    The lifecycle of the files bucket (infra/shared.yaml) counts the same days.
    """

    MONTH = "month"
    """What shows who somebody is."""
    YEAR = "year"

    @property
    def length(self) -> timedelta:
        """So long."""
        return timedelta(days=30 if self is Term.MONTH else 365)

    @classmethod
    def of(cls, jenis: DocumentType) -> "Term":
        """That of a kind of papers of a case."""
        return cls.YEAR if jenis is DocumentType.BUKTI_LAPORAN else cls.MONTH


@dataclass(frozen=True)
class Subject:
    """Whose files they are; item `P#<id>`/`@`.

    `id` is a pid, `I<code>` of an institution, `L<number>` of an application, or a case's number.

    `v` and `head` are the number and hash of the last audit link (0 and empty: none yet), `salt` opens the chain.
    `unit` and `state` are what registration last said of the person, None before it said anything.
    `last` says how many files of each kind were promised so far. `has_account` and `enrolment` say whether he has an
    account, and which enrolment made it, `assured` whether that account has an assurance, as far as registration's
    facts have come. Where a wrong NIK was corrected, `came_from` is the id whose files are his too, and of that one
    `went_to` is this one. Of a case, `unit`, `about`, whom it is about, and `readers`, the roles that read it, are as
    its ticket says (kernel/documents/tickets.py); `ended` is when documents heard that it was closed, `let_go` that its
    papers were given their term.
    """

    id: str
    institution: str
    v: int = 0
    head: str = GENESIS
    salt: bytes | None = None
    unit: str | None = None
    state: PersonState | None = None
    last: Mapping[DocumentType, int] = field(default_factory=dict)
    has_account: bool = False
    enrolment: str | None = None
    assured: bool = False
    came_from: str | None = None
    went_to: str | None = None
    about: str | None = None
    readers: frozenset[Role] | None = None
    ended: datetime | None = None
    let_go: bool = False

    def lets_go_at(self, file: "File") -> datetime | None:
        """From when on a paper of a case is not there any more; None while the case is open, and for other files."""
        return None if self.ended is None else self.ended + Term.of(file.id.jenis).length

    @property
    def gone(self) -> bool:
        """Whether the institution no longer lists the person."""
        return self.state in GONE

    def holds(self, file: "File") -> bool:
        """Whether a file is of the record: from somebody signed in, or under the enrolment that made the account.

        All others stand aside, each enrolment's by themselves: they replace none of the record (domain.md, section 3).
        """
        return file.enrolment is None or file.enrolment == self.enrolment

    def place_of(self, file: "File") -> tuple[DocumentType, str | None, str | None]:
        """Where a file stands: its `evidence`, and the enrolment it stands aside for (None: of the record).

        Of two in the same place the newer accepted one counts.
        """
        return *file.evidence, None if self.holds(file) else file.enrolment


@dataclass(frozen=True)
class File:
    """One file, from the promise of a place to its end; item `P#<subject>`/`D#<jenis>#<n>`.

    `incoming` names the object in quarantine, `received` is the instant its promise was asked for. `size` is what was
    declared, and of the kept copy once accepted; `content_type` ("" before), `key`, `sha256` and `flags` are that
    copy's. `pages` says how many bytes the picture of each page of a PDF has, and nothing where it could not be drawn.
    `code` and `message` say why it was refused. `printed_number` is the SPTJM number that a signed SPTJM's own text
    carries, None for a scan. `enrolment` is the one it was uploaded under, None where somebody signed in did it. `v`
    counts its changes.
    """

    id: FileId
    institution: str
    v: int
    state: FileState
    riwayat: str | None
    incoming: str
    received: datetime
    uploaded_by: str
    size: int
    content_type: str = ""
    key: str | None = None
    sha256: str | None = None
    flags: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    code: str | None = None
    message: str | None = None
    printed_number: str | None = None
    enrolment: str | None = None

    @property
    def evidence(self) -> tuple[DocumentType, str | None]:
        """What the file is evidence of: its kind, and the history row, None where it is of no row.

        Every letter of an institution is about something of its own, as is what shows one of its announcements, and
        every paper of a case: its number stands in the row's place. An application has one letter, and a later one
        replaces it.
        """
        of_institution = self.id.jenis in _EACH_OF_ITS_OWN and self.id.institution is not None
        of_its_own = of_institution or rule_of(self.id.jenis).of_case
        return self.id.jenis, str(self.id.n) if of_its_own else self.riwayat

    @property
    def page_count(self) -> int:
        """How many pages of the kept copy can be shown as pictures."""
        return 1 if self.content_type == JPEG else len(self.pages)

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its object or its inspection."""
        return self.state in OPEN
