"""Our own fact that a case moved: an institution's counts, which are public, are made anew."""

from datetime import timedelta
from typing import Final

from services.announcements.adapters import dirty_store
from services.announcements.model.case_counts import COUNTED
from services.kernel import clock
from services.kernel.events.facts import CaseMoved

DEBOUNCE: Final = timedelta(seconds=60)
"""Cases that move within a minute are counted together."""


def project_moved(fact: CaseMoved) -> None:
    """Have the institution's cases counted again; done twice it is the same.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    if fact.kind in COUNTED:
        dirty_store.mark(dirty_store.reports_of(fact.institution), clock.now() + DEBOUNCE)
