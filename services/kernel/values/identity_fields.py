"""Identity numbers and contact as typed into a form: read, or a problem for the field that says what to fix."""

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, Field

from services.kernel.values.identity import IdentifierFault, InvalidIdentifier, read_kk, read_nik, read_phone
from services.kernel.values.texts import as_typed

_EMAIL = re.compile(r"[^@\s,;<>()\"]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")
_SEPARATORS = re.compile(r"[\s.\-']")

_NIK = "NIK harus 16 angka yang benar. Salin ulang dari KTP Anda."
_TEXTS = {
    IdentifierFault.NIK_LENGTH: "NIK harus tepat 16 angka. Salin ulang dari KTP Anda.",
    IdentifierFault.KK_LENGTH: "Nomor KK harus tepat 16 angka. Salin ulang dari Kartu Keluarga Anda.",
    IdentifierFault.KK_REPEATED: "Nomor KK harus 16 angka yang benar. Salin ulang dari Kartu Keluarga Anda.",
    IdentifierFault.KK_SERIAL: "Nomor KK harus 16 angka yang benar. Salin ulang dari Kartu Keluarga Anda.",
    IdentifierFault.PHONE: "Isi nomor HP Indonesia yang dimulai dengan 08, misalnya 081234567890.",
}


def _reader(read: Callable[[str], str]) -> Callable[[str], str]:
    def checked(text: str) -> str:
        try:
            return read(text)
        except InvalidIdentifier as refused:
            raise ValueError(f"{refused.code.value}|{_TEXTS.get(refused.code, _NIK)}") from None

    return checked


def read_email(text: str) -> str:
    """Read an e-mail address.

    Raises:
        ValueError: anything else, as pydantic tells it of a form's field.
    """
    plain = as_typed(text).strip()
    if not _EMAIL.fullmatch(plain):
        raise ValueError("email|Isi alamat email yang lengkap, misalnya nama@contoh.id.")
    return plain


def _or_empty(read: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: read(text) if text.strip() else ""


def _digits(text: str) -> str:
    return _SEPARATORS.sub("", as_typed(text))


NikField = Annotated[str, Field(max_length=40), AfterValidator(_reader(lambda typed: read_nik(_digits(typed)).digits))]
KkField = Annotated[str, Field(max_length=40), AfterValidator(_reader(lambda typed: read_kk(_digits(typed)).digits))]
PhoneField = Annotated[str, Field(max_length=40), AfterValidator(_reader(read_phone))]
"""Kept as E.164 (domain.md, section 9)."""
EmailField = Annotated[str, Field(max_length=254), AfterValidator(read_email)]
MaybePhone = Annotated[str, Field(max_length=40), AfterValidator(_or_empty(_reader(read_phone)))]
MaybeEmail = Annotated[str, Field(max_length=254), AfterValidator(_or_empty(read_email))]
"""Or empty: not everybody has one (domain.md, section 3)."""
