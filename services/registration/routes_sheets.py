"""Routes of the institution: activation sheets, the counter, and the lists that a unit works through."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.security.sessions import Actor, Role
from services.kernel.web.replies import Redirect, see_other
from services.kernel.web.request import Request
from services.kernel.web.watched import Watched
from services.registration.access.staff_roles import (
    OWNER_SHEET_PRINTERS,
    OWNER_SHEET_SEEKERS,
    SHEET_PRINTERS,
    STEP_READERS,
    VOUCHERS,
)
from services.registration.api import api
from services.registration.counter.confirm_identity import Vouched, Vouching, confirm_identity
from services.registration.counter.get_steps import PersonSteps, get_steps
from services.registration.model.unit import LONGEST_NAME
from services.registration.sheets.confirm_own_sheet import Assured, OwnSheet, confirm_own_sheet
from services.registration.sheets.count_sheets import SheetCount, count_sheets
from services.registration.sheets.create_printing import SheetOrder, create_printing
from services.registration.sheets.decide_sheet import SheetDecided, SheetRuling, decide_sheet
from services.registration.sheets.hand_out_sheets import hand_out_sheets
from services.registration.sheets.printing_view import PrintingList, PrintingView, list_printings, watch_printing
from services.registration.sheets.request_sheet import SheetRequested, request_sheet
from services.registration.unit_lists.list_unit import ListKind, UnitListPage, UnitListQuery, list_unit


class SheetCountQuery(BaseModel):
    """Where to go on with a count."""

    cursor: Annotated[str, Field(max_length=100)] | None = None


class UnitListsQuery(BaseModel):
    """Which list, of which unit, and where to go on."""

    kind: ListKind
    unit: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    cursor: Annotated[str, Field(max_length=100)] | None = None


class PartQuery(BaseModel):
    """Which PDF of a printing, from 0 on."""

    part: Annotated[int, Field(ge=0, le=10_000)] = 0


@api.route("GET", "/institutions/{code}/sheets", roles=SHEET_PRINTERS)
def sheets(code: str, actor: Actor, received: datetime) -> PrintingList:
    """What the caller had printed lately."""
    return list_printings(institution=code, actor=actor, now=received)


@api.route("POST", "/institutions/{code}/sheets", roles=SHEET_PRINTERS, status=201)
def sheets_new(code: str, body: SheetOrder, request: Request) -> PrintingView:
    """Order activation sheets, of a unit or for one person."""
    return create_printing(body, institution=code, request=request)


@api.route("GET", "/institutions/{code}/sheets/{identifier}", roles=SHEET_PRINTERS)
def sheets_status(code: str, identifier: str, actor: Actor, received: datetime) -> Watched[PrintingView]:
    """How far a printing is, and its PDFs."""
    return watch_printing(identifier, institution=code, actor=actor, now=received)


@api.route("GET", "/institutions/{code}/sheets/{identifier}/pdf", roles=SHEET_PRINTERS)
def sheets_pdf(code: str, identifier: str, query: PartQuery, actor: Actor, received: datetime) -> Redirect:
    """One PDF of a printing, under a link of five minutes; who fetches it is written down."""
    return see_other(hand_out_sheets(identifier, query.part, institution=code, actor=actor, received=received))


@api.route("GET", "/institutions/{code}/sheet-counts", roles=SHEET_PRINTERS)
def sheet_counts(code: str, query: SheetCountQuery, actor: Actor, received: datetime) -> SheetCount:
    """How many people of each unit have a sheet, and how many used one."""
    return count_sheets(institution=code, actor=actor, cursor=query.cursor, received=received)


@api.route("GET", "/institutions/{code}/unit-lists", roles=SHEET_PRINTERS)
def unit_lists(code: str, query: UnitListsQuery, actor: Actor, received: datetime) -> UnitListPage:
    """Who of a unit is to be told something at his desk, part by part."""
    wanted = UnitListQuery(query.kind, query.unit.strip(), query.cursor)
    return list_unit(wanted, institution=code, actor=actor, received=received)


@api.route("POST", "/institutions/{code}/people/{person}/sheet-requests", roles=OWNER_SHEET_SEEKERS, status=201)
def person_sheet_wanted(code: str, person: str, request: Request) -> SheetRequested:
    """Ask for a sheet for somebody who has an account."""
    return request_sheet(person, institution=code, request=request)


@api.route("POST", "/institutions/{code}/people/{person}/sheet-requests/decision", roles=OWNER_SHEET_PRINTERS)
def person_sheet_decided(code: str, person: str, body: SheetRuling, request: Request) -> SheetDecided:
    """Agree to it as the second one, or let it be."""
    return decide_sheet(person, body, institution=code, request=request)


@api.route("POST", "/institutions/{code}/people/{person}/identity", roles=VOUCHERS)
def person_identity(code: str, person: str, body: Vouching, request: Request) -> Vouched:
    """Say at the counter who somebody is."""
    return confirm_identity(person, body, institution=code, request=request)


@api.route("GET", "/institutions/{code}/people/{person}/steps", roles=STEP_READERS)
def person_steps(code: str, person: str, actor: Actor, received: datetime) -> PersonSteps:
    """How far a person is, for the help desk."""
    return get_steps(person, institution=code, actor=actor, received=received)


@api.route("POST", "/me/sheet", roles=frozenset({Role.HONORER}))
def me_sheet(body: OwnSheet, request: Request) -> Assured:
    """Type the code of an activation sheet that came after the account."""
    return confirm_own_sheet(body, request)
