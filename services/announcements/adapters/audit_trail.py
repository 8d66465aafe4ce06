"""Announcements' audit chains: who from outside read an inbox of usulan, and who released rows of a sealed list."""

from collections.abc import Iterator, Sequence

from services.announcements.adapters import institution_store, release_store, usulan_store
from services.kernel.audit.examine import Stored

_LANES = {lane.name: lane for lane in (usulan_store.LANE, release_store.LANE)}


class AnnouncementsTrail:
    """Where announcements' chains and their heads are."""

    def institutions(self) -> list[str]:
        """Every institution of the public directory."""
        return [summary.code for summary in institution_store.summaries()]

    def subjects(self, institution: str) -> list[str]:  # noqa: ARG002 - they are the same everywhere
        """The inbox, and the releases."""
        return list(_LANES)

    def stored(self, institution: str, subjects: Sequence[str]) -> Iterator[Stored]:
        """The heads of these chains, of those that have a link."""
        for lane in (_LANES[subject] for subject in subjects if subject in _LANES):
            log = lane.log(institution)
            head = log.head()
            if head is not None:
                yield Stored(log.chain, head)

    def forget(self) -> None:
        """Nothing is remembered."""
