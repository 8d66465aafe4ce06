"""Personal numbers in words, for whoever typed one into a text that others read, in Indonesian."""

from typing import Final

from services.kernel.security.personal_numbers import PersonalNumber, find_personal_number

PERSONAL_NUMBERS: Final = {
    PersonalNumber.SIXTEEN_DIGITS: "deretan angka seperti NIK, nomor KK, atau NIP",
    PersonalNumber.PHONE: "nomor telepon",
    PersonalNumber.EMAIL: "alamat email",
    PersonalNumber.DATE: "tanggal",
    PersonalNumber.BIRTH_DATE: "tanggal lahir",
}


def refuse_number_in_message(text: str) -> str:
    """Return what bkn says to many, once it holds no personal number; a day stands there with its month's name.

    Raises:
        ValueError: "code|sentence" for the form.
    """
    if find_personal_number(text):
        raise ValueError(
            "personal-number|Tulis tanpa NIK, nomor KK, telepon, email, atau tanggal berangka. "
            "Hari ditulis dengan nama bulannya, misalnya 31 Oktober 2022."
        )
    return text


def refuse_personal_number(text: str) -> str:
    """Return a name or title that others read, once it holds no personal number (domain.md, sections 6 and 8).

    Raises:
        ValueError: "code|sentence" for the form.
    """
    found = find_personal_number(text)
    if found is not None:
        raise ValueError(
            f"personal-number|Isian ini memuat {PERSONAL_NUMBERS[found]}, padahal dibaca orang lain. "
            "Tulis namanya saja, tanpa nomor atau tanggal."
        )
    return text
