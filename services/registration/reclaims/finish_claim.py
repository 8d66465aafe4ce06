"""An owner who was silent for 72 hours: the account goes to the claimant when either of them signs in next.

A sign-in lasts 12 hours at most, so nobody uses the account for longer without this being asked.
"""

from pydantic import BaseModel

from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.registration.adapters import account_store, person_store, reclaim_store
from services.registration.model.reclaim_claim import STEPS, Claim, Deed, Step
from services.registration.reclaims.hand_over_account import Brought, Handing, hand_over_account
from services.registration.reclaims.open_claim import claimant


class CarriedOut(BaseModel):
    """That it was done, for a retry: the sign-in goes on all the same."""

    step: Step


def finish_claim(login: str, request: Request) -> None:
    """Hand the account over that somebody signs in to, if its time has come.

    Raises:
        Problem: `version-moved` when others were faster at every try.
    """
    account = account_store.load(account_store.account_id(login))
    if account is None or account.pid is None:
        return
    for _ in range(ungated.MAX_TRIES):
        claim = reclaim_store.find(account.pid)
        if claim is None or not claim.is_due(request.received):
            return
        try:
            _carry_out(claim, request)
        except Problem as problem:
            if problem.code is not Code.VERSION_MOVED:
                raise
        else:
            return
    raise Problem(Code.VERSION_MOVED)


def _carry_out(claim: Claim, request: Request) -> None:
    done = CarriedOut(step=STEPS.after(claim.step, Deed.SILENCE))
    dossier = person_store.load_dossier(claim.pid)
    person = dossier.person
    brought = Brought.of(reclaim_store.decrypt(claim, person))
    traced = {"printed_by": claim.printed_by, "silence": True}
    operations = [reclaim_store.end(claim), *request.once.remember(done)]
    handing = Handing(claimant(person), request.received, traced, operations)
    hand_over_account(dossier, brought, gate.read_round(person.institution), handing)
