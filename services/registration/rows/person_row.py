"""A row of the template after reading: what is stored, sent in chunks and shown. One row by its schema."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, NotRequired, cast

from pydantic import PlainValidator, TypeAdapter
from typing_extensions import TypedDict  # pydantic wants this one below Python 3.12

from services.registration.rows.columns import COLUMNS, NEVER_DRAFT, Column
from services.registration.rows.readers import MEMORIES, TEXTS


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
    if column.key in TEXTS:
        return TEXTS[column.key]
    return Annotated[Any, PlainValidator(MEMORIES[column.key].__getitem__)]


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
