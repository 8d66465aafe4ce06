"""Which verdicts on single criteria still stand where the whole is void (domain.md, section 3, *Putting right*).

One stands until its criterion's inputs change, a paper it rests on comes, or whoever gave it takes it back. Whoever
decides next need not give it again.
"""

from services.kernel.documents import DocumentType
from services.registration.eligibility.advice import Criterion
from services.registration.model.dossier import Dossier
from services.registration.model.verdict import CriterionVerdict
from services.registration.shared.papers import FEEDS, came_after


def standing_verdicts(dossier: Dossier) -> dict[Criterion, CriterionVerdict]:
    """By criterion, the verdicts of the last decision that still stand; none after a return or a verdict as one."""
    decisions = dossier.person.private.decisions
    if not decisions:
        return {}
    last = decisions[-1]
    void = set(dossier.person.private.voided)
    if not dossier.person.is_decided:
        for file in dossier.files:
            if came_after(file, last.at):
                void |= FEEDS.get(DocumentType(file.jenis), frozenset())
    return {each.criterion: each for each in last.criteria if each.criterion not in void}
