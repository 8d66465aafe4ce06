"""An admin confirms that somebody works there no more, as he said himself; he is taken off the roster.

Only with assurance, or a signed paper: whoever took his account must not take him off the list with one click
(domain.md, section 3, *Putting right*). The person is told and may reverse it while corrections are open.
"""

from typing import Final

from services.kernel import clock
from services.kernel.documents import DocumentType, FileState
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.registration.access.scope import require_institution_and_unit
from services.registration.adapters import person_store
from services.registration.model.assurance import is_assured
from services.registration.model.dossier import Dossier
from services.registration.model.private import Deletion
from services.registration.people.delete_person import take_off
from services.registration.shared.tell_person import tell_taken_off
from services.registration.shared.views import Moved, WithReason
from services.registration.statements.answer_statement import require_stated

_NOT_SURE: Final = (
    "Akun orang ini belum dipastikan, jadi pernyataannya saja tidak mengeluarkannya dari daftar. Unggah surat "
    "pernyataan yang ia tanda tangani sebagai bukti perbaikan, atau pastikan akunnya di loket lebih dahulu."
)


def confirm_statement(pid: str, confirmation: WithReason, *, institution: str, request: Request) -> Moved:
    """Take the person off the roster on his own word.

    Raises:
        Problem: `not-found`, `own-record`, `conflict` when he states nothing, `incomplete` without assurance or paper,
            `invalid-fields` without a reason, `version-moved`, `illegal-transition`, `window-closed`,
            `window-not-open`, `try-again`.
    """
    dossier = person_store.load_dossier(pid)
    require_institution_and_unit(request.actor, institution, dossier.person)
    request.actor.require_another(pid)
    return request.once.answer(Moved, lambda: _confirm(dossier, confirmation, request))


def _confirm(dossier: Dossier, confirmation: WithReason, request: Request) -> Moved:
    person = dossier.person
    require_stated(person)
    person.require_version(confirmation.v)
    if not (is_assured(person) or has_signed_paper(dossier)):
        raise Problem(Code.INCOMPLETE, _NOT_SURE)
    note = Deletion(clock.millis(request.received), request.actor.id, confirmation.reason, stated=True)
    return take_off(person, note, request, tell_taken_off(person))


def has_signed_paper(dossier: Dossier) -> bool:
    """Whether staff uploaded a paper of his since he stated it (`BUKTI_PERBAIKAN`, accepted)."""
    since = dossier.person.private.active_at or 0
    return any(
        file.jenis == DocumentType.BUKTI_PERBAIKAN.value
        and file.state == FileState.DITERIMA.value
        and file.by is not None
        and (file.kept_at or 0) >= since
        for file in dossier.files
    )
