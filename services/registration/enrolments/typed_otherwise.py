"""What somebody typed at the identity check otherwise than his institution registered it, and was let in all the same.

NIK and birth date must fit. A name may be alike, a place of birth may be any: the verifikator sees both spellings and
decides with the KTP before him (domain.md, section 3).
"""

from typing import Final

from services.kernel.values.alike import Alikeness, compare_names, same_place
from services.registration.model.person import Person
from services.registration.model.person_row import PersonRow
from services.registration.people.entered_view import FieldNote

_NOTES: Final = {
    "nama": (
        "name-alike",
        "Pada pengecekan identitas orang ini menulis namanya “{typed}”. Cocokkan dengan KTP.",
    ),
    "tempat_lahir": (
        "place-differs",
        "Pada pengecekan identitas orang ini menulis tempat lahirnya “{typed}”. Cocokkan dengan KTP.",
    ),
}


def is_himself(row: PersonRow, *, name: str, birth_date: str) -> bool:
    """Whether who knows this NIK may be the registered person; his place of birth turns nobody away."""
    return row.get("tanggal_lahir") == birth_date and compare_names(row["nama"], name) is not Alikeness.DIFFERENT


def find_typed_otherwise(row: PersonRow, *, name: str, place: str) -> dict[str, str]:
    """What differs from the row, as it was typed: `nama`, `tempat_lahir`; empty where both agree."""
    found = {}
    if compare_names(row["nama"], name) is not Alikeness.SAME:
        found["nama"] = name
    if place != row.get("tempat_lahir", "") and not same_place(row.get("tempat_lahir", ""), place):
        found["tempat_lahir"] = place
    return found


def still_otherwise(person: Person) -> dict[str, str]:
    """What still differs from the row as it stands now."""
    row, typed = person.row, person.private.typed or {}
    name, place = typed.get("nama", row["nama"]), typed.get("tempat_lahir", row.get("tempat_lahir", ""))
    return find_typed_otherwise(row, name=name, place=place)


def view_typed_otherwise(person: Person) -> list[FieldNote]:
    """The same for the verifikator, in sentences."""
    return [
        FieldNote(field=field, code=_NOTES[field][0], message=_NOTES[field][1].format(typed=text))
        for field, text in still_otherwise(person).items()
    ]
