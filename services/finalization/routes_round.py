"""Routes of an institution's way through the round."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from services.finalization.api import ADMIN, BKN, READERS, api
from services.finalization.duty.watch_duty import DutyView, watch_duty
from services.finalization.institution.finalize_institution import finalize_institution
from services.finalization.institution.get_after import get_after
from services.finalization.institution.get_institution import InstitutionView, watch_institution
from services.finalization.institution.list_institutions import (
    MAX_ON_A_PAGE,
    InstitutionList,
    Waiting,
    Wanted,
    list_institutions,
)
from services.finalization.institution.open_round import LARGEST, InstitutionRecord, open_round
from services.finalization.institution.prefinalize_institution import prefinalize_institution
from services.finalization.model.institution import Kind, Ppk
from services.finalization.requests import EmptyIsNone, Explained, Name, Versioned
from services.kernel import clock
from services.kernel.security.sessions import NATIONAL, Actor
from services.kernel.states import Phase
from services.kernel.values.identity import InvalidIdentifier, read_nip
from services.kernel.web.request import Request
from services.kernel.web.watched import Watched


def _nip(text: str) -> str:
    try:
        return read_nip(text).digits
    except InvalidIdentifier as invalid:
        raise ValueError(f"{invalid.code.value}|NIP harus 18 angka yang benar, misalnya 199001012015011001.") from None


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _truth_value(value: object) -> object:
    """Python takes 1 for True; a body must not."""
    return value if isinstance(value, bool) else None


class PpkBody(BaseModel):
    """Who signs the SPTJM; the elected have no NIP."""

    nama: Name
    nip: Annotated[Annotated[str, AfterValidator(_nip)] | None, EmptyIsNone] = None
    jabatan: Name


class InstitutionBody(BaseModel):
    """What BKN records of an institution; `size` is about how many people it expects to list."""

    name: Name
    kind: Annotated[Kind, BeforeValidator(_upper)]
    size: int = Field(ge=1, le=LARGEST)
    ppk: PpkBody | None = None


class FinalizationBody(Versioned):
    """The admin means it; `reason` is why, where its list has not been announced for five days."""

    confirm: Annotated[Literal[True], BeforeValidator(_truth_value)]
    reason: Annotated[Explained | None, EmptyIsNone] = None


class PageQuery(BaseModel):
    """Which page of the institutions, and of which of them."""

    cursor: str | None = Field(default=None, pattern=r"^[0-9]{4}$")
    limit: int = Field(default=MAX_ON_A_PAGE, ge=1, le=MAX_ON_A_PAGE)
    phase: Annotated[Phase | None, EmptyIsNone] = None
    waiting: Annotated[Waiting | None, EmptyIsNone] = None

    def wanted(self) -> Wanted:
        """The page that is wanted."""
        return Wanted(self.cursor, self.limit, self.phase, self.waiting)


@api.route("GET", "/institutions", roles=NATIONAL)
def institutions(query: PageQuery) -> InstitutionList:
    """Every institution's phase, windows and counts."""
    return list_institutions(query.wanted(), clock.now())


@api.route("GET", "/duty", roles=NATIONAL)
def duty() -> Watched[DutyView]:
    """What the duty officer watches on the last evening: locks due and late, letters that wait, errors a minute."""
    return watch_duty(clock.now())


@api.route("PUT", "/institutions/{code}", roles=BKN)
def put_institution(code: str, body: InstitutionBody, request: Request) -> InstitutionView:
    """Open the round for an institution, or correct what is on record about it."""
    ppk = Ppk(body.ppk.nama, body.ppk.nip, body.ppk.jabatan) if body.ppk else None
    record = InstitutionRecord(body.name, body.kind, body.size, ppk)
    return get_after(request, lambda: open_round(code, record, request))


@api.route("GET", "/institutions/{code}", roles=READERS)
def institution(code: str, actor: Actor) -> Watched[InstitutionView]:
    """One institution: phase, windows, counts, checklist, seal, SPTJM."""
    return watch_institution(code, actor, clock.now())


@api.route("POST", "/institutions/{code}/prefinalization", roles=ADMIN)
def prefinalization(code: str, body: Versioned, request: Request) -> InstitutionView:
    """Freeze the list for uji publik; entry closes now."""
    return get_after(request, lambda: prefinalize_institution(code, body.v, request))


@api.route("POST", "/institutions/{code}/finalization", roles=ADMIN)
def finalization(code: str, body: FinalizationBody, request: Request) -> InstitutionView:
    """End the round early; the lock follows when what is in flight is through."""
    return get_after(request, lambda: finalize_institution(code, body.reason, body.v, request))
