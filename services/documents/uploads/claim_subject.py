"""Who acts on whose files: from the callers and their wish to one actor and one subject."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Self

from services.documents import access
from services.documents.access import Callers
from services.documents.adapters import store
from services.documents.model.file import Subject
from services.documents.settings import files_key
from services.documents.uploads.wish import UploadWish
from services.kernel.documents import DocumentType, Owner, institution_of, is_history_of, is_unit_of, rule_of
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.sessions import NATIONAL, Actor, Role
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window

FORM_TTL: Final = timedelta(minutes=15)
STAFF_FORM_TTL: Final = timedelta(minutes=5)
"""As long as a link to a file lives: what was handed out to staff ends soon after their account does."""
MAX_OF_A_KIND: Final = 500
"""So many promises of one kind, kept or not, no honest person needs; it bounds what a broken client can do."""
MAX_OF_UNITS: Final = 20_000
"""The same of the papers of all units of an institution."""
MAX_ENROLLING: Final = 400
"""The same under enrolments, so that a stranger who passed the identity check leaves the owner some *(ours)*."""
_ENOUGH: Final = "Berkas jenis ini sudah terlalu sering diunggah. Minta petugas instansi Anda mengunggahnya."
_ENOUGH_OF_CASE: Final = (
    "Laporan ini sudah menerima berkas sebanyak yang dapat dikirim, termasuk yang ditolak atau tidak selesai. "
    "Tulis pesan di halaman laporan bila masih ada bukti lain."
)


@dataclass(frozen=True)
class Claim:
    """Who uploads (an id, as it stands in the file and its chain), and the subject as it stands.

    `enrolment` is the one it is uploaded under, `life` how long its form lives, `most` how many promises of a kind the
    subject gets from such a one, a case of all kinds together. `window` is the one of the deed: files of staff are
    corrections (domain.md, section 4).
    """

    by: str
    subject: Subject
    enrolment: str | None = None
    life: timedelta = FORM_TTL
    most: int = MAX_OF_A_KIND
    window: Window = Window.DOSSIER

    def require_room(self, jenis: DocumentType) -> None:
        """Refuse one promise too many: of one kind, of a case of all kinds together.

        Raises:
            Problem: `throttled`; `conflict` of a case, for waiting does not help.
        """
        if rule_of(jenis).of_case:
            if sum(self.subject.last.values()) >= self.most:
                raise Problem(Code.CONFLICT, _ENOUGH_OF_CASE)
        elif self.subject.last.get(jenis, 0) >= self.most:
            raise Problem(Code.THROTTLED, _ENOUGH)

    @classmethod
    def of(cls, actor: Actor, subject: Subject) -> Self:
        """What somebody signed in or enrolled claims."""
        life = FORM_TTL if actor.role is Role.HONORER else STAFF_FORM_TTL
        most = MAX_ENROLLING if actor.enrolment else MAX_OF_A_KIND
        window = Window.DOSSIER if actor.role is Role.HONORER else Window.CORRECTION
        return cls(actor.id, subject, actor.enrolment, life, most, window)


def claim_subject(wish: UploadWish, callers: Callers) -> Claim:
    """Decide for whom the file is and who of the callers may upload it.

    Raises:
        Problem: `not-found` for what is not his or not of his institution, `forbidden` for a kind his role does not
            upload, `own-record` for a member of staff's own, `invalid-fields` when the wish does not say for whom or
            names an institution in a person's place.
    """
    if wish.rule.of_institution:
        return _institution(wish, callers)
    person = _himself(wish, callers)
    if person is None:
        return _somebody(wish, callers.staff)
    allowed = access.WHILE_ENROLLING if person is callers.enrolment else access.UPLOADS[person.role]
    access.require_kind(allowed, wish.jenis)
    return Claim.of(person, _own(person))


def require_own_history(wish: UploadWish, subject: Subject) -> None:
    """Refuse papers of an appointment that this person does not have, nor had before his NIK was corrected.

    And papers of a unit that this institution never had.

    Raises:
        Problem: `invalid-fields`.
    """
    if wish.riwayat is None:
        return
    if wish.rule.owner is Owner.UNIT:
        if not is_unit_of(files_key(), subject.institution, wish.riwayat):
            message = "Unit kerja itu tidak ada pada daftar unit instansi. Muat ulang halaman, lalu pilih unitnya."
            raise invalid_problem("riwayat", "unknown", message)
        return
    if not any(is_history_of(files_key(), one.id, wish.riwayat) for one in store.line_of(subject)):
        message = "Riwayat pekerjaan itu tidak ada. Muat ulang halaman, lalu pilih riwayat yang dibuktikan berkas ini."
        raise invalid_problem("riwayat", "unknown", message)


def _himself(wish: UploadWish, callers: Callers) -> Actor | None:
    """The caller whose own file it is. Two people in one browser must say which of them is meant."""
    if wish.orang is None:
        if len({person.id for person in callers.people}) > 1:
            raise _unnamed_problem("orang", "Sebutkan untuk siapa berkas ini. Muat ulang halaman, lalu coba lagi.")
        return next(iter(callers.people), None)
    return next((person for person in callers.people if person.id == wish.orang), None)


def _own(person: Actor) -> Subject:
    """His own head; made with his first file when registration's fact is still on its way."""
    if person.institution is None:
        raise Problem(Code.NOT_FOUND)
    subject = store.load_subject(person.id) or Subject(person.id, person.institution)
    if subject.gone or subject.institution != person.institution:
        raise Problem(Code.NOT_FOUND)
    return subject


def _somebody(wish: UploadWish, staff: Actor | None) -> Claim:
    if staff is None:
        raise Problem(Code.NOT_FOUND)
    access.require_kind(access.UPLOADS[staff.role], wish.jenis)
    if wish.orang is None:
        raise _unnamed_problem("orang", "Pilih orang yang memiliki berkas ini.")
    if institution_of(wish.orang) is not None:
        raise invalid_problem(
            "orang", "unknown", f"Berkas {wish.rule.label} milik seseorang. Pilih orangnya, bukan instansi."
        )
    subject = access.require_scope(staff, store.load_subject(wish.orang))
    if subject.gone:
        raise Problem(Code.NOT_FOUND)
    staff.require_another(subject.id)
    return Claim.of(staff, subject)


def _institution(wish: UploadWish, callers: Callers) -> Claim:
    staff = callers.staff
    if staff is None:
        raise Problem(Code.FORBIDDEN)
    access.require_kind(access.UPLOADS[staff.role], wish.jenis)
    code = wish.instansi or staff.institution
    if code is None:
        raise _unnamed_problem("instansi", "Sebutkan kode instansi yang memiliki berkas ini.")
    staff.require_institution(code)
    if staff.role in NATIONAL:
        gate.read_round(code)
    claim = Claim.of(staff, store.load_subject(f"I{code}") or Subject(f"I{code}", code))
    return replace(claim, most=MAX_OF_UNITS) if wish.rule.owner is Owner.UNIT else claim


def _unnamed_problem(field: str, message: str) -> Problem:
    return invalid_problem(field, "missing", message)
