"""The bodies and queries of this service's routes."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from services.finalization.institution.extending import Movable
from services.finalization.institution.extension_states import ExtensionState
from services.finalization.institution.list_institutions import MOST, Waiting, Wanted
from services.finalization.institution.model import Kind, Letter
from services.finalization.institution.open_round import LARGEST
from services.finalization.sptjm.decide_sptjm import Decision
from services.kernel import clock
from services.kernel.calendar import Span, Window
from services.kernel.dates import DayField
from services.kernel.identity import InvalidIdentifier, read_nip
from services.kernel.personal_number_texts import refuse_personal_number
from services.kernel.states import Phase
from services.kernel.texts import clean_paragraph, clean_text


def _nip(text: str) -> str:
    try:
        return read_nip(text).digits
    except InvalidIdentifier as invalid:
        raise ValueError(f"{invalid.code.value}|NIP harus 18 angka yang benar, misalnya 199001012015011001.") from None


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


def _truth_value(value: object) -> object:
    """Python takes 1 for True; a body must not."""
    return value if isinstance(value, bool) else None


def _storable(instant: datetime) -> datetime:
    """In whole milliseconds, as it is stored and compared; a year that nobody can mean is refused."""
    if not _YEARS[0] <= instant.year <= _YEARS[1]:
        raise ValueError(f"year|Tahun harus antara {_YEARS[0]} dan {_YEARS[1]}.")
    return clock.from_millis(clock.millis(instant))


def _with_what_it_takes(windows: dict[Window, datetime]) -> dict[Window, datetime]:
    if not {Window.CORRECTION, Window.VERIFICATION} <= windows.keys():
        raise ValueError("missing|Isi waktu penutupan untuk CORRECTION dan VERIFICATION.")
    return windows


_YEARS = (2000, 2199)

Instant = Annotated[AwareDatetime, AfterValidator(_storable)]
_Given = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[_Given, Field(max_length=200), AfterValidator(clean_text)]
Name = Annotated[Line, AfterValidator(refuse_personal_number)]
"""A name or title that others read: on the public pages, on the SPTJM."""
Paragraph = Annotated[_Given, Field(max_length=2000), AfterValidator(clean_paragraph)]
Nip = Annotated[str, AfterValidator(_nip)]


class Versioned(BaseModel):
    """A request about an institution; `v` is the version its sender saw, if he says."""

    v: int | None = None


class PpkBody(BaseModel):
    """Who signs the SPTJM; the elected have no NIP."""

    nama: Name
    nip: Annotated[Nip | None, BeforeValidator(_empty_is_none)] = None
    jabatan: Name


class CardBody(BaseModel):
    """What BKN records of an institution; `size` is about how many people it expects to list."""

    name: Name
    kind: Annotated[Kind, BeforeValidator(_upper)]
    size: int = Field(ge=1, le=LARGEST)
    ppk: PpkBody | None = None


class FinalizationBody(Versioned):
    """The admin means it."""

    confirm: Annotated[Literal[True], BeforeValidator(_truth_value)]


class LetterBody(BaseModel):
    """A letter; `file` is the institution's accepted upload of type SURAT."""

    number: Line
    date: DayField
    file: Annotated[str | None, Field(max_length=120), BeforeValidator(_empty_is_none)] = None

    def letter(self) -> Letter:
        """The letter as it is put on record."""
        return Letter(self.number, self.date, self.file)


class SpanBody(BaseModel):
    """From `opens` (included) to `closes` (excluded)."""

    opens: Instant
    closes: Instant


class WindowsBody(BaseModel):
    """All four windows of the round, and no other."""

    model_config = ConfigDict(extra="forbid")

    ENTRY: SpanBody
    DOSSIER: SpanBody
    CORRECTION: SpanBody
    VERIFICATION: SpanBody


class CalendarLetterBody(BaseModel):
    """The letter a calendar rests on."""

    number: Line
    date: DayField


class CalendarBody(Versioned):
    """When what should be open; `v` is the calendar's version its sender saw."""

    windows: WindowsBody
    letter: CalendarLetterBody

    def spans(self) -> dict[Window, Span]:
        """The windows by their names."""
        given = {window: getattr(self.windows, window.value) for window in Window}
        return {window: Span(span.opens, span.closes) for window, span in given.items()}

    def written(self) -> Letter:
        """The letter as it is put on record."""
        return Letter(self.letter.number, self.letter.date)


class ExtensionBody(Versioned):
    """Which windows close when, against which letter."""

    windows: dict[Movable, Instant] = Field(min_length=1)
    letter: LetterBody


class ExtensionDecisionBody(Versioned):
    """What BKN decides about an extension asked for; `windows` grants other instants than those asked for."""

    decision: Literal[ExtensionState.DIBERI, ExtensionState.DITOLAK]
    reason: Annotated[Paragraph | None, BeforeValidator(_empty_is_none)] = None
    windows: Annotated[dict[Movable, Instant] | None, Field(min_length=1)] = None


class ReopeningBody(Versioned):
    """Which windows open again until when, against which letter, and why; corrections need verdicts after them."""

    windows: Annotated[dict[Window, Instant], AfterValidator(_with_what_it_takes)]
    letter: LetterBody
    reason: Paragraph


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
    """Which page of the institutions, and of which of them."""

    cursor: str | None = Field(default=None, pattern=r"^[0-9]{4}$")
    limit: int = Field(default=MOST, ge=1, le=MOST)
    phase: Annotated[Phase | None, BeforeValidator(_empty_is_none)] = None
    waiting: Annotated[Waiting | None, BeforeValidator(_empty_is_none)] = None

    def wanted(self) -> Wanted:
        """The page that is wanted."""
        return Wanted(self.cursor, self.limit, self.phase, self.waiting)
