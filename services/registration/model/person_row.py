"""A row of the template after reading: what is stored, sent in chunks and shown."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, cast


class PersonRow(TypedDict, total=False):
    """JSON values: dates as ISO 8601, choices as their codes, honor in whole rupiah. A blank cell has no key.

    Which columns there are rows/columns.py says. One that no code asks for by its name needs no key here.
    """

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
    hp: str
    email: str


def texts_of(row: PersonRow, names: Iterable[str]) -> dict[str, str | None]:
    """These columns of a row, none of which is a number; None for a blank one."""
    given = cast("Mapping[str, str]", row)
    return {name: given.get(name) for name in names}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What stood in each field that is another one now, and what stands there: `{field: [before, after]}`, by name."""
    names = sorted({*before, *after})
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}
