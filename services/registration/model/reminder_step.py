"""The message by which reminding goes on: a page of a roster is one call's work, 2.4 million people are not."""

from datetime import date

from pydantic import BaseModel


class ReminderStep(BaseModel):
    """One institution on one day, and where among its people reminding has come to.

    Without `closes`: look at what is due of it. With it, a page of its people behind `cursor` (None: from the first) is
    told of the window that closes then, in milliseconds, and closed `days` days later when it was found. With
    `reopened`, an epoch, it is told that verification alone was opened again under it. With `message`, the id of one of
    bkn's, its admins are told that. With `listed`, the number of a pre-final list, a page of its people is told whether
    they stand on it.
    """

    institution: str
    day: date
    closes: int | None = None
    days: int = 0
    reopened: int | None = None
    message: str | None = None
    listed: int | None = None
    cursor: str | None = None
