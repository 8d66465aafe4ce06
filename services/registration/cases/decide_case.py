"""A decision on a tanggapan or a keberatan is carried out on the record it concerns (domain.md, section 3, *Cases*).

Accepted, its verdict is void and it comes first in the queue of whoever decides; refused, it stays as it is. Either way
its history tells. A tanggapan is decided by one who has had nothing to do with the record, a keberatan by an admin and
a verifikator of one mind: the first one's opinion waits for the other's, and where they differ bkn is told at once. bkn
decides alone, and after the lock beside the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.cases import CaseKind
from services.kernel.cases.handover import Handover
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Role
from services.kernel.web.languages import Sentence
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.kernel.writes.gate import ConditionLost
from services.registration.access.scope import load_dossier_to_work_on
from services.registration.adapters import access_log, annotation_store, case_store, person_store
from services.registration.cases.deeds import CaseDeed
from services.registration.cases.settled import settle_once, settled_by
from services.registration.cases.take_handover import HandedOver, take_handover
from services.registration.eligibility.advice import Criterion
from services.registration.model.annotation import Annotation
from services.registration.model.case import Divided, Opinion, SettledCase
from services.registration.model.dossier import Change, Dossier
from services.registration.model.person import Person
from services.registration.model.person_states import UNDECIDED, VOIDED_UNDER, Cause
from services.registration.shared.views import Moved
from services.registration.verification.four_eyes import hindrance

_KINDS: Final = frozenset({CaseKind.TANGGAPAN, CaseKind.KEBERATAN})
_WINDOW: Final = VOIDED_UNDER[Cause.RULING]
_DECIDED_BY_YOU: Final = "Anda sendiri pernah memutuskan data orang ini. Kasus ini harus diputus oleh petugas lain."
_SAID: Final = "Petugas lain dengan peran Anda sudah memberi pendapat atas keberatan ini."
_DEEDS: Final = {
    (CaseKind.TANGGAPAN, True): CaseDeed.ACCEPT_TANGGAPAN,
    (CaseKind.TANGGAPAN, False): CaseDeed.REFUSE_TANGGAPAN,
    (CaseKind.KEBERATAN, True): CaseDeed.ACCEPT_KEBERATAN,
    (CaseKind.KEBERATAN, False): CaseDeed.REFUSE_KEBERATAN,
}
_OTHER: Final = {Role.ADMIN: Role.VERIFIKATOR, Role.VERIFIKATOR: Role.ADMIN}


class Outcome(StrEnum):
    """What became of it."""

    DIPUTUS = "DIPUTUS"
    """Carried out; the case closes by itself."""
    MENUNGGU = "MENUNGGU"
    """Of a keberatan: the other of the two has not said anything yet."""
    BERBEDA = "BERBEDA"
    """They are of different minds: bkn is told and may decide, unless one changes his."""


_TOLD: Final = {
    Outcome.DIPUTUS: "Putusan ini sudah dijalankan. Kasusnya ditutup sendiri dalam beberapa saat.",
    Outcome.MENUNGGU: "Pendapat Anda dicatat. Keberatan ini diputus setelah admin dan verifikator sama pendapatnya.",
    Outcome.BERBEDA: (
        "Pendapat admin dan verifikator berbeda, jadi keberatan ini diteruskan ke BKN, yang dapat memutuskannya "
        "sekarang. Bila salah satu dari Anda mengubah pendapatnya sebelum itu, keberatan diputus menurut pendapat "
        "yang sama."
    ),
}

_TOLD_BESIDE: Final = (
    "Putusan ini dicatat di samping data yang sudah dikunci; data dan putusan atasnya tidak berubah. Kasusnya ditutup "
    "sendiri dalam beberapa saat. Bila data itu harus berubah, BKN dapat membukanya lagi."
)


class CaseDecided(Moved):
    """The record's version and state now, what became of the case, and the same in words."""

    outcome: Outcome
    message: Sentence


@dataclass(frozen=True)
class _Wish:
    """The decision that is asked for, on this record."""

    dossier: Dossier
    handover: Handover
    request: Request

    @property
    def person(self) -> Person:
        return self.dossier.person


def decide_case(pid: str, handed: HandedOver, *, institution: str, request: Request) -> CaseDecided:
    """Carry the decision out under `VERIFICATION`; the same one again has the same answer.

    Raises:
        Problem: `not-found`, `own-record`, `handover-over`, `entered-by-you`, `entered-by-sponsor`,
            `second-person-needed` of whoever decided on him before, `conflict` where the case was decided otherwise or
            a colleague of the same role has spoken, `version-moved`, `window-closed`, `window-not-open`, `try-again`.
    """
    standing = person_store.standing(pid)
    dossier = load_dossier_to_work_on(request.actor, institution, pid if standing is None else standing.pid)
    return request.once.answer(CaseDecided, lambda: _decide(pid, dossier, handed, institution, request))


