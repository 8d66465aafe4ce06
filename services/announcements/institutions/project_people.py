"""People's public fields, kept as registration tells them; the pages follow a minute later."""

from collections.abc import Sequence
from datetime import timedelta

from services.announcements.adapters import dirty_store, institution_store
from services.announcements.adapters.institution_store import Kept
from services.kernel import clock
from services.kernel.events.facts import PersonListed

DEBOUNCE = timedelta(seconds=60)
"""Changes of a minute are published together."""


def project_people(facts: Sequence[PersonListed]) -> list[Kept]:
    """Keep the newest fact of each person; what arrives late changes nothing, what arrives twice is marked twice.

    Returns what stands now.

    Raises:
        Problem: `try-again`; the facts must come again.
    """
    newest = {fact.pid: fact for fact in sorted(facts, key=lambda fact: fact.v)}
    kept = institution_store.keep_people(list(newest.values()))
    for institution in {one.fact.institution for one in kept}:
        dirty_store.mark(institution, clock.now() + DEBOUNCE)
    return kept
