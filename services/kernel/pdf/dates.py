from datetime import datetime

from services.kernel import clock


def minute_text(instant: datetime) -> str:
    """Write an instant to the minute, as papers carry it: `1 September 2022 09.00 WIB`; midnight ends its day."""
    day, hour = clock.day_and_time(instant)
    return f"{clock.day_text(day)} {hour} WIB"


def day_text(instant: datetime) -> str:
    """Write the day an instant falls on in western Indonesia: `1 September 2022`."""
    return clock.day_text(instant.astimezone(clock.WIB))


def pdf_date(instant: datetime) -> str:
    """Write an instant as PDF metadata have it (ISO 32000-1, 7.9.4), in WIB."""
    return f"D:{instant.astimezone(clock.WIB):%Y%m%d%H%M%S}+07'00'"
