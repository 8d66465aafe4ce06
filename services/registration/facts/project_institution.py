"""Keep what finalization says of institutions: that one takes part, and in which phase it is."""

from services.kernel.events.facts import InstitutionOpened, InstitutionPhaseChanged
from services.registration.adapters import institution_store


def project_opened(fact: InstitutionOpened) -> None:
    """An institution takes part under this name."""
    institution_store.keep(fact.institution, {"title": fact.title, "kind": fact.kind}, clock="opened_v", v=fact.v)


def project_phase(fact: InstitutionPhaseChanged) -> None:
    """An institution's phase; what arrives late or twice changes nothing."""
    values = {"phase": fact.phase.value, "epoch": fact.epoch}
    institution_store.keep(fact.institution, values, clock="phase_v", v=fact.v)
