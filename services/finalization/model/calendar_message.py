"""What asks for a calendar to be applied to an institution."""

from pydantic import BaseModel


class CalendarMessage(BaseModel):
    """Which institution should look at the calendar. The calendar itself is read when the message is handled."""

    institution: str
