"""Which papers a verdict on a criterion rests on, and which of them are lacking or were not opened (section 4).

Whether somebody opened one, documents says in a signed opening that his browser shows (kernel/documents/openings.py).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.kernel.documents import DocumentType, FileState
from services.kernel.documents.openings import read_opening
from services.registration.dossiers.completeness import missing_papers
from services.registration.eligibility.advice import Criterion
from services.registration.model.dossier import Dossier
from services.registration.model.person import KnownFile
from services.registration.settings import files_key
from services.registration.shared.papers import FEEDS
from services.registration.shared.views import Missing

RESTS_ON: Final = {**FEEDS, DocumentType.FOTO: FEEDS[DocumentType.KTP]}
"""On which criteria a kind of paper is looked at; the photo says, with the KTP, who he is (ours)."""


@dataclass(frozen=True)
class Papers:
    """What a verdict is given without: papers that are not there, and accepted ones its giver had not opened."""

    lacking: Sequence[Missing] = ()
    unopened: Sequence[KnownFile] = ()

    def lacking_for(self, criterion: Criterion) -> list[Missing]:
        """The papers lacking that this criterion rests on."""
        return [each for each in self.lacking if criterion in RESTS_ON[DocumentType(each.code)]]

    def unopened_for(self, criterion: Criterion) -> list[KnownFile]:
        """The unopened papers that this criterion rests on."""
        return [each for each in self.unopened if criterion in RESTS_ON[DocumentType(each.jenis)]]


def look_for_papers(dossier: Dossier, opened: Collection[str]) -> Papers:
    """What of the papers is lacking, and what of the accepted ones is not among the opened ids."""
    there = (file for file in dossier.files if file.state == FileState.DITERIMA.value)
    resting = (file for file in there if DocumentType(file.jenis) in RESTS_ON)
    return Papers(missing_papers(dossier), [file for file in resting if file.id not in opened])


def resting_on(jenis: str) -> list[Criterion]:
    """The criteria that a kind of paper is looked at for, in their order."""
    return [criterion for criterion in Criterion if criterion in RESTS_ON[DocumentType(jenis)]]


def opened_by(reader: str, openings: Iterable[str], received: datetime) -> frozenset[str]:
    """The ids of the files that this member of staff opened; openings that are not his, or too old, say nothing."""
    read = (read_opening(files_key(), text, by=reader, now=received) for text in openings)
    return frozenset(file for file in read if file is not None)


def kinds_of(papers: Iterable[str]) -> tuple[DocumentType, ...]:
    """Each kind once, in order."""
    return tuple(sorted({DocumentType(jenis) for jenis in papers}))
