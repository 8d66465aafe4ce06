"""What is searched before a card or a public answer shows somebody's data (domain.md, section 8)."""

from collections.abc import Mapping

from services.kernel.security.findings import Finding, PublishedField, search
from services.registration.adapters import account_store
from services.registration.model.own_numbers import is_worth_a_contact, own_findings, published_fields
from services.registration.model.person import Person


def published_findings(person: Person, institution: str) -> list[Finding]:
    """Where his published fields, or his institution's name, hold a personal number of anybody or one of his own."""
    anybody = search({**published_fields(person), PublishedField.INSTANSI: institution})
    known = {finding.field for finding in anybody}
    own = own_findings(person, own_contact(person))
    return [*anybody, *(finding for finding in own if finding.field not in known)]


def own_contact(person: Person) -> Mapping[str, str | None]:
    """His phone and e-mail, which stand with his account, where a published field may hold them; else nothing."""
    if not (person.has_account and is_worth_a_contact(person)):
        return {}
    account = account_store.load(account_store.account_id(person.row["nik"]))
    return {} if account is None else account_store.contact(account, person).shown()
