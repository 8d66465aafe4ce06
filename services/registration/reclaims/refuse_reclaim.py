"""The owner of an account says that it is his; then two members of staff look at both of them."""

from dataclasses import replace
from typing import Final

from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.adapters import access_log, person_store, reclaim_store
from services.registration.model.reclaim_claim import STEPS, Deed
from services.registration.own_account.own_claim import OwnClaim, view_own_claim

ACTION: Final = "refuse-reclaim"
_NOTHING = "Tidak ada yang meminta akun ini, atau petugas instansi sudah memutuskannya."


def refuse_reclaim(request: Request) -> OwnClaim:
    """Refuse; a second press changes nothing.

    Raises:
        Problem: `conflict` where nothing waits for him any more, `try-again`.
    """
    return request.once.answer(OwnClaim, lambda: _refuse(request))


def _refuse(request: Request) -> OwnClaim:
    actor, at = request.actor, request.received
    claim = reclaim_store.find(actor.id)
    if claim is None or not claim.may_refuse(at):
        raise Problem(Code.CONFLICT, _NOTHING)
    after = replace(claim, step=STEPS.after(claim.step, Deed.OWNER_REFUSES))
    refused = view_own_claim(after, at)
    logged = access_log.link_of_person(person_store.load(actor.id), actor, ACTION, at)
    if not ungated.commit([reclaim_store.change(after), *logged, *request.once.remember(refused)]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return refused
