"""The traits by which a record is compared with others of its institution: keyed hashes, of which nothing is read."""

from collections.abc import Iterator
from typing import Final

from services.kernel.documents import DocumentType, FileState
from services.kernel.security import privacy
from services.kernel.values.units import unit_key
from services.registration.adapters import account_store
from services.registration.model.contact import EMAIL, PHONE, PersonContact
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.model.risk import TraitKind
from services.registration.settings import lookup_key

_OWN_PAPERS: Final = frozenset({DocumentType.KTP, DocumentType.FOTO, DocumentType.SWAFOTO, DocumentType.IJAZAH})
_HASHED: Final = slice(2, 12)
"""Of a keyed hash, behind its key's id: 50 bits, so that no two of an institution's many papers are taken for one."""


def traits_of(dossier: Dossier) -> Iterator[str]:
    """What he may share with others: registered and verified contacts, start of work, import, files that count."""
    yield from traits_of_row(dossier.person, contact_of(dossier.person))
    for file in dossier.files:
        if file.sha256 and file.state == FileState.DITERIMA.value:
            kind = TraitKind.OWN_PAPER if DocumentType(file.jenis) in _OWN_PAPERS else TraitKind.PAPER
            yield _trait(kind, dossier.person.institution, file.sha256)


def traits_of_row(person: Person, contact: PersonContact | None = None) -> Iterator[str]:
    """What his registered fields and a contact may share with others."""
    row, origin = person.row, person.private.origin
    for address in sorted(_addresses(person, contact)):
        yield _trait(TraitKind.CONTACT, person.institution, address)
    if start := row.get("tanggal_mulai"):
        yield _trait(TraitKind.START, person.institution, f"{start}\x1f{unit_key(person.unit_kerja)}")
    if origin is not None:
        yield _trait(TraitKind.IMPORT, person.institution, origin.import_id)


def contact_of(person: Person) -> PersonContact | None:
    """His account's contact."""
    account = account_store.load(account_store.account_id(person.row["nik"])) if person.has_account else None
    return account_store.contact(account, person) if account else None


def _addresses(person: Person, contact: PersonContact | None) -> set[str]:
    given = contact.shown() if contact else {}
    verified = {given[name] for name in contact.verified} if contact else set()
    return {each.casefold() for each in (person.row.get(PHONE), person.row.get(EMAIL), *verified) if each}


def _trait(kind: TraitKind, institution: str, value: str) -> str:
    blind = privacy.blind(lookup_key(), "shared trait", f"{institution}\x1f{kind.value}\x1f{value}")
    return kind.value + blind[_HASHED]
