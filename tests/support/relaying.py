"""What a change of a table's stream means, as its relay reads it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from services.announcements.facts.translate_change import translate_change as of_announcements
from services.documents.files.translate_change import translate_change as of_documents
from services.finalization.translate import translate as of_finalization
from services.kernel.aws.dynamodb import decode
from services.kernel.events.facts import Fact
from services.kernel.events.relay import Change
from services.registration.facts.translate_change import translate_change as of_registration

TRANSLATE: Mapping[str, Callable[[Change], Iterable[Fact]]] = {
    "RegTable": of_registration,
    "DocTable": of_documents,
    "FinTable": of_finalization,
    "AnnTable": of_announcements,
}


def meaning(table: str, record: Mapping[str, Any]) -> list[Fact]:
    """The facts of one record of a table's stream."""
    data = record["dynamodb"]
    keys = decode(data["Keys"])
    old, new = (decode(data[image]) if data.get(image) else None for image in ("OldImage", "NewImage"))
    return list(TRANSLATE[table](Change(keys["pk"], keys["sk"], old, new)))
