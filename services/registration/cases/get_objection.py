"""Whether, and until when, a person may object to his verdict (domain.md, section 3, *Cases*), and the cases about him.

The days run from when he was told: by the notice of the decision, where he had an account with a contact that is his by
then, else from when he first saw it here. So looking here is noted, and of a tanggapan it counts as having heard.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.cases import CaseKind, CaseState
from services.kernel.cases.objection import Objection, sign_objection
from services.kernel.notices.catalogue import Recipient, RecipientKind
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.states import PersonState
from services.kernel.working_days import end_of_working_day
from services.kernel.writes import ungated
from services.registration.access.own_view import own_view
from services.registration.adapters import account_store, case_store, person_store
from services.registration.model.case import Heard, KnownCase
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.notices.find_contact import find_contact
from services.registration.settings import files_key
from services.registration.shared.annotation_views import AnnotationView, view_annotations
from services.registration.shared.case_views import PersonCase, view_cases

WORKING_DAYS: Final = 21
"""From being told (UU 30/2014)."""


class ObjectionView(BaseModel):
    """`token` lets him object until `until`; none where no verdict turns him down, its days are over, or he has.

    `cases` are those about him, the latest first; a tanggapan only where it is sure that the account is his.
    `annotations` stand beside his sealed record, among them why his data cannot be deleted.
    """

    token: str | None
    until: datetime | None
    cases: list[PersonCase]
    annotations: list[AnnotationView]


def get_objection(actor: Actor, received: datetime) -> ObjectionView:
    """The view, for the person himself.

    Raises:
        Problem: `unauthenticated` for a record that was left for another NIK; `try-again`.
    """
    dossier = person_store.load_dossier(actor.id)
    if dossier.person.successor is not None:
        raise Problem(Code.UNAUTHENTICATED)
    shown = own_view(dossier)
    _hear(dossier.person, shown.cases, received)
    until = _until(dossier, received)
    is_offered = until is not None and received < until
    return ObjectionView(
        token=_sign(dossier.person, until) if until is not None and is_offered else None,
        until=until,
        cases=view_cases(shown.cases),
        annotations=view_annotations(shown.annotations),
    )


def _hear(person: Person, shown: Iterable[KnownCase], at: datetime) -> None:
    for case in shown:
        if case.kind is CaseKind.TANGGAPAN and case.is_open and case_store.find_heard(case.number) is None:
            ungated.commit([case_store.hear(Heard(case.number, case.institution, person.pid, clock.millis(at)))])


def _until(dossier: Dossier, received: datetime) -> datetime | None:
    person = dossier.person
    decided = person.decided_at
    if decided is None or person.state is not PersonState.TIDAK_MEMENUHI_SYARAT or _has_objected(dossier, decided):
        return None
    return end_of_working_day(_told_at(person, decided, received), WORKING_DAYS)


def _has_objected(dossier: Dossier, decided: int) -> bool:
    """Whether he did since this verdict was given, unless he took it back."""
    taken_back = frozenset({CaseState.DICABUT, CaseState.KEDALUWARSA})
    return any(
        case.kind is CaseKind.KEBERATAN and case.since >= decided and case.state not in taken_back
        for case in dossier.cases
    )


def _told_at(person: Person, decided: int, received: datetime) -> datetime:
    if _was_written_to(person, decided):
        return clock.from_millis(decided)
    seen = case_store.first_seen(person.pid, decided)
    if seen is not None:
        return clock.from_millis(seen)
    ungated.commit([case_store.note_seen(person.pid, decided, clock.millis(received))])
    return received


def _was_written_to(person: Person, decided: int) -> bool:
    """Whether he had an account when it was decided, and can be written to at what is his."""
    had_account = any(step.state is PersonState.AKUN_DIBUAT and step.at < decided for step in person.private.progress)
    contact = find_contact(Recipient(RecipientKind.PERSON, account_store.account_id(person.row["nik"])))
    return had_account and contact is not None and contact.email is not None


def _sign(person: Person, until: datetime) -> str:
    said = Objection(
        pid=person.pid,
        institution=person.institution,
        decided=person.decided_at or 0,
        until=clock.millis(until),
    )
    return sign_objection(files_key(), said)