def _decide(pid: str, dossier: Dossier, handed: HandedOver, institution: str, request: Request) -> CaseDecided:
    handover = take_handover(handed, institution=institution, request=request)
    if handover.kind not in _KINDS or handover.pid != pid:
        raise Problem(Code.HANDOVER_OVER)
    wish = _Wish(dossier, handover, request)
    return settle_once(handover, _again, lambda: _first(wish))


def _again(settled: SettledCase) -> CaseDecided:
    person = person_store.load(settled.pid)
    return _answer_beside(person) if settled.beside else _answer(person, Outcome.DIPUTUS, moved=False)


def _first(wish: _Wish) -> CaseDecided:
    _require_four_eyes(wish)
    role = wish.request.actor.role
    if role is Role.BKN and wish.request.received >= gate.read_round(wish.person.institution).windows[_WINDOW].closes:
        return _settle_beside(wish)
    if wish.handover.kind is CaseKind.TANGGAPAN or role is Role.BKN:
        return _settle(wish)
    return _say(wish, role)


def _require_four_eyes(wish: _Wish) -> None:
    found = hindrance(wish.dossier, wish.request.actor)
    if found is not None:
        raise Problem(found)
    if any(noted.by == wish.request.actor.id for noted in wish.person.private.decisions):
        raise Problem(Code.SECOND_PERSON_NEEDED, _DECIDED_BY_YOU)


def _say(wish: _Wish, role: Role) -> CaseDecided:
    """Note an opinion on a keberatan, or settle it where the other one thinks so too."""
    other = case_store.find_opinion(wish.handover.case, _OTHER[role])
    if other is not None and other.accepted is wish.handover.accepted and other.by != wish.request.actor.id:
        return _settle(wish)
    before = case_store.find_opinion(wish.handover.case, role)
    if before is not None and before.by != wish.request.actor.id:
        raise Problem(Code.CONFLICT, _SAID)
    opinion = Opinion(wish.handover.case, role, wish.request.actor.id, wish.handover.accepted)
    noted = [case_store.note_opinion(opinion)]
    if other is None or other.accepted is wish.handover.accepted:
        return _commit(wish, wish.person, CaseDeed.OPINE, Outcome.MENUNGGU, noted)
    divided = Divided(wish.handover.case, wish.handover.institution, clock.millis(wish.request.received))
    noted.append(case_store.note_divided(divided))
    return _commit(wish, wish.person, CaseDeed.OPINE, Outcome.BERBEDA, noted)


def _settle(wish: _Wish) -> CaseDecided:
    accepted, kind = wish.handover.accepted, wish.handover.kind
    after = _voided(wish) if accepted else wish.person
    settled = settled_by(wish.handover, wish.person.pid, wish.request)
    return _commit(wish, after, _DEEDS[kind, accepted], Outcome.DIPUTUS, [case_store.settle(settled)])


def _voided(wish: _Wish) -> Person:
    """The record to be judged anew, first in the queue, though nobody may have judged it yet."""
    person, whole = wish.person, frozenset(Criterion)
    if person.is_decided:
        return person.voided(whole, wish.request.received)
    return person.without_verdict_on(whole) if person.state in UNDECIDED else person


def _commit(wish: _Wish, after: Person, deed: CaseDeed, outcome: Outcome, beside: Sequence[Operation]) -> CaseDecided:
    person, request = wish.person, wish.request
    answer = _answer(after, outcome)
    delta = {"case": wish.handover.case, "accepted": wish.handover.accepted}
    try:
        person_store.commit(
            Change(person, after, deed.value, delta, [*beside, *request.once.remember(answer)]),
            round_=gate.read_round(person.institution),
            window=_WINDOW,
            received=request.received,
            actor=request.actor.id,
        )
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost
    return answer


def _settle_beside(wish: _Wish) -> CaseDecided:
    """Note bkn's decision beside a record that moves no more (domain.md, section 8, *annotations*)."""
    person, request = wish.person, wish.request
    answer = _answer_beside(person)
    settled = case_store.settle(settled_by(wish.handover, person.pid, request, beside=True))
    annotation = Annotation(
        case=wish.handover.case,
        kind=wish.handover.kind,
        by=request.actor.id,
        role=request.actor.role,
        at=clock.millis(request.received),
        accepted=wish.handover.accepted,
    )
    noted = annotation_store.annotate(person.pid, annotation)
    link = access_log.link_of_person(person, request.actor, CaseDeed.ANNOTATE.value, request.received)
    if not ungated.commit([settled, noted, *link, *request.once.remember(answer)]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return answer


def _answer(person: Person, outcome: Outcome, *, moved: bool = True) -> CaseDecided:
    v, state = person.v + int(moved), person.state
    return CaseDecided(v=v, state=state, outcome=outcome, message=_TOLD[outcome])


def _answer_beside(person: Person) -> CaseDecided:
    return CaseDecided(v=person.v, state=person.state, outcome=Outcome.DIPUTUS, message=_TOLD_BESIDE)
