"""Whether a row brings somebody back under the wrong NIK that was corrected: an old workbook still holds it."""

from itertools import count

from services.kernel.security import privacy
from services.kernel.values.alike import Alikeness, compare_names
from services.registration.adapters import person_store
from services.registration.model.person import Person
from services.registration.settings import lookup_key


def stood_here(person: Person) -> bool:
    """Whether one of those who were moved away from this NIK in this institution is the same person.

    He is where name and birth date are alike, as at the identity check (domain.md, section 3).
    """
    pids = (privacy.person_id(lookup_key(), person.institution, person.row["nik"], n) for n in count())
    for pid in pids:
        before = person_store.find(pid)
        if before is None or before.successor is None:
            return False
        if _is_alike(before, person):
            return True
    return False


def _is_alike(one: Person, other: Person) -> bool:
    same_day = one.row.get("tanggal_lahir") == other.row.get("tanggal_lahir")
    return same_day and compare_names(one.row["nama"], other.row["nama"]) is not Alikeness.DIFFERENT
