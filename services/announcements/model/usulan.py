"""What somebody tells about a person who is missing on a list, and what becomes of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from services.kernel.values.texts import clean_paragraph, clean_text


@dataclass(frozen=True)
class Usulan:
    """One usulan; `private` is encrypted at rest with a salt of its own, so that it can be erased alone."""

    ticket: str
    institution: str
    received: datetime
    private: dict[str, str]


class UsulanState(StrEnum):
    """Where an usulan stands."""

    DITERIMA = "DITERIMA"
    """Received, waiting for the institution."""


class UsulanForm(BaseModel):
    """The body of `POST /announcements/usulan`; `captcha` is missing where no script runs."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="ignore")

    institution: str = Field(pattern=r"^[0-9]{4}$")
    nama: Annotated[str, Field(min_length=3, max_length=120), AfterValidator(clean_text)]
    unit_kerja: Annotated[str, Field(min_length=2, max_length=200), AfterValidator(clean_text)]
    jabatan: Annotated[str, Field(min_length=2, max_length=200), AfterValidator(clean_text)]
    kontak: Annotated[str, Field(min_length=5, max_length=120), AfterValidator(clean_text)]
    alasan: Annotated[str, Field(min_length=10, max_length=2000), AfterValidator(clean_paragraph)]
    captcha: str = Field(default="", max_length=10_000)

    def private(self) -> dict[str, str]:
        """What is stored, encrypted."""
        return self.model_dump(include={"nama", "unit_kerja", "jabatan", "kontak", "alasan"})


class Ticket(BaseModel):
    """The number under which its sender finds an usulan again."""

    ticket: str


class TicketView(BaseModel):
    """What everybody who has the number may see."""

    ticket: str
    state: UsulanState
    received_at: datetime


class UsulanView(TicketView):
    """What the institution sees."""

    nama: str
    unit_kerja: str
    jabatan: str
    kontak: str
    alasan: str
