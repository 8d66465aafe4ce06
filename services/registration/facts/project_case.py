"""Keep how a case stands at announcements; whom a tanggapan is about is told, once, and so counts as heard.

Facts come in any order and more than once: what is known of a later version stays. He is told where he can be reached
at what he himself showed to be his, and where it is sure that the account is his; else he is told on his own page, or
by his unit (domain.md, section 3, *Cases*).
"""

from collections.abc import Sequence
from datetime import datetime

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.cases import CaseKind, CaseLevel
from services.kernel.events.facts import CaseMoved
from services.kernel.notices.catalogue import Recipient, RecipientKind
from services.kernel.problems import Code, Problem
from services.kernel.writes import ungated
from services.registration.access.own_view import deeds_count
from services.registration.adapters import account_store, case_store, person_store
from services.registration.model.case import Heard, KnownCase
from services.registration.model.person import Person
from services.registration.notices.find_contact import find_contact
from services.registration.shared.tell_person import tell_tanggapan


def project_case(fact: CaseMoved) -> None:
    """Store it, and tell whom it is about.

    Raises:
        Problem: `try-again` when others keep writing the same case; the fact comes again.
    """
    for _ in range(ungated.MAX_TRIES):
        before = case_store.find_known(fact.case)
        if before is not None and before.v >= fact.v:
            return
        person = person_store.standing(fact.pid) if fact.pid else None
        now = clock.now()
        case = _known(fact, person, before, clock.millis(now))
        if ungated.commit([*case_store.keep_known(case), *_told(case, person, now, already=fact.heard)]):
            return
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _known(fact: CaseMoved, person: Person | None, before: KnownCase | None, now: int) -> KnownCase:
    return KnownCase(
        number=fact.case,
        kind=fact.kind,
        institution=fact.institution,
        state=fact.state,
        level=fact.level,
        due_at=None if fact.due_at is None else clock.millis(fact.due_at),
        pid=None if person is None else person.pid,
        v=fact.v,
        of_office=fact.level is CaseLevel.INSTANSI or (before is not None and before.of_office),
        since=now if before is None else before.since,
    )


def _told(case: KnownCase, person: Person | None, at: datetime, *, already: bool) -> Sequence[Operation]:
    """That he is told now, or was `already` without us: by a paper, or because he read of it."""
    if person is None or case.kind is not CaseKind.TANGGAPAN or not case.is_open:
        return []
    if case_store.find_heard(case.number) is not None:
        return []
    heard = Heard(case.number, case.institution, person.pid, clock.millis(at))
    if already:
        return [case_store.hear(heard)]
    if not _is_reached(person):
        return []
    return [case_store.hear(heard), *tell_tanggapan(person, case.number, at)]


def _is_reached(person: Person) -> bool:
    if not person.has_account or not deeds_count(person):
        return False
    contact = find_contact(Recipient(RecipientKind.PERSON, account_store.account_id(person.row["nik"])))
    return contact is not None and contact.email is not None
