"""Where something like a personal number stands in what is published, and how services tell each other of it.

Nothing is published unscanned (domain.md, section 8). What is searched is decided by field: every value that people or
institutions supplied; numbers, hashes and salts of ours are not. A finding says where and of which kind, never what.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from services.kernel.problems import Code, Problem
from services.kernel.security.personal_number_texts import PERSONAL_NUMBERS
from services.kernel.security.personal_numbers import PersonalNumber, find_personal_number


class PublishedField(StrEnum):
    """What is supplied and shown to others: on the lists, in the directory, on cards and the SPTJM.

    The PPK's NIP is not among them: it is asked for as what it is.
    """

    NAMA = "nama"
    UNIT_KERJA = "unit_kerja"
    JABATAN = "jabatan"
    INSTANSI = "instansi"
    PPK_NAMA = "ppk_nama"
    PPK_JABATAN = "ppk_jabatan"


@dataclass(frozen=True)
class Finding:
    """In which field, and which kind of number it seems to be."""

    field: PublishedField
    kind: PersonalNumber


class RowFinding(BaseModel):
    """A finding in a row of a list registration made; `v` is the version of the record that was looked at."""

    model_config = ConfigDict(frozen=True)

    nomor_registrasi: str
    v: int
    field: PublishedField
    kind: PersonalNumber


class ListFindings(BaseModel):
    """What registration found in a list, knowing its people's own numbers and dates. The object beside the list."""

    model_config = ConfigDict(frozen=True)

    schema_version: Literal[1] = 1
    rows: tuple[RowFinding, ...] = ()


def findings_key(list_key: str) -> str:
    """Where the findings in a list lie, in the bucket of the list."""
    return f"{list_key}.findings.json"


def search(texts: Mapping[PublishedField, str]) -> list[Finding]:
    """What stands in these texts, at most one finding for each."""
    found = ((field, find_personal_number(text)) for field, text in texts.items())
    return [Finding(field, kind) for field, kind in found if kind is not None]


def require_clean(findings: Iterable[Finding], *, paper: str, what_to_do: str) -> None:
    """Refuse to make a paper that would carry a personal number.

    Raises:
        Problem: `personal-number`, with `findings`: field and kind of each.
    """
    found = list(findings)
    if not found:
        return
    places = "; ".join(f"{_FIELDS[one.field]} memuat {PERSONAL_NUMBERS[one.kind]}" for one in found)
    told = [{"field": one.field.value, "kind": one.kind.value} for one in found]
    raise Problem(Code.PERSONAL_NUMBER, f"{paper} belum dapat dibuat: {places}. {what_to_do}", findings=told)


_FIELDS: Final = {
    PublishedField.NAMA: "nama",
    PublishedField.UNIT_KERJA: "unit kerja",
    PublishedField.JABATAN: "jabatan",
    PublishedField.INSTANSI: "nama instansi",
    PublishedField.PPK_NAMA: "nama PPK",
    PublishedField.PPK_JABATAN: "jabatan PPK",
}
