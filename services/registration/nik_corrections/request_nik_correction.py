"""Ask for the right NIK of a registered person (domain.md, section 3, *Putting right*): evidence is his KTP.

Whoever asks types name and birth date as they stand on the KTP: where they are another one's, it is another person, who
is registered anew. Nothing moves until an admin who has not asked says so (decide_nik_correction.py).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, FieldProblem, Problem, invalid_problem
from services.kernel.security import privacy
from services.kernel.security.personal_number_texts import refuse_personal_number
from services.kernel.states import GONE
from services.kernel.values.alike import Alikeness, compare_names
from services.kernel.values.dates import DayField
from services.kernel.values.identity_fields import NikField
from services.kernel.values.texts import clean_text
from services.kernel.web.request import Request
from services.registration.access.scope import load_to_work_on
from services.registration.adapters import asked_nik_store, person_store
from services.registration.model.asked_nik import AskedNik
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.nik_corrections.commit_asked import commit_asked
from services.registration.nik_corrections.evidence import require_ktp
from services.registration.settings import lookup_key
from services.registration.shared.views import OnVersion, Reason, Versioned

ACTION: Final = "ask-nik-correction"
_SAME: Final = "Ini NIK yang sudah tercatat. Isi NIK yang benar, seperti tertulis pada KTP."
_ANOTHER: Final = (
    "Isian ini milik orang lain. Bila data yang tercatat salah tulis, perbaiki dahulu; bila KTP ini milik orang lain, "
    "hapus data ini dengan alasan, lalu daftarkan orangnya."
)
_NOT_LISTED: Final = "Data ini tidak ada pada daftar orang, jadi NIK-nya tidak dapat diperbaiki."


class NikWish(OnVersion):
    """The right NIK with name and birth date, all as on the KTP, and why; a reason holds no number of anybody's."""

    nik: NikField
    nama: Annotated[str, Field(max_length=100), AfterValidator(clean_text)]
    tanggal_lahir: DayField
    reason: Annotated[Reason, AfterValidator(refuse_personal_number)]


def request_nik_correction(pid: str, wish: NikWish, *, institution: str, request: Request) -> Versioned:
    """Keep what is asked, in the place of what was asked before.

    Raises:
        Problem: `not-found`, `own-record`, `version-moved`, `illegal-transition`, `incomplete` without an accepted KTP,
            `invalid-fields` for the NIK that is there and for another person's name or birth date, `window-closed`,
            `window-not-open`, `try-again`.
    """
    person = load_to_work_on(request.actor, institution, pid)
    request.actor.require_another(privacy.person_id(lookup_key(), institution, wish.nik))
    return request.once.answer(Versioned, lambda: _ask(person, wish, request))


def _ask(person: Person, wish: NikWish, request: Request) -> Versioned:
    answer = Versioned(v=person.v + 1)
    ask_for_nik(person, wish, request, request.once.remember(answer))
    return answer


def ask_for_nik(person: Person, wish: NikWish, request: Request, beside: Sequence[Operation]) -> None:
    """Keep what is asked, together with what else is written `beside` it.

    Raises:
        Problem: as `request_nik_correction`, but for whose record it is.
    """
    person.require_version(wish.v)
    if person.state in GONE:
        raise Problem(Code.ILLEGAL_TRANSITION, _NOT_LISTED)
    require_ktp(person_store.load_dossier(person.pid))
    if wish.nik == person.row["nik"]:
        raise invalid_problem("nik", "nik-same", _SAME)
    _require_himself(person, wish.nama, wish.tanggal_lahir)
    asked = AskedNik(wish.nik, wish.reason, request.actor.id, clock.millis(request.received))
    delta = {"nik": [person.row["nik"], wish.nik], "reason": wish.reason}
    after = replace(person, nik_asked=True)
    commit_asked(Change(person, after, ACTION, delta, [asked_nik_store.put(person, asked), *beside]), request)


def _require_himself(person: Person, name: str, born: date) -> None:
    registered = person.row.get("tanggal_lahir")
    found = []
    if compare_names(person.row["nama"], name) is Alikeness.DIFFERENT:
        found.append("nama")
    if registered is not None and registered != born.isoformat():
        found.append("tanggal_lahir")
    if found:
        raise Problem(Code.INVALID_FIELDS, fields=[FieldProblem(field, "another-person", _ANOTHER) for field in found])
