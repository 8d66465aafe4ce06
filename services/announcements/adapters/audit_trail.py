"""Announcements' audit chains: each case's, readings of cases, releases, own announcements, answers, the banner."""

from collections.abc import Iterator, Sequence

from services.announcements.adapters import (
    answer_store,
    banner_store,
    case_store,
    institution_store,
    own_announcement_store,
    release_store,
)
from services.kernel.audit import chain as audit
from services.kernel.audit.examine import Stored
from services.kernel.notices.outbox import NATIONAL

_STORES = (release_store, own_announcement_store, banner_store, answer_store)
_LANES = {lane.name: lane for lane in (case_store.READINGS, *(store.LANE for store in _STORES))}


class AnnouncementsTrail:
    """Where announcements' chains and their heads are."""

    def institutions(self) -> list[str]:
        """Whoever the banner's chain is named for, every institution of the public directory, and bkn."""
        codes = [summary.code for summary in institution_store.summaries()]
        return [institution_store.DIRECTORY, *codes, NATIONAL]

    def subjects(self, institution: str) -> list[str]:
        """Who read cases, the releases, own announcements, the answers, the banner, and every case."""
        return [*_LANES, *case_store.numbers_of(institution)]

    def stored(self, institution: str, subjects: Sequence[str]) -> Iterator[Stored]:
        """The heads of these chains, of those that have a link."""
        for lane in (_LANES[subject] for subject in subjects if subject in _LANES):
            log = lane.log(institution)
            head = log.head()
            if head is not None:
                yield Stored(log.chain, head)
        for number, head in case_store.heads_of([subject for subject in subjects if subject not in _LANES]):
            yield Stored(audit.case_chain(number), head)

    def forget(self) -> None:
        """Nothing is remembered."""
