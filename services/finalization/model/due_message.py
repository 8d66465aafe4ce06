"""What asks for an institution whose instant has come."""

from datetime import datetime

from pydantic import BaseModel


class DueMessage(BaseModel):
    """Which institution something is due of, and the instant at which it was found due."""

    institution: str
    at: datetime
