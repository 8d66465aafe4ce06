"""A person's public fields, kept as registration tells them; the pages follow a minute later."""

from datetime import timedelta

from services.announcements.adapters import dirty_store, institution_store
from services.kernel import clock
from services.kernel.facts import PersonListed

DEBOUNCE = timedelta(seconds=60)
"""Changes of a minute are published together."""


def project_person(fact: PersonListed) -> None:
    """Keep the newest fact; what arrives late changes nothing, what arrives twice is marked twice.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    if institution_store.keep_person(fact):
        dirty_store.mark(fact.institution, clock.now() + DEBOUNCE)
