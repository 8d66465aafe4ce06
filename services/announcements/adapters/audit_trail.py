"""Announcements' audit chains: who from outside an institution read its inbox of usulan."""

from collections.abc import Iterator, Sequence

from services.announcements.adapters import institution_store, usulan_store
from services.announcements.settings import settings
from services.kernel import audit
from services.kernel.audit_check import Head
from services.kernel.audit_examine import Stored
from services.kernel.aws import dynamodb


class AnnouncementsTrail:
    """Where announcements' chains and their heads are."""

    def institutions(self) -> list[str]:
        """Every institution of the public directory."""
        return [summary.code for summary in institution_store.summaries()]

    def subjects(self, institution: str) -> list[str]:  # noqa: ARG002 - it is the same everywhere
        """The inbox."""
        return [usulan_store.LANE]

    def stored(self, institution: str, subjects: Sequence[str]) -> Iterator[Stored]:  # noqa: ARG002 - it is the only one
        """The head of the inbox, if anybody has read it."""
        head = dynamodb.get(settings().table, usulan_store.inbox_key(institution))
        if head is not None:
            yield Stored(audit.lane_chain(institution, usulan_store.LANE), Head(head["v"], head["chain"]))

    def forget(self) -> None:
        """Nothing is remembered."""
