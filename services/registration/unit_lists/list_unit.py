"""Who of a unit is to be told something at his desk: the lists that a unit prints and works through.

They hold names, registration numbers and what is lacking, no NIK and no birth date: paper lies about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from pydantic import BaseModel

from services.kernel.aws.dynamodb import Busy, Item
from services.kernel.documents import DocumentType
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.states import PersonState
from services.kernel.values.units import is_among
from services.kernel.web.languages import Sentence
from services.registration.access.scope import in_scope, require_unit
from services.registration.adapters import (
    account_store,
    person_items,
    person_store,
    roster_store,
    sheet_store,
    unit_store,
)
from services.registration.dossiers.biodata import account_of
from services.registration.dossiers.completeness import missing
from services.registration.model.person import Person
from services.registration.model.sheet import Sheet
from services.registration.people import sweep
from services.registration.people.find_listed import LISTED
from services.registration.sheets.sheet_view import SheetState, state_of

AT_ONCE: Final = 50
"""People of an answer that are looked at closely: each one's dossier is read."""


class ListKind(StrEnum):
    """Which list."""

    BELUM_AKUN = "BELUM_AKUN"
    """Who has no account yet."""
    DIKEMBALIKAN = "DIKEMBALIKAN"
    """Whose record was handed back to him."""
    BERKAS_KURANG = "BERKAS_KURANG"
    """Who has an account and lacks papers, with which."""
    BERI_TAHU = "BERI_TAHU"
    """Who has an account and no contact that was verified: nobody can write to him."""


_WORKING: Final = frozenset({PersonState.AKUN_DIBUAT, PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN})
_STATES: Final[Mapping[ListKind, frozenset[PersonState]]] = {
    ListKind.BELUM_AKUN: LISTED - {PersonState.AKUN_DIBUAT},
    ListKind.DIKEMBALIKAN: frozenset({PersonState.DIKEMBALIKAN}),
    ListKind.BERKAS_KURANG: _WORKING,
    ListKind.BERI_TAHU: LISTED - {PersonState.TERDAFTAR},
}


class ToldPerson(BaseModel):
    """Somebody on the list: `sheet` says where he stands with his activation sheet, `lacking` which papers lack."""

    id: str
    nama: str
    nomor_registrasi: str
    unit_kerja: str
    state: PersonState
    sheet: SheetState
    lacking: list[Sentence]


class UnitListPage(BaseModel):
    """A part of the list, by state and name; with a `cursor` whoever asks goes on, even where a part holds nobody."""

    items: list[ToldPerson]
    looked: int
    cursor: str | None


@dataclass(frozen=True)
class UnitListQuery:
    """Which list of which unit and all below it ("": of everybody in reach), and where to go on."""

    kind: ListKind
    unit: str = ""
    cursor: str | None = None


def list_unit(
    query: UnitListQuery, *, institution: str, actor: Actor, received: datetime, most: int = AT_ONCE
) -> UnitListPage:
    """One part of the list, of the actor's units; `most` are looked at closely for it.

    Raises:
        Problem: `not-found` for another institution or one without a round, `invalid-fields` for a unit that is not
            his, `malformed` for a cursor of no use, `try-again` when DynamoDB is busy.
    """
    actor.require_institution(institution)
    if query.unit:
        require_unit(actor, query.unit)
    names = unit_store.load(institution).spelled_out([query.unit]) if query.unit else ()
    states = sweep.occupied(institution, but=frozenset(PersonState) - _STATES[query.kind], cursor=query.cursor)
    found, last, looked = list[Item](), None, 0
    for outline in sweep.outlines(institution, states, cursor=query.cursor):
        if looked == sweep.MAX_LOOKED_AT or len(found) == most:
            break
        if in_scope(actor, outline["unit"]) and (not names or is_among(outline["unit"], names)):
            found.append(outline)
        last, looked = outline, looked + 1
    else:
        last = None
    items = _told(found, query.kind, received)
    return UnitListPage(items=items, looked=looked, cursor=sweep.cursor_of(last) if last else None)


def _told(outlines: Sequence[Item], kind: ListKind, at: datetime) -> list[ToldPerson]:
    try:
        people = [person_items.to_person(root) for root in roster_store.roots(outlines)]
        sheets = sheet_store.load_many([person.pid for person in people])
    except Busy as busy:
        raise Problem(Code.TRY_AGAIN, retry_after=1) from busy
    told = (_tell(person, sheets.get(person.pid), kind, at) for person in people if person.state in _STATES[kind])
    return [one for one in told if one is not None]


def _tell(person: Person, sheet: Sheet | None, kind: ListKind, at: datetime) -> ToldPerson | None:
    """The person as the list tells of him; None where he is not one of it."""
    lacking = lacking_papers(person.pid) if kind is ListKind.BERKAS_KURANG and person.has_account else []
    if not _BELONGS[kind](person, lacking):
        return None
    return ToldPerson(
        id=person.pid,
        nama=person.nama,
        nomor_registrasi=person.registration_number,
        unit_kerja=person.unit_kerja,
        state=person.state,
        sheet=state_of(person, sheet, at),
        lacking=lacking,
    )


def lacking_papers(pid: str) -> list[str]:
    """Which papers somebody still has to send, in words."""
    found = missing(person_store.load_dossier(pid))
    return [one.text for one in found if one.code in DocumentType.__members__]


def _cannot_be_written_to(person: Person) -> bool:
    return person.has_account and not account_store.contact(account_of(person), person).verified


_BELONGS: Final[Mapping[ListKind, Callable[[Person, list[str]], bool]]] = {
    ListKind.BELUM_AKUN: lambda person, _: not person.has_account,
    ListKind.DIKEMBALIKAN: lambda _person, _lacking: True,
    ListKind.BERKAS_KURANG: lambda _, lacking: bool(lacking),
    ListKind.BERI_TAHU: lambda person, _: _cannot_be_written_to(person),
}
