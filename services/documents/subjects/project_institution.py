"""That an institution takes part, kept here so that the check of the trail finds whose files there are."""

from services.documents.adapters import directory
from services.kernel.events.facts import InstitutionOpened


def project_institution(fact: InstitutionOpened) -> None:
    """List it.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    directory.keep(fact.institution)
