"""Registration has made the numbered pre-final list: its count and root join the number and the instant."""

from dataclasses import replace

from services.finalization.adapters import store
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.events.facts import RosterListed

ACTION = "institution.prefinal_listed"


def project_prefinal(fact: RosterListed) -> None:
    """Keep the list's root, once; a fact about an older list is stale.

    Raises:
        Problem: `not-found`; `version-moved` when the institution changed meanwhile.
    """
    institution = store.load(fact.institution)
    prefinal = institution.prefinal
    if prefinal is None or prefinal.number != fact.v or prefinal.root is not None:
        return
    noted = replace(institution, prefinal=replace(prefinal, root=fact.root, count=fact.total))
    event = Event("system:on_fact", ACTION, clock.now(), {"number": fact.v, "root": fact.root, "count": fact.total})
    store.save(institution, noted, event)
