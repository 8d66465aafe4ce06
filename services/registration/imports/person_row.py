"""A row of the template after reading: what is stored, sent in chunks and shown. One schema for one row or 100,000."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, NotRequired, cast

from pydantic import PlainValidator, StringConstraints, TypeAdapter, ValidationError
from typing_extensions import TypedDict  # pydantic wants this one below Python 3.12

from services.registration.imports.cells import Cell, Remembered, fault, read_choice, read_date, read_money
from services.registration.imports.columns import COLUMNS, NEVER_DRAFT, Column, Kind

# Words with single spaces and composed letters, and nothing in front that a spreadsheet would run as a formula.
# Whatever passes here is what cleaning would leave alone.
_WORDS: Final = r"^[\p{L}\p{N}'\"(\[#&/][^\s\p{C}\p{M}]*(?: [^\s\p{C}\p{M}]+)*$"
_PATTERNS: Final = {Kind.NIK: r"^[0-9]{16}$", Kind.CODE: r"^[0-9](?:[-./ ]?[0-9])*$", Kind.TEXT: _WORDS}


class PersonRow(TypedDict, total=False):
    """JSON values: dates as ISO 8601, choices as their codes, honor in whole rupiah. A blank cell has no key."""

    nik: str
    nama: str
    no_peserta_thk2: str
    tanggal_lahir: str
    tempat_lahir: str
    jenis_kelamin: str
    pendidikan: str
    nomor_ijazah: str
    tanggal_lulus: str
    sekolah: str
    nomor_sk: str
    tanggal_sk: str
    tanggal_mulai: str
    tanggal_akhir: str
    pendidikan_sk: str
    jabatan: str
    konversi_jabatan: str
    unit_kerja: str
    jabatan_penandatangan: str
    jenis_jabatan_penandatangan: str
    sumber_pembayaran: str
    nominal_honor: int


def _annotation(column: Column) -> Any:  # noqa: ANN401 - an annotation
    """How a column is read: what repeats from row to row is read once and then looked up."""
    if column.kind not in _PATTERNS:
        return Annotated[Any, PlainValidator(_reader(column).__getitem__)]
    pattern = _PATTERNS[column.kind]
    text = StringConstraints(strip_whitespace=True, max_length=column.longest or None, pattern=pattern)
    if not column.repeats:
        return Annotated[str, text]
    return Annotated[Any, PlainValidator(Remembered(_text_reader(text)).__getitem__)]


# One memory for all columns of dates, and one for each list: the smaller it is, the nearer it lies.
_DATES: Final = Remembered(read_date)
_MONEY: Final = Remembered(read_money)
_CHOICES: Final = {each.name: Remembered(read_choice(each)) for column in COLUMNS if (each := column.choices)}


def _reader(column: Column) -> Remembered[str] | Remembered[int]:
    if column.choices is not None:
        return _CHOICES[column.choices.name]
    return _DATES if column.kind is Kind.DATE else _MONEY


def _text_reader(text: StringConstraints) -> Callable[[Cell], str]:
    validate: Callable[[Cell], str] = TypeAdapter(Annotated[str, text]).validate_python

    def read(cell: Cell) -> str:
        try:
            return validate(cell)
        except ValidationError as refused:
            raise fault(refused.errors(include_url=False)[0]["type"]) from None

    return read


_FIELDS = {
    column.key: _annotation(column) if column.key in NEVER_DRAFT else NotRequired[_annotation(column)]
    for column in COLUMNS
}
_Schema = TypedDict("_Schema", _FIELDS)  # type: ignore[misc]
_validate: Final[Callable[[Mapping[str, Any]], Any]] = TypeAdapter(_Schema).validate_python


def read_row(raw: Mapping[str, Any]) -> PersonRow:
    """Read a raw row by the table of columns. A key that is no column's is left out: `check_row` reports it.

    Raises:
        pydantic.ValidationError: some cell is not what its column holds; `check_row` explains it.
        TypeError: a value is no cell at all.
    """
    return cast("PersonRow", _validate(raw))
