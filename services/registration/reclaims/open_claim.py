"""Who reclaims an account whose owner is known has to wait: for the owner, or for two members of staff."""

from datetime import datetime
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor, Role
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.kernel.writes.calendar import Round
from services.registration.adapters import access_log, account_store, reclaim_store, sheet_store
from services.registration.dossiers.biodata import account_of
from services.registration.model.person import Person
from services.registration.model.reclaim import Way
from services.registration.model.reclaim_claim import ANSWER, Claim, Step, first_step
from services.registration.model.sheet import Sheet
from services.registration.reclaims.hand_over_account import Brought
from services.registration.shared.tell_account import tell_reclaim_opened

ACTION: Final = "open-reclaim"
_WAITS = "Permintaan untuk akun ini sudah ada dan masih menunggu. Tanyakan kepada bagian kepegawaian instansi Anda."


class Reclaimed(BaseModel):
    """What was done: the account is his (`LOGIN_ONLY`), and the record his to check and submit (`AT_ONCE`).

    Or who is asked first: the account's owner until `until`, or two members of staff (`OWNER`, `until` null).
    """

    way: Way
    until: datetime | None = None


def claimant(person: Person) -> Actor:
    """In whose name the record's history has it: the person's."""
    return Actor(id=person.pid, role=Role.HONORER, institution=person.institution)


def open_claim(person: Person, brought: Brought, sheet: Sheet, round_: Round, request: Request) -> Reclaimed:
    """Keep the claim, tell the owner, and use the sheet up.

    Raises:
        Problem: `conflict` where one waits already, `version-moved`.
    """
    if reclaim_store.find(person.pid) is not None:
        raise Problem(Code.CONFLICT, _WAITS)
    account, at = account_of(person), request.received
    reachable = bool(account_store.contact(account, person).verified)
    step = first_step(round_, at, reachable=reachable)
    claim = Claim(
        pid=person.pid,
        institution=person.institution,
        v=1,
        step=step,
        at=at,
        until=at + ANSWER,
        printed_by=sheet.printed_by,
        encrypted=reclaim_store.encrypt(brought.stored(), person),
    )
    until = claim.until.astimezone(clock.WIB) if step is Step.OWNER else None
    done = Reclaimed(way=Way.OWNER, until=until)
    operations = [
        reclaim_store.put_new(claim),
        sheet_store.use(sheet, at),
        *tell_reclaim_opened(account, person, claim),
        *access_log.link_of_person(person, claimant(person), ACTION, at),
        *request.once.remember(done),
    ]
    if not ungated.commit(operations):
        raise Problem(Code.VERSION_MOVED)
    return done
