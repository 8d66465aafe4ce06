"""Numbers and dates of a person's own in his published fields: only registration knows them (domain.md, section 8)."""

from collections.abc import Mapping

from services.kernel.security.findings import Finding, PublishedField
from services.kernel.security.personal_numbers import as_seen
from services.registration.model.person import Person
from services.registration.model.published_text import LEAST_DIGITS, Own, digits_of, find_own, may_tell


def own_findings(person: Person, contact: Mapping[str, str | None] | None = None) -> list[Finding]:
    """Where his name, unit or job holds his NIK, nomor KK or birth date, or his phone or e-mail if `contact` is given.

    `contact` holds what stands with his account: hp (E.164) and email.
    """
    telling = {field: text for field, text in published_fields(person).items() if may_tell(text)}
    if not telling:  # of nearly everybody
        return []
    own = Own.of(person.private.row or {}, (person.private.nomor_kk, *(contact or {}).values()))
    found = ((field, find_own(text, own)) for field, text in telling.items())
    return [Finding(field, kind) for field, kind in found if kind is not None]


def is_worth_a_contact(person: Person) -> bool:
    """Whether his phone or e-mail could stand there at all: reading them takes an account's item for each person."""
    texts = map(as_seen, published_fields(person).values())
    return any("@" in text or len(digits_of(text)) >= LEAST_DIGITS for text in texts)


def published_fields(person: Person) -> dict[PublishedField, str]:
    """What others see of him that somebody typed."""
    return {
        PublishedField.NAMA: person.nama,
        PublishedField.UNIT_KERJA: person.unit_kerja,
        PublishedField.JABATAN: person.jabatan,
    }
