"""Keep which day an institution announced its pre-final list by itself; facts may come twice and in any order."""

from services.finalization.adapters.announcement_store import keep_announcement
from services.kernel.events.facts import AnnouncementRecorded
from services.kernel.writes import ungated


def project_announcement(fact: AnnouncementRecorded) -> None:
    """Keep it, unless something newer is known. Of the final list nothing here asks.

    Raises:
        Problem: `try-again`.
    """
    if not fact.final:
        ungated.commit([keep_announcement(fact)])
