"""What a person's title is by the national list and his institution's own (domain.md, section 6)."""

from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel

from services.kernel.reference.jobs import Family
from services.kernel.web.languages import Sentence
from services.registration.model.job_list import JobList

_WORDS: Final[Mapping[Family | None, str]] = {
    Family.PENDIDIKAN: "Rumpun jabatan pendidikan.",
    Family.KESEHATAN: "Rumpun jabatan kesehatan.",
    Family.PENYULUH: "Rumpun jabatan penyuluh.",
    Family.TEKNIS: "Rumpun jabatan teknis.",
    Family.ADMINISTRASI: "Rumpun jabatan administrasi.",
    None: "Rumpun jabatannya belum diketahui.",
}
_LIKE: Final = "Sepadan dengan jabatan ASN {conversion}."


class RecordJob(BaseModel):
    """The family of a title and the ASN job it is converted to, and both in words; null where it is on no list.

    `conversion` is null as well where the institution named a family alone, and so is `like`.
    """

    family: Family | None
    conversion: str | None
    text: Sentence
    like: Sentence | None


def view_job(title: str, jobs: JobList) -> RecordJob:
    """What a title is."""
    found = jobs.find(title)
    family, conversion = (found.family, found.conversion or None) if found else (None, None)
    like = _LIKE.format(conversion=conversion) if conversion else None
    return RecordJob(family=family, conversion=conversion, text=_WORDS[family], like=like)
