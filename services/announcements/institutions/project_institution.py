"""An institution's name, phase, numbered list and seal, kept as they are told; the pages follow at the next minute."""

from services.announcements.adapters import contact_store, dirty_store, institution_store
from services.announcements.adapters.institution_store import DIRECTORY
from services.kernel import clock
from services.kernel.events.facts import (
    InstitutionContact,
    InstitutionOpened,
    InstitutionPhaseChanged,
    InstitutionSealed,
    InstitutionWaived,
    RosterListed,
)


def project_opened(fact: InstitutionOpened) -> None:
    """Keep an institution's name; late facts change nothing.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    _published_soon(fact.institution, kept=institution_store.keep_title(fact))


def project_phase(fact: InstitutionPhaseChanged) -> None:
    """Keep where an institution stands; late facts change nothing.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    _published_soon(fact.institution, kept=institution_store.keep_phase(fact))


def project_waived(fact: InstitutionWaived) -> None:
    """Keep when four eyes were waived; late facts change nothing.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    _published_soon(fact.institution, kept=institution_store.keep_waivers(fact))


def project_sealed(fact: InstitutionSealed) -> None:
    """Keep the seal of the final list; that of an earlier epoch changes nothing.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    _published_soon(fact.institution, kept=institution_store.keep_seal(fact))


def project_prefinal(fact: RosterListed) -> None:
    """Keep number, count and root of the pre-final list; an earlier list's change nothing.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    _published_soon(fact.institution, kept=institution_store.keep_prefinal(fact))


def project_contact(fact: InstitutionContact) -> None:
    """Keep how an institution's office is reached; an earlier contact changes nothing.

    It stands on the institution's own page and among all contacts, which are made with the directory.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    kept = contact_store.keep(fact)
    _published_soon(fact.institution, kept=kept)
    _published_soon(DIRECTORY, kept=kept)


def _published_soon(code: str, *, kept: bool) -> None:
    if kept:
        dirty_store.mark(code, clock.now())
