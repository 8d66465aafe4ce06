"""The bodies and queries of this service's routes."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, Field, StringConstraints

from services.finalization.institution.grant_extension import Movable
from services.finalization.institution.list_institutions import MOST
from services.finalization.institution.model import Kind
from services.finalization.institution.open_round import LARGEST
from services.finalization.sptjm.decide_sptjm import Decision
from services.kernel.identity import InvalidIdentifier, read_nip


def _nip(text: str) -> str:
    try:
        return read_nip(text).digits
    except InvalidIdentifier as invalid:
        raise ValueError(f"{invalid.code.value}|NIP harus 18 angka yang benar, misalnya 199001012015011001.") from None


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Nip = Annotated[str, AfterValidator(_nip)]


class Versioned(BaseModel):
    """A request about an institution; `v` is the version its sender saw, if he says."""

    v: int | None = None


class PpkBody(BaseModel):
    """Who signs the SPTJM; the elected have no NIP."""

    nama: Line
    nip: Annotated[Nip | None, BeforeValidator(_empty_is_none)] = None
    jabatan: Line


class CardBody(BaseModel):
    """What BKN records of an institution; `size` is about how many people it expects to list."""

    name: Line
    kind: Annotated[Kind, BeforeValidator(_upper)]
    size: int = Field(ge=1, le=LARGEST)
    ppk: PpkBody | None = None


class FinalizationBody(Versioned):
    """The admin means it."""

    confirm: Literal[True]


class LetterBody(BaseModel):
    """The institution's letter."""

    number: Line
    date: date


class ExtensionBody(Versioned):
    """Which windows close when, against which letter."""

    windows: dict[Movable, AwareDatetime] = Field(min_length=1)
    letter: LetterBody


class SptjmBody(Versioned):
    """The accepted upload that is the signed statement, and the number as it is printed on the paper."""

    file: str = Field(max_length=120)
    number: Line


class SptjmDecisionBody(Versioned):
    """What BKN decides about it."""

    decision: Decision
    reason: Annotated[Paragraph | None, BeforeValidator(_empty_is_none)] = None


class CalendarQuery(BaseModel):
    """Whose calendar; nobody's means the one every institution starts with."""

    institution: str | None = None


class PageQuery(BaseModel):
    """Which page of a list."""

    cursor: str | None = Field(default=None, pattern=r"^[0-9]{4}$")
    limit: int = Field(default=MOST, ge=1, le=MOST)
