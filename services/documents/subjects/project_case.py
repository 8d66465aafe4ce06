"""That a case was closed: its papers have a term from then on (domain.md, section 8); then the bucket deletes them.

Identity papers are kept 30 days, the others as long as the case. Nobody opens them after that, also where the bucket is
a day or two late.
"""

from services.documents.adapters import objects, store
from services.documents.model.file import File, Term
from services.kernel import clock
from services.kernel.cases import OPEN_CASES
from services.kernel.documents import rule_of
from services.kernel.events.facts import CaseEnded, CaseMoved
from services.kernel.problems import Code, Problem
from services.kernel.writes import ungated


def project_case(fact: CaseMoved | CaseEnded) -> None:
    """Give each of its papers its term, once; what arrives twice or late changes nothing.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    if isinstance(fact, CaseMoved) and fact.state in OPEN_CASES:
        return
    known = store.load_subject(fact.case)
    if known is None or known.ended is None:
        if not ungated.commit([store.ended(fact.case, fact.institution, known, clock.now())]):
            raise Problem(Code.TRY_AGAIN)
    elif known.let_go:
        return
    for file in store.files_of(fact.case):
        objects.let_go(file, Term.of(file.id.jenis))
    ungated.commit([store.let_go(fact.case)])


def let_go_if_late(file: File) -> None:
    """Give a paper its term that was accepted when its case had ended already."""
    if not rule_of(file.id.jenis).of_case:
        return
    subject = store.load_subject(file.id.subject)
    if subject is not None and subject.ended is not None:
        objects.let_go(file, Term.of(file.id.jenis))
