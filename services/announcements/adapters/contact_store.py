"""How institutions' offices are reached, from registration's facts: `A#DIRECTORY`/`K#<code>`, read together."""

from services.announcements.adapters.institution_store import DIRECTORY
from services.announcements.settings import settings
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart
from services.kernel.contact import OfficeContact
from services.kernel.events.facts import InstitutionContact
from services.kernel.writes import ungated

_K = "K#"


def keep(fact: InstitutionContact) -> bool:
    """Keep a contact; False when a later one stood there."""
    item = {**_key(fact.institution), "v": fact.v, **fact.contact.model_dump()}
    when = Attr("v").not_exists() | Attr("v").lte(fact.v)
    return ungated.commit([dynamodb.put(settings().table, item, when=when)])


def load(code: str) -> OfficeContact | None:
    """An institution's contact, or None while it has written none."""
    item = dynamodb.get(settings().table, _key(code))
    return None if item is None else _to_contact(item)


def contacts() -> dict[str, OfficeContact]:
    """Every contact there is, by the institution's code."""
    when = KeyPart("pk").eq(f"A#{DIRECTORY}") & KeyPart("sk").begins_with(_K)
    return {item["sk"].removeprefix(_K): _to_contact(item) for item in dynamodb.query_all(settings().table, when)}


def _key(code: str) -> dict[str, str]:
    return {"pk": f"A#{DIRECTORY}", "sk": f"{_K}{code}"}


def _to_contact(item: Item) -> OfficeContact:
    return OfficeContact(**{name: item[name] for name in OfficeContact.model_fields})
