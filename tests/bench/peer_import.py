"""The peer of `import-100k`: openpyxl in read-only mode, one pydantic model per row, as their documentation shows.

It answers with the same codes, so that outputs can be compared; where it may be quicker by being simpler
it is simpler: it knows only the spellings that stand in the file.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import openpyxl
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from services.kernel.reference.areas import is_known_area
from services.kernel.reference.choices import Choices
from services.kernel.reference.education import EDUCATION
from services.kernel.reference.pay_sources import PAY_SOURCES
from services.kernel.reference.sexes import SEXES
from services.kernel.reference.signatories import SIGNATORIES
from services.kernel.values.identity import InvalidIdentifier, nik_warnings, read_nik
from services.kernel.values.names import has_titles
from services.registration.rows.columns import COLUMNS, REQUIRED

_TEXT = r"^[^=+@\-].*$"


def _enum(choices: Choices) -> Any:
    members = StrEnum(choices.name, {code: code for code in choices})  # type: ignore[misc]
    labels = {choice.label.casefold(): code for code, choice in choices.items()}

    def read(value: object) -> object:
        try:
            return members(labels.get(str(value).casefold(), str(value)))
        except ValueError:
            raise PydanticCustomError("not-in-list", "choose from the list") from None

    return Annotated[members, BeforeValidator(read)]


def _read_date(value: object) -> object:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        for pattern in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
            try:
                return datetime.strptime(value, pattern).date()  # noqa: DTZ007 - a calendar day has no zone
            except ValueError:
                continue
        impossible = re.fullmatch(r"\d{2}-\d{2}-\d{4}", value)
        raise PydanticCustomError("date-impossible" if impossible else "date-format", "not a date")
    return value


Day = Annotated[date, BeforeValidator(_read_date)]


def _text(longest: int) -> Any:
    return Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=longest, pattern=_TEXT)]


class PersonModel(BaseModel):
    """One row."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True)

    nik: str
    nama: _text(100)  # type: ignore[valid-type]
    no_peserta_thk2: str | None = Field(None, pattern=r"^[0-9]+$")
    tanggal_lahir: Day | None = None
    tempat_lahir: _text(60) | None = None  # type: ignore[valid-type]
    jenis_kelamin: _enum(SEXES) | None = None  # type: ignore[valid-type]
    pendidikan: _enum(EDUCATION) | None = None  # type: ignore[valid-type]
    nomor_ijazah: _text(60) | None = None  # type: ignore[valid-type]
    tanggal_lulus: Day | None = None
    sekolah: _text(120) | None = None  # type: ignore[valid-type]
    nomor_sk: _text(80) | None = None  # type: ignore[valid-type]
    tanggal_sk: Day | None = None
    tanggal_mulai: Day | None = None
    tanggal_akhir: Day | None = None
    pendidikan_sk: _enum(EDUCATION) | None = None  # type: ignore[valid-type]
    jabatan: _text(100) | None = None  # type: ignore[valid-type]
    konversi_jabatan: _text(100) | None = None  # type: ignore[valid-type]
    unit_kerja: _text(150) | None = None  # type: ignore[valid-type]
    jabatan_penandatangan: _text(120) | None = None  # type: ignore[valid-type]
    jenis_jabatan_penandatangan: _enum(SIGNATORIES) | None = None  # type: ignore[valid-type]
    sumber_pembayaran: _enum(PAY_SOURCES) | None = None  # type: ignore[valid-type]
    nominal_honor: int | None = Field(None, ge=0, le=1_000_000_000)

    @field_validator("nik")
    @classmethod
    def nik_is_possible(cls, value: str) -> str:
        if re.fullmatch(r"\d(?:[.,]\d+)?[eE]\+?\d+", value):
            raise PydanticCustomError("nik-scientific", "a NIK is text")
        try:
            read_nik(value)
        except InvalidIdentifier as refused:
            raise PydanticCustomError(refused.code.value, "not a NIK") from None
        return value

    @model_validator(mode="after")
    def dates_follow(self) -> "PersonModel":
        if self.tanggal_mulai and self.tanggal_akhir and self.tanggal_akhir < self.tanggal_mulai:
            raise PydanticCustomError("end-before-start", "ends before it starts")
        if self.tanggal_mulai and self.tanggal_lahir and self.tanggal_mulai < self.tanggal_lahir:
            raise PydanticCustomError("start-before-birth", "starts before birth")
        return self


class Record(BaseModel):
    """A row in a chunk: n number, r row, c name of a refused one, p problems, w warnings, m missing, f first row."""

    n: int
    r: PersonModel | None = None
    c: str | None = None
    p: list[tuple[str, str]] | None = None
    w: list[tuple[str, str]] | None = None
    m: list[str] | None = None
    f: int | None = None


_CHUNK = TypeAdapter(list[Record])
_KEYS = {f"{column.heading} *" if column.required else column.heading: column.key for column in COLUMNS}
_CODES = {"missing": "required", "string_pattern_mismatch": "formula"}


def import_with_openpyxl(path: Path) -> Iterator[bytes]:
    """Read the workbook row by row, make a model of each, yield chunks of a thousand."""
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    lines = workbook["Data"].iter_rows(values_only=True)
    keys = [_KEYS[str(heading)] for heading in next(lines)]
    records = _records(lines, keys)
    while chunk := list(islice(records, 1000)):
        yield _CHUNK.dump_json(chunk, exclude_none=True)
    workbook.close()


def _records(lines: Iterable[tuple[Any, ...]], keys: list[str]) -> Iterator[Record]:
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=2):
        cells = {key: cell for key, cell in zip(keys, line, strict=True) if cell is not None}
        if not cells:
            continue
        try:
            model = PersonModel(**cells)
        except ValidationError as refused:
            yield Record(n=number, c=str(cells.get("nama", "")), p=_problems(refused))
            continue
        first = seen.setdefault(model.nik, number)
        if first != number:
            yield Record(n=number, c=model.nama, p=[("nik", "duplicate")], f=first)
        else:
            yield Record(n=number, r=model, w=_warnings(model) or None, m=_missing(model) or None)


def _problems(refused: ValidationError) -> list[tuple[str, str]]:
    owner = {"end-before-start": "tanggal_akhir", "start-before-birth": "tanggal_mulai"}
    return [
        (str(error["loc"][0]) if error["loc"] else owner[error["type"]], _CODES.get(error["type"], error["type"]))
        for error in refused.errors()
    ]


def _warnings(model: PersonModel) -> list[tuple[str, str]]:
    odd = nik_warnings(read_nik(model.nik), model.tanggal_lahir, model.jenis_kelamin, is_known_area)
    warnings = [("nik", warning.value) for warning in odd]
    return [*warnings, ("nama", "title-in-name")] if has_titles(model.nama) else warnings


def _missing(model: PersonModel) -> list[str]:
    return [column.key for column in COLUMNS if column.key in REQUIRED and getattr(model, column.key) is None]
