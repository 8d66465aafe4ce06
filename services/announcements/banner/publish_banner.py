"""The object on the site follows the banner that stands: after each change, each minute for what ended by itself."""

from datetime import datetime

from services.announcements.adapters import banner_store
from services.announcements.banner.views import ShownBanner


def publish_banner(now: datetime) -> None:
    """Write the object if it says something else; whoever breaks off or comes late is put right a minute later."""
    wanted = ShownBanner.of(banner_store.load(), now).model_dump_json(exclude_none=True).encode()
    if banner_store.shown() != wanted:
        banner_store.show(wanted)
