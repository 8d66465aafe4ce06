"""Tell a person that documents has made the copy of his files that he asked for."""

from services.kernel.events.facts import FilesCopied
from services.kernel.writes import ungated
from services.registration.adapters import person_store
from services.registration.shared.tell_person import tell_copy_ready


def project_copied(fact: FilesCopied) -> None:
    """Put the notice among those to be sent; of a fact that comes again he was told before.

    Raises:
        Problem: `not-found` or `try-again`.
    """
    ungated.commit(tell_copy_ready(person_store.load(fact.pid), fact.copy_id, fact.until))
