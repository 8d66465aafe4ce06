"""When people are written to of what they did not ask for: by day, in WIB."""

from datetime import datetime, time
from typing import Final

from services.kernel import clock

FROM: Final = time(8)
UNTIL: Final = time(20)


def is_day(now: datetime) -> bool:
    """Whether people are written to at this time of day."""
    return FROM <= now.astimezone(clock.WIB).time() < UNTIL
