"""Announcements' audit chains: who from outside read an inbox, who released rows of a list, who put up a banner."""

from collections.abc import Iterator, Sequence

from services.announcements.adapters import banner_store, institution_store, release_store, usulan_store
from services.kernel.audit.examine import Stored

_LANES = {lane.name: lane for lane in (usulan_store.LANE, release_store.LANE, banner_store.LANE)}


class AnnouncementsTrail:
    """Where announcements' chains and their heads are."""

    def institutions(self) -> list[str]:
        """Whoever the banner's chain is named for, and every institution of the public directory."""
        return [institution_store.DIRECTORY, *(summary.code for summary in institution_store.summaries())]

    def subjects(self, institution: str) -> list[str]:  # noqa: ARG002 - they are the same everywhere
        """The inbox, the releases, the banner."""
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
