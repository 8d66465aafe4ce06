"""Staff enter, correct and remove further appointments of a person (domain.md, section 6, *Riwayat*).

What he entered himself they leave as it is: his statement and the institution's stand beside each other, and the
verifikator decides what is proved.
"""

from services.kernel.documents import FIRST_HISTORY
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.registration.adapters import person_store
from services.registration.corrections.correcting import WINDOW_OF_CORRECTIONS, commit, correct_appointments
from services.registration.dossiers.histories import HistoryAdded, find_history
from services.registration.model.dossier import Dossier
from services.registration.model.person import History

_FIRST = "Riwayat pertama adalah data yang didaftarkan. Perbaiki dengan tombol Perbaiki data."
_HIS = (
    "Riwayat ini ditulis oleh orangnya sendiri, jadi hanya ia yang mengubahnya. Bila menurut instansi lain, tambahkan "
    "riwayat menurut SK yang ada pada instansi; keduanya berdampingan sampai verifikator memutuskan."
)


def find_institutions_appointment(dossier: Dossier, identifier: str) -> History:
    """A further appointment that staff entered.

    Raises:
        Problem: `forbidden` for the first one and for what the person entered himself, `not-found`.
    """
    if identifier == FIRST_HISTORY:
        raise Problem(Code.FORBIDDEN, _FIRST)
    row = find_history(dossier, identifier)
    if row.by is None:
        raise Problem(Code.FORBIDDEN, _HIS)
    return row


def require_open(dossier: Dossier, v: int, request: Request) -> None:
    """Refuse a correction out of its time, or of another version than its writer saw.

    Raises:
        Problem: `window-closed`, `window-not-open`, `version-moved`.
    """
    gate.read_round(dossier.person.institution).require(WINDOW_OF_CORRECTIONS, request.received)
    dossier.person.require_version(v)


def replace_appointment(
    dossier: Dossier,
    before: History | None,
    after: History | None,
    *,
    action: str,
    reason: str | None,
    request: Request,
) -> HistoryAdded:
    """Store one appointment in the place of another; None for one that was not there, or is not to be any more.

    Raises:
        ValueError: for neither.
        Problem: `conflict` where nothing differs, and as `correct_appointments` and `commit` say.
    """
    row = after or before
    if row is None:
        raise ValueError("no appointment to store or take out")
    rest = [other for other in dossier.histories if other.id != row.id]
    delta = {} if before == after else {row.id: [before and dict(before.fields), after and dict(after.fields)]}
    correction = correct_appointments(
        dossier, [*rest, after] if after else rest, delta, by=request.actor.id, at=request.received
    )
    answer = HistoryAdded(id=row.id, v=dossier.person.v + 1)
    stored = person_store.put_history(dossier.person, after) if after else None
    operation = stored or person_store.delete_history(dossier.person, row.id)
    commit(correction, action=action, reason=reason, request=request, extra=[operation, *request.once.remember(answer)])
    return answer
