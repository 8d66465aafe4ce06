"""The banner as bkn works with it, and as every page reads it."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.announcements.model.banner import Banner, Level
from services.kernel import clock


class BannerView(BaseModel):
    """The banner that was put up last; `v` 0 and no text while there was none. `stands` by the server's clock."""

    v: int = 0
    stands: bool = False
    id: str = ""
    en: str = ""
    level: Level = Level.INFO
    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def of(cls, banner: Banner | None, now: datetime) -> Self:
        """The banner as it is shown to bkn."""
        if banner is None:
            return cls()
        return cls(
            v=banner.v,
            stands=banner.stands(now),
            id=banner.text_id,
            en=banner.text_en,
            level=banner.level,
            since=banner.since.astimezone(clock.WIB),
            until=banner.until.astimezone(clock.WIB),
        )


class ShownBanner(BaseModel):
    """What the object on the site says; all of it None where no banner stands (web/src/core/banner.js).

    `until` is by the clock of machines: a copy that nothing takes away any more ends by itself.
    """

    id: str | None = None
    en: str | None = None
    level: Level | None = None
    until: datetime | None = None

    @classmethod
    def of(cls, banner: Banner | None, now: datetime) -> Self:
        """What every page is to show."""
        if banner is None or not banner.stands(now):
            return cls()
        return cls(id=banner.text_id, en=banner.text_en, level=banner.level, until=banner.ends.astimezone(clock.WIB))
