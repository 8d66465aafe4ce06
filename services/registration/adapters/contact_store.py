"""An institution's published contact, `CONTACT#<institution>`/`@`; the relay tells of each change."""

from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.contact import OfficeContact
from services.registration.settings import settings

PREFIX: Final = "CONTACT#"


def load(institution: str) -> tuple[int, OfficeContact | None]:
    """The version and the contact; 0 and None while the institution has written none."""
    item = dynamodb.get(settings().table, _key(institution))
    return (0, None) if item is None else (item["v"], of(item))


def put(institution: str, contact: OfficeContact, v: int, at: datetime) -> Operation:
    """The operation that stores version `v`, unless somebody was faster."""
    when = Attr("v").eq(v - 1) if v > 1 else Attr("v").not_exists()
    item = {**_key(institution), "v": v, "at": clock.millis(at), **contact.model_dump()}
    return dynamodb.put(settings().table, item, when=when)


def of(item: Item) -> OfficeContact:
    """The contact that an item holds."""
    return OfficeContact(**{name: item[name] for name in OfficeContact.model_fields})


def _key(institution: str) -> dict[str, str]:
    return {"pk": f"{PREFIX}{institution}", "sk": "@"}
