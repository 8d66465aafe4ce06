"""What registration says of a person, kept here so that staff are known to be his institution's."""

from services.documents.adapters import store
from services.kernel import ungated
from services.kernel.facts import PersonListed


def project_person(fact: PersonListed) -> None:
    """Keep the newest fact; what arrives twice or late changes nothing.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    ungated.commit([store.listed(fact)])
