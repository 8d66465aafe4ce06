"""The banner: an item `A#DIRECTORY`/`BANNER`, which heads the audit chain of its changes, and an object on the site.

The item is what stands; the object follows it (banner/publish_banner.py). It is a static file, so that pages show the
banner also while no function answers.
"""

from collections.abc import Sequence
from typing import Final

from services.announcements.adapters.audit_lane import Lane
from services.announcements.adapters.institution_store import DIRECTORY
from services.announcements.model.banner import Banner, Level
from services.announcements.model.objects import JSON
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.audit.log import Standing
from services.kernel.aws import dynamodb, s3
from services.kernel.aws.dynamodb import Operation
from services.kernel.writes import ungated

LANE: Final = Lane("banner", "BANNER")
OBJECT: Final = "pemberitahuan.json"
"""The address on the site, without its slash; web/src/core/banner.js asks for it."""
_CACHE: Final = "public, max-age=20"
"""Twenty seconds at the distribution and twenty in the browser: less than a minute with the next look."""
_KEY: Final = {"pk": f"A#{DIRECTORY}", "sk": LANE.sort}


def load() -> Banner | None:
    """The banner that was put up last, whether it still stands or not; None before the first."""
    item = dynamodb.get(settings().table, _KEY)
    if item is None:
        return None
    return Banner(
        v=item["v"],
        text_id=item["text_id"],
        text_en=item["text_en"],
        level=Level(item["level"]),
        since=clock.from_millis(item["since"]),
        until=clock.from_millis(item["until"]),
        ends=clock.from_millis(item["ends"]),
    )


def keep(before: Banner | None, after: Banner, event: Event, also: Sequence[Operation] = ()) -> bool:
    """Let `after` stand, with its link of the chain and `also`; False when somebody else was faster."""
    item = dynamodb.get(settings().table, _KEY)
    if (before.v if before else None) != (item["v"] if item else None):
        return False
    standing = Standing(item["v"], item["head"], item["salt"]) if item else None
    values = {
        "text_id": after.text_id,
        "text_en": after.text_en,
        "level": after.level.value,
        "since": clock.millis(after.since),
        "until": clock.millis(after.until),
        "ends": clock.millis(after.ends),
    }
    head, link = LANE.log(DIRECTORY).add(event, standing, **values)
    return ungated.commit([head, link.operation, *also])


def shown() -> bytes | None:
    """The object as it stands on the site."""
    return s3.read(settings().site_bucket, OBJECT)


def show(content: bytes) -> None:
    """Put the object on the site."""
    s3.write(settings().site_bucket, OBJECT, content, content_type=JSON, cache=_CACHE)
