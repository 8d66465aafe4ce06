"""How each field of a form is typed: the attributes that make a phone show the right keyboard.

Names are those of the import template; labels and hints stand in texts/<language>/fields.toml.
"""

from dataclasses import dataclass, replace
from typing import Final

from services.registration.rows.columns import COLUMNS, FIRST_APPOINTMENT, REQUIRED, Column, Kind, Topic

__all__ = ["FIELDS", "HISTORY", "PERSON_SECTIONS", "REQUIRED", "Field"]


@dataclass(frozen=True)
class Field:
    """The shape of one input.

    `kind` is text, email, tel, url, password, date, select, radios or textarea; `width` is govuk's width class in
    characters, 0 for the full column; `digits` drops blanks, dots and dashes before sending; an `amount` is shown with
    its thousands apart.
    """

    kind: str = "text"
    width: int = 0
    digits: bool = False
    amount: bool = False
    autocomplete: str = "off"
    inputmode: str = ""
    options: str = ""
    spellcheck: bool = False


def _number(width: int) -> Field:
    return Field(width=width, digits=True, inputmode="numeric")


DATE = Field("date")

_KINDS: Final = {
    Kind.NIK: _number(20),
    Kind.CODE: Field(width=20),
    Kind.DATE: DATE,
    Kind.MONEY: replace(_number(10), amount=True),
}
_FEW: Final = 3
"""Up to so many choices are shown all at once."""


def _of_column(column: Column) -> Field:
    if column.choices is not None:
        return Field("radios" if len(column.choices) <= _FEW else "select", options=column.choices.name)
    return _KINDS.get(column.kind, Field())


FIELDS: dict[str, Field] = {
    **{column.key: _of_column(column) for column in COLUMNS},
    "nama": Field(autocomplete="name"),
    "nomor_ijazah": Field(width=30),
    "nomor_kk": _number(20),
    "hp": Field("tel", width=20, autocomplete="tel", inputmode="tel"),
    "email": Field("email", autocomplete="email", inputmode="email"),
    "password": Field("password", autocomplete="new-password"),
    "sign_in_password": Field("password", autocomplete="current-password"),
    "login": Field(width=20, digits=True, autocomplete="username", inputmode="numeric"),
    "one_time_code": Field(width=20, autocomplete="one-time-code"),
    "units": Field("textarea"),
    "ppk_until": DATE,
    "instansi": Field(),
    "alasan": Field("textarea"),
    "sejak": DATE,
    "reporter_email": Field("email", autocomplete="email", inputmode="email"),
    "reporter_hp": Field("tel", width=20, autocomplete="tel", inputmode="tel"),
    "reporter_name": Field(autocomplete="name"),
    "case_number": Field(width=20),
    "institution_code": _number(4),
    "listed_number": Field(width=20),
    "case_code": Field(width=20),
    "handed_over": DATE,
    "answer_title": Field(),
    "message": Field("textarea", spellcheck=True),
    "kode_kartu": Field(width=30),
    "own_institution": Field(),
    "nip": _number(20),
    "staff_name": Field(autocomplete="name"),
    "appointee_email": Field("email", autocomplete="email", inputmode="email"),
    "application_number": Field(width=20),
    "application_code": Field(width=20),
    "q": Field(),
    "reason": Field("textarea"),
    "sptjm_number": Field(width=20),
    "letter_number": Field(width=30),
    "letter_date": DATE,
    "waived_until": DATE,
    "banner_id": Field("textarea", spellcheck=True),
    "banner_en": Field("textarea", spellcheck=True),
    "ppk_nama": Field(),
    "ppk_nip": _number(20),
    "ppk_jabatan": Field(),
    "sheet_code": Field(width=20),
    "digits": _number(10),
    "code": _number(4),
    "name": Field(),
    "unit_name": Field(),
    "lines": Field("textarea"),
    "office": Field(),
    "address": Field("textarea"),
    "hours": Field(),
    "phone": Field("tel", width=30, inputmode="tel"),
    "whatsapp": Field("tel", width=20, inputmode="tel"),
    "office_email": Field("email", inputmode="email"),
    "web_address": Field("url", inputmode="url"),
    "announced_on": DATE,
    "kind": Field("select", options="kind"),
    "size": _number(10),
}
"""Every field of a form: the template's by the kind of their column, and those no column has."""

_FIRST: Final = (
    *("nik", "nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin"),
    *("jabatan", "konversi_jabatan", "unit_kerja"),
)
"""What a form asks for first in its section; the others follow in the template's order."""


def _section(topic: Topic) -> tuple[str, ...]:
    keys = [column.key for column in COLUMNS if column.topic is topic]
    return tuple(sorted(keys, key=lambda key: _FIRST.index(key) if key in _FIRST else len(_FIRST)))


PERSON_SECTIONS: dict[str, tuple[str, ...]] = {topic.value: _section(topic) for topic in Topic}
"""The import template's fields by topic (domain.md, section 6), as the one-person form shows them."""

_BEFORE_OTHER_INSTITUTION: Final = FIRST_APPOINTMENT.index("unit_kerja") + 1

HISTORY = (
    *FIRST_APPOINTMENT[:_BEFORE_OTHER_INSTITUTION],
    "instansi",
    *FIRST_APPOINTMENT[_BEFORE_OTHER_INSTITUTION:],
)
"""A row of the work history; the first one is always of the institution that registers the person."""
