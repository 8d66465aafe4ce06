"""What registration says of people, kept here so that staff are known to be their institution's."""

from collections.abc import Sequence

from services.documents.adapters import store
from services.kernel.events.facts import PersonListed, PersonMoved
from services.kernel.writes import ungated


def project_people(facts: Sequence[PersonListed]) -> set[int]:
    """Keep the newest fact of each person; what arrives twice or late changes nothing.

    Raises:
        Problem: `try-again`; the facts must come again.
    """
    newest = {fact.pid: fact for fact in sorted(facts, key=lambda fact: fact.v)}
    ungated.commit_each([store.listed(fact) for fact in newest.values()])
    return set()


def project_moved(fact: PersonMoved) -> None:
    """Keep that a NIK was corrected: the files stay where they are, and are of whoever goes on under the right one.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    ungated.commit(store.moved(fact))
