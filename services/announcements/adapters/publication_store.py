"""What stands in the way of publications: `A#DIRECTORY`/`X#<code>`, there only while something does.

All stand in one partition, because every minute somebody counts them. Written by whoever holds the institution's mark.
"""

from services.announcements.adapters.institution_store import DIRECTORY
from services.announcements.model.publication import FoundPlace, Publication, PublicationState
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Item, KeyPart
from services.kernel.security.findings import PublishedField
from services.kernel.security.personal_numbers import PersonalNumber
from services.kernel.writes import ungated

_X = "X#"


def load(code: str) -> Publication | None:
    """What stands in an institution's way, or None."""
    item = dynamodb.get(settings().table, _key(code))
    return None if item is None else _to_publication(item)


def standing() -> list[Publication]:
    """Every institution that something stands in the way of, by code."""
    when = KeyPart("pk").eq(f"A#{DIRECTORY}") & KeyPart("sk").begins_with(_X)
    return [_to_publication(item) for item in dynamodb.query_all(settings().table, when)]


def keep(publication: Publication) -> None:
    """Keep what stands in the way. Only who took the institution's mark writes it, so it needs no condition."""
    item = {
        **_key(publication.code),
        "title": publication.title,
        "state": publication.state.value,
        "since": clock.millis(publication.since),
        "ep": publication.epoch,
        "rows": publication.rows,
        "places": [[one.nomor_registrasi, one.pid, one.field.value, one.kind.value] for one in publication.places],
    }
    ungated.commit([dynamodb.put(settings().table, item)])


def clear(code: str) -> None:
    """Nothing stands in the way any more."""
    ungated.commit([dynamodb.delete(settings().table, _key(code))])


def _key(code: str) -> dict[str, str]:
    return {"pk": f"A#{DIRECTORY}", "sk": f"{_X}{code}"}


def _to_publication(item: Item) -> Publication:
    return Publication(
        code=item["sk"].removeprefix(_X),
        title=item["title"],
        state=PublicationState(item["state"]),
        since=clock.from_millis(item["since"]),
        epoch=item["ep"],
        rows=item["rows"],
        places=[
            FoundPlace(number, pid, PublishedField(field), PersonalNumber(kind))
            for number, pid, field, kind in item["places"]
        ],
    )
