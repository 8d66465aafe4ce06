"""The admin writes how people reach the institution's office (domain.md, sections 3 and 8)."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, Field

from services.kernel.contact import OfficeContact
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.personal_number_texts import PERSONAL_NUMBERS
from services.kernel.security.personal_numbers import PersonalNumber, find_personal_number
from services.kernel.values.identity_fields import EmailField, PhoneField
from services.kernel.values.texts import as_typed, clean_text
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.registration.adapters import access_log, contact_store

_PHONE: Final = re.compile(r"(?:\+|\(\+?)?\d[\d ().\-/]{2,23}(?: ?(?:ext|pes|psw)\.? ?\d{1,5})?", re.IGNORECASE)
_MOST_DIGITS: Final = 15
"""Of a telephone number with country code (ITU-T E.164, section 6); an NIK has 16."""
_LEAST_DIGITS: Final = 4
"""As short numbers have: 1500537 of Dukcapil has seven, 165 none of its own."""
_NEEDED: Final = "Isi sedikitnya satu: telepon, WhatsApp, atau email kantor."
_EXTENSION: Final = re.compile(r"(?:ext|pes|psw).*", re.IGNORECASE)


def _no_numbers(text: str) -> str:
    found = find_personal_number(text)
    if found in {PersonalNumber.PHONE, PersonalNumber.EMAIL}:
        raise ValueError(f"personal-number|Tulis {PERSONAL_NUMBERS[found]} pada isiannya sendiri di bawah.")
    if found is not None:
        raise ValueError(f"personal-number|Isian ini memuat {PERSONAL_NUMBERS[found]}, padahal dibaca umum. Hapus.")
    return text


def _office_phone(text: str) -> str:
    plain = " ".join(as_typed(text).split())
    digits = re.sub(r"\D", "", _EXTENSION.sub("", plain))
    if not _PHONE.fullmatch(plain) or not _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS:
        raise ValueError("phone|Isi nomor telepon kantor, misalnya (0274) 123456 atau 1500537, boleh dengan pes. 12.")
    return plain


_Text = Annotated[str, AfterValidator(clean_text), AfterValidator(_no_numbers)]


class ContactForm(BaseModel):
    """The form; `v` is the version that was seen, 0 where there was none. One way to reach the office is needed."""

    v: int
    office: Annotated[_Text, Field(max_length=120)]
    address: Annotated[_Text, Field(max_length=300)]
    hours: Annotated[_Text, Field(max_length=120)]
    phone: Annotated[str, Field(max_length=40), AfterValidator(_office_phone)] | None = None
    whatsapp: PhoneField | None = None
    email: EmailField | None = None


class OfficeView(BaseModel):
    """The contact as it stands, and its version; none and 0 while the institution has written none."""

    v: int
    contact: OfficeContact | None


class ContactWritten(BaseModel):
    """The version that was written."""

    v: int


def set_contact(form: ContactForm, *, institution: str, request: Request) -> ContactWritten:
    """Replace the contact; announcements hears of it and publishes it within a minute.

    Raises:
        Problem: `not-found` for another institution or none, `invalid-fields` without any way to reach the office,
            `version-moved`, `unauthenticated`, `try-again`.
    """
    request.actor.require_institution(institution)
    gate.read_round(institution)
    if not (form.phone or form.whatsapp or form.email):
        raise invalid_problem("phone", "contact-needed", _NEEDED)
    return request.once.answer(ContactWritten, lambda: _write(form, institution, request))


def _write(form: ContactForm, institution: str, request: Request) -> ContactWritten:
    before, _ = contact_store.load(institution)
    if before != form.v:
        raise Problem(Code.VERSION_MOVED)
    written = ContactWritten(v=form.v + 1)
    stored = contact_store.put(institution, _contact(form), written.v, request.received)
    noted = access_log.link_of_lists(institution, request.actor, "set-contact", request.received, {"v": written.v})
    if not ungated.commit([stored, *noted, *request.once.remember(written)]):
        raise Problem(Code.VERSION_MOVED)
    return written


def _contact(form: ContactForm) -> OfficeContact:
    return OfficeContact(**{name: value or "" for name, value in form.model_dump(exclude={"v"}).items()})
