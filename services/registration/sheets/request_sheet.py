"""A member of staff asks for a sheet for somebody who has an account; a second one has to agree (section 3)."""

from typing import Final

from pydantic import BaseModel

from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.access.scope import load_to_work_on
from services.registration.adapters import access_log, sheet_request_store
from services.registration.model.person import Person
from services.registration.model.sheet_request import SheetRequest
from services.registration.sheets.who_needs_one import require_listed

ACTION: Final = "request-sheet"
_NO_ACCOUNT = "Orang ini belum punya akun: cetak lembarnya langsung, tanpa persetujuan petugas kedua."
_ASKED = "Lembar ini sudah diminta dan menunggu persetujuan petugas kedua."


class SheetRequested(BaseModel):
    """That it waits for a second one."""

    waiting: bool = True


def request_sheet(pid: str, *, institution: str, request: Request) -> SheetRequested:
    """Keep the request.

    Raises:
        Problem: `not-found`, `own-record`, `illegal-transition`, `conflict` without an account and where one waits.
    """
    person = load_to_work_on(request.actor, institution, pid)
    require_listed(person)
    if not person.has_account:
        raise Problem(Code.CONFLICT, _NO_ACCOUNT)
    return request.once.answer(SheetRequested, lambda: _keep(person, request))


def _keep(person: Person, request: Request) -> SheetRequested:
    by, at = request.actor, request.received
    if sheet_request_store.find_open(person.pid, at) is not None:
        raise Problem(Code.CONFLICT, _ASKED)
    wish = SheetRequest(person.pid, by.id, by.role, by.units, by.own, at)
    logged = access_log.link_of_person(person, by, ACTION, at)
    if not ungated.commit([sheet_request_store.put(wish), *logged, *request.once.remember(SheetRequested())]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return SheetRequested()
