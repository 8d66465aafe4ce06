"""An accepted usulan becomes a draft (domain.md, section 3, *Cases*), which the operator completes as any other.

Where somebody of the institution turns out to stand under a mistyped NIK, the right one is asked for him instead.
"""

from dataclasses import replace
from datetime import date

from services.kernel.aws.dynamodb import Operation
from services.kernel.cases import UsulanOutcome
from services.kernel.cases.handover import Handover
from services.kernel.cases.number import case_number_in_groups
from services.kernel.security import privacy
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.access.scope import load_to_work_on, require_unit
from services.registration.adapters import case_store, person_store
from services.registration.cases.check_proposed import check_proposed, draft_of
from services.registration.cases.deeds import CaseDeed
from services.registration.cases.settled import settle_once, settled_by
from services.registration.cases.take_handover import HandedOver, take_handover, usulan_of
from services.registration.model.case import SettledCase
from services.registration.model.person import Person
from services.registration.nik_corrections.request_nik_correction import NikWish, ask_for_nik
from services.registration.people.commit_new import Entry, commit_new
from services.registration.people.entered_view import Entered, EnteredView, entered, view_entered
from services.registration.settings import lookup_key


class DraftWish(HandedOver):
    """Make a draft; or, with `person` and the version that was shown of him, ask for the right NIK of that one."""

    person: str | None = None
    v: int | None = None


def create_draft(wish: DraftWish, *, institution: str, request: Request) -> EnteredView:
    """Carry an accepted usulan out, under `CORRECTION`; the same decision again has the same answer.

    Raises:
        Problem: `not-found` for another institution, `handover-over`, `own-record`, `invalid-fields`, `conflict` where
            the NIK stands in the institution already or the case was decided otherwise; of a NIK that is asked for
            what `request_nik_correction` raises; `window-closed`, `window-not-open`, `try-again`.
    """
    request.actor.require_institution(institution)
    answer = request.once.answer(Entered, lambda: _carry_out(wish, institution, request))
    return view_entered(person_store.load(answer.id), answer)


def _carry_out(wish: DraftWish, institution: str, request: Request) -> Entered:
    handover = take_handover(wish, institution=institution, request=request)
    return settle_once(handover, _again, lambda: _first(wish, handover, request))


def _first(wish: DraftWish, handover: Handover, request: Request) -> Entered:
    gate.read_round(handover.institution).require(Window.CORRECTION, request.received)
    if wish.person is not None and wish.v is not None:
        return _ask_for_nik(wish.person, wish.v, handover, request)
    return entered(_make(handover, request))


def _again(settled: SettledCase) -> Entered:
    return entered(person_store.load(settled.pid))


def _make(handover: Handover, request: Request) -> Person:
    person = draft_of(check_proposed(usulan_of(handover)), handover.institution, request)
    request.actor.require_another(person.pid)
    require_unit(request.actor, person.unit_kerja)

    def beside(stored: Person) -> list[Operation]:
        answer = entered(replace(stored, v=1))
        settled = settled_by(handover, stored.pid, request, UsulanOutcome.DRAF)
        return [case_store.settle(settled), *request.once.remember(answer)]

    return commit_new(person, Entry(Window.CORRECTION, CaseDeed.DRAFT.value, {"case": handover.case}, beside), request)


def _ask_for_nik(pid: str, v: int, handover: Handover, request: Request) -> Entered:
    proposed = usulan_of(handover)
    person = load_to_work_on(request.actor, handover.institution, pid)
    request.actor.require_another(privacy.person_id(lookup_key(), handover.institution, proposed.nik))
    wish = NikWish(
        v=v,
        nik=proposed.nik,
        nama=proposed.nama,
        tanggal_lahir=date.fromisoformat(proposed.tanggal_lahir),
        reason=f"Usulan {case_number_in_groups(handover.case)}",
    )
    answer = entered(replace(person, v=v + 1))
    settled = settled_by(handover, pid, request, UsulanOutcome.NIK)
    told = [case_store.settle(settled), *request.once.remember(answer)]
    ask_for_nik(person, wish, request, told)
    return answer
