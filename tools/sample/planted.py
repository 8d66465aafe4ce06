"""Personal numbers as people type them into a published text, with the kind that is found. Nobody's: province 99."""

from services.kernel.security.personal_numbers import PersonalNumber

NIK = "9901011911929013"
WIDE = NIK.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})

PLANTED: dict[str, tuple[str, PersonalNumber]] = {
    "nik": (NIK, PersonalNumber.SIXTEEN_DIGITS),
    "nik-grouped": ("9901.0119.1192.9013", PersonalNumber.SIXTEEN_DIGITS),
    "nik-wide": (WIDE, PersonalNumber.SIXTEEN_DIGITS),
    "nomor_kk": ("9901 0101 0115 0001", PersonalNumber.SIXTEEN_DIGITS),
    "phone": ("0812-3456-7890", PersonalNumber.PHONE),
    "email": ("siti@contoh.id", PersonalNumber.EMAIL),
    "date": ("19-11-1992", PersonalNumber.DATE),
    "date-in-words": ("lahir 19 November 1992", PersonalNumber.BIRTH_DATE),
}
