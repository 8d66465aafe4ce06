"""A person asks to have something put right that his institution entered (domain.md, section 3, *Putting right*)."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel import clock
from services.kernel.documents import DocumentType, FileState, is_history_of
from services.kernel.documents.receipts import Receipts
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.registration.adapters import file_store, person_store
from services.registration.correction_requests.asking import AskedValues, require_room
from services.registration.correction_requests.moving import store_moved
from services.registration.corrections.correcting import WINDOW_OF_CORRECTIONS, correct
from services.registration.dossiers.on_their_way import find_on_their_way
from services.registration.model.correction_request import AskedField, CorrectionRequest, RequestState, due
from services.registration.model.dossier import Dossier
from services.registration.model.person import KnownFile
from services.registration.settings import files_key
from services.registration.shared.views import Reason, Versioned

_NOTHING = "Tidak ada isian yang berbeda dari yang tercatat. Isi hanya yang salah, dengan nilai yang benar."
_NO_EVIDENCE = "Lampirkan bukti, misalnya foto SK atau KTP yang memuat nilai yang benar, lalu kirim lagi."
_COUNTED = frozenset({FileState.DITERIMA.value, FileState.DIPERIKSA.value})


class NewCorrectionRequest(BaseModel):
    """What should be put right. `id` is the one his page was given (`GET me/requests`), which his evidence names too.

    `receipts` are those of files that are still being inspected.
    """

    id: Annotated[str, Field(pattern=r"^[0-9a-z]{1,64}$")]
    v: int
    fields: AskedValues
    reason: Reason
    receipts: Receipts = []


def request_correction(new: NewCorrectionRequest, request: Request) -> Versioned:
    """Keep the request for the institution to decide.

    Raises:
        Problem: `invalid-fields` for a value that cannot stand there, no reason or no evidence; `conflict` when nothing
            differs or as many as allowed are open; `not-found` for an id that is not his; `window-closed`,
            `window-not-open`, `version-moved`, `illegal-transition`, `try-again`.
    """
    return request.once.answer(Versioned, lambda: _ask(new, request))


def _ask(new: NewCorrectionRequest, request: Request) -> Versioned:
    dossier = person_store.load_dossier(request.actor.id)
    person = dossier.person
    gate.read_round(person.institution).require(WINDOW_OF_CORRECTIONS, request.received)
    person.require_version(new.v)
    require_room(person)
    _require_own_id(new.id, dossier)
    wanted = correct(dossier, new.fields.given(), by=person.pid, at=request.received).delta
    if not wanted:
        raise Problem(Code.CONFLICT, _NOTHING)
    coming = find_on_their_way(dossier, new.receipts)
    evidence = _evidence(new.id, [*dossier.files, *coming])
    due_at, bkn_at = due(request.received)
    asked = CorrectionRequest(
        id=new.id,
        state=RequestState.DIAJUKAN,
        asked_at=clock.millis(request.received),
        due_at=due_at,
        bkn_at=bkn_at,
        reason=new.reason,
        fields=tuple(AskedField(name, before, after) for name, (before, after) in wanted.items()),
        evidence=tuple(file.id for file in evidence),
    )
    answer = Versioned(v=person.v + 1)
    waiting = [file_store.put_waiting(person.pid, file) for file in coming if file in evidence]
    delta = {"asked": dict(wanted), "reason": new.reason}
    extra = [*waiting, *request.once.remember(answer)]
    store_moved(person, person, asked, action="ask-correction", delta=delta, request=request, extra=extra)
    return answer


def _require_own_id(identifier: str, dossier: Dossier) -> None:
    taken = {each.id for each in dossier.person.private.requests} | {row.id for row in dossier.histories}
    if identifier in taken or not is_history_of(files_key(), dossier.person.pid, identifier):
        raise Problem(Code.NOT_FOUND)


def _evidence(identifier: str, files: list[KnownFile]) -> list[KnownFile]:
    found = [
        file
        for file in files
        if (file.jenis, file.riwayat) == (DocumentType.BUKTI_PERBAIKAN.value, identifier) and file.state in _COUNTED
    ]
    if not found:
        raise invalid_problem("evidence", "missing", _NO_EVIDENCE)
    return found
