"""How each field of a form is typed: the attributes that make a phone show the right keyboard.

Names are those of the import template; labels and hints stand in texts/<language>/fields.toml.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Field:
    """The shape of one input.

    `kind` is text, email, tel, password, date, select, radios or textarea; `width` is govuk's width class in
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

FIELDS: dict[str, Field] = {
    "nik": _number(20),
    "nomor_kk": _number(20),
    "nama": Field(autocomplete="name"),
    "no_peserta_thk2": Field(width=20),
    "tempat_lahir": Field(),
    "tanggal_lahir": DATE,
    "jenis_kelamin": Field("radios", options="jenis_kelamin"),
    "hp": Field("tel", width=20, autocomplete="tel", inputmode="tel"),
    "email": Field("email", autocomplete="email", inputmode="email"),
    "password": Field("password", autocomplete="new-password"),
    "sign_in_password": Field("password", autocomplete="current-password"),
    "login": Field(width=20, digits=True, autocomplete="username", inputmode="numeric"),
    "pendidikan": Field("select", options="pendidikan"),
    "nomor_ijazah": Field(width=30),
    "tanggal_lulus": DATE,
    "sekolah": Field(),
    "nomor_sk": Field(),
    "tanggal_sk": DATE,
    "tanggal_mulai": DATE,
    "tanggal_akhir": DATE,
    "pendidikan_sk": Field("select", options="pendidikan"),
    "jabatan": Field(),
    "konversi_jabatan": Field(),
    "unit_kerja": Field(),
    "instansi": Field(),
    "jabatan_penandatangan": Field(),
    "jenis_jabatan_penandatangan": Field("select", options="jenis_jabatan_penandatangan"),
    "sumber_pembayaran": Field("select", options="sumber_pembayaran"),
    "nominal_honor": replace(_number(10), amount=True),
    "kontak": Field(),
    "alasan": Field("textarea"),
    "kode_kartu": Field(width=30),
    "tiket": Field(width=30),
    "q": Field(),
    "reason": Field("textarea"),
    "sptjm_number": Field(width=20),
    "letter_number": Field(width=30),
    "letter_date": DATE,
    "ppk_nama": Field(),
    "ppk_nip": _number(20),
    "ppk_jabatan": Field(),
    "code": _number(4),
    "name": Field(),
    "kind": Field("select", options="kind"),
    "size": _number(10),
}

PERSON_SECTIONS: dict[str, tuple[str, ...]] = {
    "identity": ("nik", "nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "no_peserta_thk2"),
    "education": ("pendidikan", "nomor_ijazah", "tanggal_lulus", "sekolah"),
    "work": (
        "jabatan",
        "konversi_jabatan",
        "unit_kerja",
        "nomor_sk",
        "tanggal_sk",
        "tanggal_mulai",
        "tanggal_akhir",
        "pendidikan_sk",
        "jabatan_penandatangan",
        "jenis_jabatan_penandatangan",
    ),
    "pay": ("sumber_pembayaran", "nominal_honor"),
}
"""The import template's fields by topic (domain.md, section 6), as the one-person form shows them."""

REQUIRED = frozenset(
    {
        "nik",
        "nama",
        "tempat_lahir",
        "tanggal_lahir",
        "jenis_kelamin",
        "pendidikan",
        "jabatan",
        "unit_kerja",
        "nomor_sk",
        "tanggal_sk",
        "tanggal_mulai",
        "sumber_pembayaran",
    }
)
"""What a registered row must have (domain.md, section 6)."""

HISTORY = (
    "nomor_sk",
    "tanggal_sk",
    "tanggal_mulai",
    "tanggal_akhir",
    "pendidikan_sk",
    "jabatan",
    "konversi_jabatan",
    "unit_kerja",
    "instansi",
    "jabatan_penandatangan",
    "jenis_jabatan_penandatangan",
    "sumber_pembayaran",
)
"""A row of the work history; the first one is always of the institution that registers the person."""
