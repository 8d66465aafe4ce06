"""Who made his account without a sheet types the code of one later: his account has the assurance `LEMBAR` then."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.problems import Code, Problem
from services.kernel.states import Assurance
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost
from services.registration.accounts.sheet_codes import find_sheet, require_tries, wrong_sheet_problem
from services.registration.adapters import person_store, sheet_store
from services.registration.dossiers.assure import assure
from services.registration.model.assurance import is_assured
from services.registration.model.dossier import Change, Dossier
from services.registration.model.sheet import Sheet

ACTION = "type-sheet"
_PASSED = "Akun Anda sudah dipastikan, jadi lembar ini tidak diperlukan lagi."


class OwnSheet(BaseModel):
    """The ten letters and digits of the sheet, with or without dashes, on the version of the record he saw."""

    v: int
    code: Annotated[str, Field(max_length=40)]


class Assured(BaseModel):
    """The record's version then, and its account's assurance."""

    v: int
    assurance: Assurance


def confirm_own_sheet(typed: OwnSheet, request: Request) -> Assured:
    """Use the sheet up and give the account its assurance. It is the person's deed, so under `DOSSIER`.

    Raises:
        Problem: `invalid-fields` for a code that opens nothing here, `conflict` where the account has assurance,
            `throttled`, `version-moved`, `window-closed`, `window-not-open`.
    """
    return request.once.answer(Assured, lambda: _type(typed, request))


def _type(typed: OwnSheet, request: Request) -> Assured:
    dossier = person_store.load_dossier(request.actor.id)
    person = dossier.person
    round_ = gate.read_round(person.institution)
    round_.require(Window.DOSSIER, request.received)
    if is_assured(person):
        raise Problem(Code.CONFLICT, _PASSED)
    require_tries(person.pid, request.caller.network)
    person.require_version(typed.v)
    change = _change(dossier, _right_sheet(person.pid, typed.code, request), request)
    try:
        person_store.commit(
            change, round_=round_, window=Window.DOSSIER, received=request.received, actor=request.actor.id
        )
    except ConditionLost as lost:
        raise (wrong_sheet_problem() if sheet_store.SHEET in lost.failed else Problem(Code.VERSION_MOVED)) from lost
    return Assured(v=person.v + 1, assurance=change.after.assurance)


def _right_sheet(pid: str, code: str, request: Request) -> Sheet:
    sheet = find_sheet(pid, code, request.received)
    if sheet is None or sheet.opens_login_only:
        raise wrong_sheet_problem()
    return sheet


def _change(dossier: Dossier, sheet: Sheet, request: Request) -> Change:
    person = dossier.person
    after = assure(dossier, Assurance.LEMBAR, request.received)
    delta = {"assurance": [person.assurance.value, after.assurance.value], "printed_by": sheet.printed_by}
    answer = Assured(v=person.v + 1, assurance=after.assurance)
    extra = [sheet_store.use(sheet, request.received), *request.once.remember(answer)]
    return Change(person, after, ACTION, delta, extra)
