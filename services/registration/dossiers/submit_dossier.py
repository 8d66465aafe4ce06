"""Submit the dossier, "Akhiri Proses Pendaftaran"."""

from dataclasses import replace

from pydantic import BaseModel

from services.kernel.documents.receipts import Receipts
from services.kernel.metrics import Metric, publish
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.web.request import Request
from services.registration.adapters import file_store
from services.registration.cards.issue_card import issue_card
from services.registration.dossiers.change import open_dossier, save
from services.registration.dossiers.completeness import missing
from services.registration.dossiers.on_their_way import counting, find_on_their_way
from services.registration.model.card import CardKind
from services.registration.model.person_states import Action
from services.registration.shared.views import Moved

_DECIDED = (
    "Verifikator sudah memutuskan data Anda, jadi tidak ada yang perlu diajukan. Yang Anda ubah sesudah putusan sudah "
    "tersimpan dengan tanda, dan putusannya tetap."
)


class Submission(BaseModel):
    """The last step: `statement` is the tick under "data yang saya isi benar".

    `receipts` are those of files that documents has not inspected yet (kernel/documents/receipts.py).
    """

    v: int
    statement: bool
    receipts: Receipts = []


def submit_dossier(submission: Submission, request: Request) -> Moved:
    """Judge once more, store, and give out the census card.

    Raises:
        Problem: `incomplete` with what is missing, `invalid-fields` without the statement, `window-closed`,
            `version-moved`, `illegal-transition`.
    """
    return request.once.answer(Moved, lambda: _submit(submission, request))


def _submit(submission: Submission, request: Request) -> Moved:
    opened = open_dossier(request, submission.v)
    if opened.person.is_decided:
        raise Problem(Code.ILLEGAL_TRANSITION, _DECIDED)
    after = opened.person.moved(Action.SUBMIT, request.received)
    if not submission.statement:
        raise invalid_problem("statement", "statement", "Centang pernyataan bahwa data yang Anda isi benar.")
    coming = find_on_their_way(opened.dossier, submission.receipts)
    as_if = replace(opened.dossier, files=tuple(counting(opened.dossier.files, coming)))
    lacking = missing(as_if)
    if lacking:
        raise Problem(Code.INCOMPLETE, missing=[one.model_dump() for one in lacking])
    moved = Moved(v=opened.person.v + 1, state=after.state)
    cards = issue_card(opened.person.pid, CardKind.PENDATAAN, request.received)
    waiting = [file_store.put_waiting(opened.person.pid, file) for file in coming]
    save(opened, after, Action.SUBMIT, {}, extra=[*cards, *waiting, *request.once.remember(moved)])
    publish({Metric.FILES_ON_THEIR_WAY: len(coming)})
    return moved
