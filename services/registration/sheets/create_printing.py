"""Order activation sheets: for whoever of a unit has none yet, or a new one for one person (domain.md, section 3)."""

import secrets
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.sessions import Actor
from services.kernel.values.texts import clean_text
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.kernel.writes.calendar import Window, closed_problem
from services.registration.access.scope import load_to_work_on, require_unit
from services.registration.adapters import access_log, printing_store, unit_store
from services.registration.model.printing import Printing, PrintMessage
from services.registration.model.unit import LONGEST_NAME
from services.registration.sheets.printing_view import PrintingView, view_printing
from services.registration.sheets.who_needs_one import require_printable

_BOTH = "Pilih satu: unit kerja, atau satu orang."


class SheetOrder(BaseModel):
    """What is to be printed: of a unit and all below it, of everybody in reach (neither), or for one person."""

    unit: Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(clean_text)] = ""
    person: Annotated[str, Field(max_length=100)] | None = None


def create_printing(order: SheetOrder, *, institution: str, request: Request) -> PrintingView:
    """Note the order and hand it to the queue. Until the account window has closed; printing ahead of it is allowed.

    Raises:
        Problem: `not-found`, `own-record`, `account-exists`, `illegal-transition`, `invalid-fields`, `window-closed`,
            `try-again`.
    """
    request.actor.require_institution(institution)
    ordered = request.once.answer(PrintingView, lambda: _order(order, institution, request))
    printing_store.send([PrintMessage(printing=ordered.id)])
    return ordered


def _order(order: SheetOrder, institution: str, request: Request) -> PrintingView:
    if order.unit and order.person:
        raise invalid_problem("unit", "one-of", _BOTH)
    until = gate.read_round(institution).windows[Window.DOSSIER].closes
    if request.received >= until:
        raise closed_problem(Window.DOSSIER, until)
    logged = _require_and_log(order, institution, request)
    printing = _printing(order, institution, request)
    ordered = view_printing(printing, request.received)
    if not ungated.commit([printing_store.put_new(printing), *logged, *request.once.remember(ordered)]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return ordered


def _require_and_log(order: SheetOrder, institution: str, request: Request) -> list[Operation]:
    """Refuse what he may not print; the link that says whom he had a sheet printed for goes to that person's record."""
    actor, at = request.actor, request.received
    if order.person:
        person = load_to_work_on(actor, institution, order.person)
        require_printable(person)
        return access_log.link_of_person(person, actor, "print-sheet", at)
    if order.unit:
        require_unit(actor, order.unit)
    return access_log.link_of_lists(institution, actor, "order-sheets", at, {"unit": order.unit})


def _printing(order: SheetOrder, institution: str, request: Request) -> Printing:
    actor: Actor = request.actor
    return Printing(
        id=secrets.token_hex(16),
        institution=institution,
        by=actor.id,
        role=actor.role,
        at=request.received,
        unit=order.unit,
        names=unit_store.load(institution).spelled_out([order.unit]) if order.unit else (),
        pid=order.person,
        units=actor.units,
        own=actor.own,
    )
