"""A person's own numbers and dates in his published fields: only registration knows them (domain.md, section 8).

The same eyes as at entry (`published_text`), on rows that stand already: told with every write, and beside each list.
"""

from collections.abc import Mapping

from services.kernel.findings import Finding, PublishedField
from services.kernel.personal_numbers import PersonalNumber
from services.registration.people.published_text import Own, find_own, may_tell
from services.registration.people.record import Person


def published_fields(person: Person) -> dict[PublishedField, str]:
    """What others see of him that somebody typed."""
    return {
        PublishedField.NAMA: person.nama,
        PublishedField.UNIT_KERJA: person.unit_kerja,
        PublishedField.JABATAN: person.jabatan,
    }


def own_findings(person: Person, contact: Mapping[str, str | None] | None = None) -> list[Finding]:
    """Where his name, unit or job holds a personal number of anybody's, or his own however it is written.

    His own are NIK, nomor KK and birth date, and with `contact`, as it stands with his account, hp and email.
    """
    told = {field: text for field, text in published_fields(person).items() if is_worth_a_look(text)}
    if not told:
        return []
    own, email = _own(person, contact or {}), (contact or {}).get("email")
    searched = ((field, find_own(text, own) or _find_email(text, email)) for field, text in told.items())
    return [Finding(field, kind) for field, kind in searched if kind is not None]


def is_worth_a_look(text: str) -> bool:
    """Whether anybody's number or e-mail could stand there, whoever it is about."""
    return "@" in text or may_tell(text)


def _own(person: Person, contact: Mapping[str, str | None]) -> Own:
    numbers = (person.private.get("contact", {}).get("nomor_kk"), contact.get("hp"))
    return Own.of(person.private.get("row", {}), [number for number in numbers if number])


def _find_email(text: str, email: str | None) -> PersonalNumber | None:
    """However it is spaced."""
    holds = bool(email) and str(email).casefold() in "".join(text.split()).casefold()
    return PersonalNumber.EMAIL if holds else None
