"""Documents' audit chains: one for each person or institution somebody has uploaded, read or inspected a file of."""

from collections.abc import Iterator, Sequence

from services.documents.adapters import directory, items
from services.documents.settings import settings
from services.kernel.audit import chain as audit
from services.kernel.audit.check import Head
from services.kernel.audit.examine import Stored
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import KeyPart
from services.kernel.notices.outbox import NATIONAL


class DocumentsTrail:
    """Where documents' chains and their heads are."""

    def institutions(self) -> Sequence[str]:
        """Every institution finalization has spoken of, and bkn, for cases that name none."""
        return [*directory.codes(), NATIONAL]

    def subjects(self, institution: str) -> Iterator[str]:
        """Everybody with a chain, by the index of chains."""
        for shard in range(items.CHAIN_SHARDS):
            when = KeyPart("g1pk").eq(items.chains_key(institution, shard))
            for item in dynamodb.query_all(settings().table, when, index="chains"):
                yield item["g1sk"]

    def stored(self, institution: str, subjects: Sequence[str]) -> Iterator[Stored]:  # noqa: ARG002 - the ids say it
        """The heads of these subjects; one that only the projection has written has no chain yet."""
        heads = dynamodb.get_many(settings().table, [items.subject_key(subject) for subject in subjects])
        for subject, head in zip(subjects, heads, strict=True):
            if head is not None and "v" in head:
                yield Stored(audit.person_chain(subject), Head(head["v"], head["head"]))

    def forget(self) -> None:
        """Nothing is remembered."""
