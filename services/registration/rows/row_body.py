"""A row of the import template as a form sends it; the checks are those of the import (rows/check_row.py)."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from services.registration.rows.row_problems import RowCode, row_problem


def _rupiah(value: object) -> object:
    """A whole number or a text; what it says, `check_row` reads. One fault for the field, not one for each type."""
    if value is None or isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ValueError(f"{RowCode.MONEY}|{row_problem('nominal_honor', RowCode.MONEY).message}")


class RowBody(BaseModel):
    """One person's registered fields, under the template's names; a blank one is null or left out."""

    model_config = ConfigDict(extra="forbid")

    nik: str | None = None
    nama: str | None = None
    no_peserta_thk2: str | None = None
    tanggal_lahir: str | None = None
    tempat_lahir: str | None = None
    jenis_kelamin: str | None = None
    pendidikan: str | None = None
    nomor_ijazah: str | None = None
    tanggal_lulus: str | None = None
    sekolah: str | None = None
    nomor_sk: str | None = None
    tanggal_sk: str | None = None
    tanggal_mulai: str | None = None
    tanggal_akhir: str | None = None
    pendidikan_sk: str | None = None
    jabatan: str | None = None
    konversi_jabatan: str | None = None
    unit_kerja: str | None = None
    jabatan_penandatangan: str | None = None
    jenis_jabatan_penandatangan: str | None = None
    sumber_pembayaran: str | None = None
    nominal_honor: Annotated[int | str | None, BeforeValidator(_rupiah)] = None

    def given(self) -> dict[str, Any]:
        """The fields that were sent; None takes one away."""
        return self.model_dump(exclude_unset=True, include=set(RowBody.model_fields))


class DraftBody(RowBody):
    """Changes of a draft, on the version of the record their writer saw."""

    v: int
