"""How many accounts one e-mail address or phone serves, by a keyed hash of it (domain.md, section 3).

One contact may serve several people; from five accounts on the verifikator is told. Counted is what a code has shown to
be its owner's.
"""

from typing import Final

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Operation
from services.kernel.security import privacy
from services.registration.model.contact import PersonContact
from services.registration.settings import lookup_key, settings

FLAGGED_FROM: Final = 5
"""So many accounts with one contact are shown to the verifikator; they are never refused."""


def count_contacts(before: PersonContact | None, after: PersonContact) -> list[Operation]:
    """The operations that count an account's verified contacts, where they are others than `before`."""
    had, has = _addresses(before), _addresses(after)
    return [*(_add(address, 1) for address in sorted(has - had)), *(_add(address, -1) for address in sorted(had - has))]


def accounts_with(contact: PersonContact) -> int:
    """How many accounts have one of these verified contacts: of the two, that with the most."""
    items = (dynamodb.get(settings().table, _key(address)) for address in sorted(_addresses(contact)))
    return max((int(item["n"]) for item in items if item is not None), default=0)


def _addresses(contact: PersonContact | None) -> set[str]:
    known = contact.shown() if contact else {}
    return {address.casefold() for name, address in known.items() if address and contact and name in contact.verified}


def _add(address: str, by: int) -> Operation:
    return dynamodb.update(settings().table, _key(address), add={"n": by})


def _key(address: str) -> dict[str, str]:
    return {"pk": f"REACH#{privacy.blind(lookup_key(), 'shared contact', address)}", "sk": "@"}
