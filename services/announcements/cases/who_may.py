"""Who of the staff reads and decides which case (domain.md, section 3, *Cases*, and section 2)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from services.announcements.adapters import case_store
from services.announcements.model.case import ANSWERED, Case, Topic
from services.announcements.model.due import OF_BKN
from services.kernel.audit.chain import Event
from services.kernel.cases import CaseKind, CaseLevel, CaseState
from services.kernel.cases.number import case_number_in_groups, read_case_number
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import NATIONAL, Actor, Role

_K = CaseKind
_OFFICE: Final[Mapping[CaseKind, frozenset[Role]]] = {
    _K.USULAN: frozenset({Role.OPERATOR, Role.ADMIN}),
    _K.TANGGAPAN: frozenset({Role.VERIFIKATOR, Role.ADMIN}),
    _K.KEBERATAN: frozenset({Role.VERIFIKATOR, Role.ADMIN}),
    _K.BANTUAN: frozenset({Role.HELPDESK, Role.ADMIN}),
}
"""Who of an institution answers."""
READERS: Final = frozenset({Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK, Role.ADMIN, Role.BKN, Role.AUDITOR})
DECIDERS: Final = READERS - {Role.AUDITOR}
TELLERS: Final = DECIDERS - {Role.OPERATOR}
"""Who hands a listed person the notice of a tanggapan."""
_OF_SOME_UNITS: Final = (
    "Laporan ini dibaca petugas yang bekerja untuk seluruh instansi. "
    "Tanyakan kepada mereka bila ada laporan yang menyangkut unit Anda."
)
_FOLLOWS: Final = "Laporan ini mengikuti laporan {number} tentang hal yang sama. Jawab dan putuskan laporan itu."
_NOT_YET_BKNS: Final = "Laporan ini masih dalam waktu instansinya. BKN memutuskannya sesudah itu."


def kinds_read_by(role: Role) -> frozenset[CaseKind]:
    """The kinds that a role reads; the help desk every one, to answer who asks for it."""
    if role in NATIONAL or role is Role.HELPDESK:
        return frozenset(CaseKind)
    return frozenset(kind for kind, roles in _OFFICE.items() if role in roles)


def readers_of(kind: CaseKind) -> frozenset[Role]:
    """The roles that read cases of a kind."""
    return frozenset(role for role in READERS if kind in kinds_read_by(role))


def may_read_such(kind: CaseKind, topic: Topic | None, actor: Actor) -> bool:
    """Whether he may know of cases of this kind and type, as far as the unit that one names lets him."""
    return actor.role in NATIONAL or (topic not in OF_BKN and kind in kinds_read_by(actor.role))


def may_read(case: Case, actor: Actor) -> bool:
    """Whether somebody of the case's institution, or of bkn, may know of it."""
    if actor.role in NATIONAL:
        return True
    if not may_read_such(case.kind, case.topic, actor):
        return False
    return actor.works_for(str(case.said.get("unit_kerja", ""))) or case.kind is CaseKind.KEBERATAN


def require_inbox(code: str, actor: Actor) -> None:
    """Refuse who may not look into an institution's inbox.

    Raises:
        Problem: `not-found`.
    """
    actor.require_institution(code)
    if not (len(code) == 4 and code.isdecimal() and code.isascii()):
        raise Problem(Code.NOT_FOUND)


def load_readable(code: str, number: str, actor: Actor) -> Case:
    """A case of an institution that a member of staff may read; `code` is `nasional` for those of bkn alone.

    Raises:
        Problem: `not-found`; `forbidden` where it is for those who work for the whole institution; `own-record`.
    """
    actor.require_institution(code)
    read = read_case_number(number)
    case = case_store.load(read) if read else None
    if case is None or case.institution != code or case.is_forgotten:
        raise Problem(Code.NOT_FOUND)
    if not may_read(case, actor):
        if actor.units and case.kind in kinds_read_by(actor.role) and case.topic not in OF_BKN:
            raise Problem(Code.FORBIDDEN, _OF_SOME_UNITS)
        raise Problem(Code.NOT_FOUND)
    if case.pid is not None:
        actor.require_another(case.pid)
    return case


def require_decider(case: Case, actor: Actor) -> None:
    """Refuse who reads a case and does not answer for its kind, or bkn before its time.

    Raises:
        Problem: `forbidden`.
    """
    if actor.role is Role.BKN:
        if case.is_open and case.level is not CaseLevel.BKN and case.kind is not CaseKind.TANGGAPAN:
            raise Problem(Code.FORBIDDEN, _NOT_YET_BKNS)
    elif actor.role not in _OFFICE[case.kind]:
        raise Problem(Code.FORBIDDEN)


def require_first(case: Case) -> None:
    """Refuse a case that follows an earlier one about the same, which is answered and decided for both.

    Raises:
        Problem: `conflict`.
    """
    if case.joined is not None:
        raise Problem(Code.CONFLICT, _FOLLOWS.format(number=case_number_in_groups(case.joined)))


def may_overturn(case: Case, actor: Actor) -> bool:
    """Whether bkn may accept what an institution refused: an usulan (domain.md, section 3)."""
    return actor.role is Role.BKN and case.kind is CaseKind.USULAN and case.state is CaseState.DITOLAK


def awaits_hearing(case: Case, actor: Actor, now: datetime) -> bool:
    """Whether the listed person of a tanggapan may still answer before this member of staff decides.

    Bkn decides without where the institution let the time pass.
    """
    until = case.heard_until
    heard = ANSWERED in case.said or (until is not None and now >= until)
    left_to_bkn = actor.role is Role.BKN and case.level is CaseLevel.BKN
    return case.kind is CaseKind.TANGGAPAN and not heard and not left_to_bkn


def write_down_reading(code: str, actor: Actor, at: datetime, numbers: list[str]) -> None:
    """Every reading of a case by staff is written down before anything is shown.

    Raises:
        Problem: `try-again`; then nothing may be shown.
    """
    if numbers:
        case_store.READINGS.log(code).record(Event(actor.id, "read-cases", at, {"cases": numbers}))
