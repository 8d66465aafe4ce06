"""A person's record as the use cases see it: public fields in clear, everything else in `private`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Self

from services.kernel import clock
from services.kernel.documents import parse_file_id
from services.kernel.problems import Code, Problem
from services.kernel.states import GONE, Assurance, Category, PersonState, VerdictMark
from services.registration.eligibility.advice import Assessment, Criterion
from services.registration.model.correction_request import CorrectionRequest
from services.registration.model.person_row import PersonRow
from services.registration.model.person_states import DECIDED, REMEMBERING, UNDECIDED, VERDICTS, Action, goes_back, move
from services.registration.model.private import Mark, Private, Progress

HONOR: Final = "nominal_honor"


@dataclass(frozen=True)
class Person:
    """One listed non-ASN (item `P#<pid>`/`@`).

    `private` is encrypted at rest. `v` counts the writes; `head` is the hash of the last audit link; `salt` opens it
    all.
    `before` is the state to go back to, `below` those under it (a verdict under a deletion), the latest last.
    `entered_by` made the row; `edited_by` are the others who changed its fields since, the first one first.
    `enrolment` is the one that made his account, None where there is none or none made it.
    `assurance` is his account's. `helped_by` are staff who said at the counter who he is, or who printed a sheet for
    him when he had an account: they may not decide on him either.
    `nik_asked`: somebody asked for another NIK, and nobody has decided.
    `judged` are what PPK and bkn are told of the verdict that stands.
    Where a wrong NIK was corrected, `came_from` is the record it stood in, and of that one `successor` is this one.
    """

    pid: str
    institution: str
    state: PersonState
    before: PersonState | None
    v: int
    head: str
    salt: bytes
    registration_number: str
    nama: str
    unit_kerja: str
    jabatan: str
    kategori: Category
    overall: str
    entered_by: str
    active: bool | None = None
    has_account: bool = False
    private: Private = field(default_factory=Private)
    below: tuple[PersonState, ...] = ()
    edited_by: tuple[str, ...] = ()
    enrolment: str | None = None
    assurance: Assurance = Assurance.BELUM_DIPASTIKAN
    helped_by: tuple[str, ...] = ()
    came_from: str | None = None
    successor: str | None = None
    nik_asked: bool = False
    judged: tuple[VerdictMark, ...] = ()

    def moved(self, action: Action, at: datetime) -> Self:
        """The record after a move of the state table.

        Raises:
            Problem: `illegal-transition`.
        """
        target = move(self.state, self.before, action, has_account=self.has_account)
        before, below = self._remembered(target, action)
        progress = (*self.private.progress, Progress(target, clock.millis(at)))
        private = replace(self.private, progress=progress)
        moved = replace(self, state=target, before=before, below=below, private=private)
        if action not in VERDICTS:
            return moved
        return replace(moved, judged=(), private=replace(private, marks={}, voided=frozenset()))

    def voided(self, criteria: frozenset[Criterion], at: datetime) -> Self:
        """The record after its verdict became void on these criteria; the verdicts on the others still stand.

        Raises:
            Problem: `illegal-transition`, where none stands.
        """
        return self.moved(Action.VOID_VERDICT, at).without_verdict_on(criteria)

    def without_verdict_on(self, criteria: frozenset[Criterion]) -> Self:
        """The record where the verdicts on these criteria, if there were any, stand no more."""
        return replace(self, private=replace(self.private, voided=self.private.voided | criteria))

    def _remembered(self, target: PersonState, action: Action) -> tuple[PersonState | None, tuple[PersonState, ...]]:
        if goes_back(self.state, action):
            return (self.below[-1], self.below[:-1]) if self.below else (None, ())
        if target in REMEMBERING:
            return self.state, (*self.below, self.before) if self.before else self.below
        return None, ()

    def edited(self, by: str) -> Self:
        """The record after this member of staff changed what the institution entered."""
        known = by == self.entered_by or by in self.edited_by
        return self if known else replace(self, edited_by=(*self.edited_by, by))

    def helped(self, by: str) -> Self:
        """The record after this member of staff helped its person to his account."""
        return self if by in self.helped_by else replace(self, helped_by=(*self.helped_by, by))

    def is_work_of(self, staff: str) -> bool:
        """Whether he entered the row, changed it or helped its person: then he may not decide on it (section 2)."""
        return self.is_written_by(staff) or staff in self.helped_by

    def is_written_by(self, staff: str) -> bool:
        """Whether he entered the row or changed it; whom he invited may not decide on it (section 2)."""
        return staff == self.entered_by or staff in self.edited_by

    def holds(self, enrolment: str | None) -> bool:
        """Whether what came under this enrolment is of his record: it made his account, or it was none of them."""
        return enrolment is None or enrolment == self.enrolment

    def require_version(self, v: int) -> None:
        """Refuse a change that was made on an older version.

        Raises:
            Problem: `version-moved`.
        """
        if v != self.v:
            raise Problem(Code.VERSION_MOVED)

    @property
    def active_at(self) -> datetime | None:
        """When he last said whether he still works there."""
        stamp = self.private.active_at
        return None if stamp is None else clock.from_millis(stamp).astimezone(clock.WIB)

    @property
    def deletion_reason(self) -> str | None:
        """Why it was taken off the roster, while it is."""
        deletion = self.private.deletion if self.state is PersonState.DIHAPUS else None
        return deletion.reason if deletion else None

    @property
    def is_decided(self) -> bool:
        """Whether a verdict stands."""
        return self.state in DECIDED

    @property
    def waits_again(self) -> bool:
        """Whether a verdict became void, wholly or on some criteria, and nobody has decided since."""
        return bool(self.private.voided) and self.state in UNDECIDED

    @property
    def waits_for_check(self) -> bool:
        """Whether the verdict that stands was drawn for a second check that nobody has made."""
        return self.is_decided and VerdictMark.MENUNGGU_PEMERIKSAAN in self.judged

    @property
    def decided_at(self) -> int | None:
        """When the verdict that stands was given, in milliseconds; None while none stands."""
        decisions = self.private.decisions
        return decisions[-1].at if self.is_decided and decisions else None

    @property
    def states_inactive(self) -> bool:
        """Whether he says that he works there no more, and nobody of the institution has answered him yet."""
        return self.active is False and self.private.activity_answer is None and self.state not in GONE

    @property
    def was_returned(self) -> bool:
        """Whether what he submitted was returned to him, and he has not submitted it again."""
        ways = (step.state for step in self.private.progress)
        return self.state is PersonState.DIKEMBALIKAN and PersonState.DIAJUKAN in ways

    @property
    def open_requests(self) -> list[CorrectionRequest]:
        """What he asked to have put right that somebody still has to decide; of whom is off the roster nothing is."""
        return [] if self.state in GONE else [each for each in self.private.requests if each.is_open]

    @property
    def marks(self) -> Mapping[str, Mark]:
        """What was changed since the verdict that stands."""
        return self.private.marks or {}

    @property
    def row(self) -> PersonRow:
        """The registered fields.

        Raises:
            LookupError: the record was read without its private part.
        """
        if self.private.row is None:
            raise LookupError("a record read without its private part has no row")
        return self.private.row

    @property
    def assessment(self) -> Assessment:
        """The engine's latest advice.

        Raises:
            LookupError: the record was read without its private part.
        """
        if self.private.assessment is None:
            raise LookupError("a record read without its private part has no assessment")
        return self.private.assessment


@dataclass(frozen=True)
class History:
    """A further appointment (item `P#<pid>`/`H#<id>`); `fields` is encrypted at rest.

    The fields are those of the first one, and `instansi` where it was in another institution. `by` is the member of
    staff who entered it, None where the person did: what each of them states stands beside the other's.
    """

    id: str
    fields: Mapping[str, str | None]
    by: str | None = None


@dataclass(frozen=True)
class KnownFile:
    """What registration knows of a person's file, from documents' facts (item `P#<pid>`/`F#<file id>`).

    Of one that was on its way when he submitted it knows only that (`W#<file id>`, `v` 0, DIPERIKSA) until the fact.
    `enrolment` is the one it was uploaded under, None where somebody signed in uploaded it.
    `kept_at` is when it came to the record, or when the place of one on its way was asked for, in milliseconds; None of
    one that was known before that was kept.
    `inherited` says that it was uploaded for the record with a wrong NIK that this one follows.
    `own` says that the person sent it himself, `by` is the member of staff who uploaded it for him; of a refused one
    nobody says. `sha256` is of the copy that was kept, in hex; None of one that was known before it was told.
    """

    id: str
    jenis: str
    riwayat: str | None
    state: str
    code: str | None
    message: str | None
    key: str | None
    v: int
    enrolment: str | None = None
    kept_at: int | None = None
    own: bool = False
    by: str | None = None
    inherited: bool = False
    sha256: str | None = None

    @property
    def order(self) -> tuple[bool, int]:
        """Which of two of a kind is the later one: of those uploaded under the same id, that with the higher number."""
        return not self.inherited, parse_file_id(self.id).n
