"""The lists of an institution that its rows are compared with."""

from services.registration.adapters import job_store, unit_store
from services.registration.rows.unlisted import Lists


def load(institution: str) -> Lists:
    """Its units and its titles, as they stand."""
    return Lists(unit_store.load(institution), job_store.load(institution))
