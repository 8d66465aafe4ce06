"""An admin who has not asked corrects a NIK: he reads it off the KTP himself (domain.md, section 3, *Putting right*).

He types all sixteen digits; only if they are those that were asked for does anybody move. So nobody is shown a NIK, and
nobody nods off a wrong one. Where two of the institution have each other's NIK and both corrections were asked for,
both move together, and he has read both papers.
"""

from typing import Annotated, Final

from pydantic import BeforeValidator

from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security import privacy
from services.kernel.security.sessions import Actor
from services.kernel.values.identity_fields import NikField
from services.kernel.web.request import Request
from services.registration.access.scope import load_to_work_on
from services.registration.adapters import asked_nik_store, person_store, reclaim_store
from services.registration.model.asked_nik import AskedNik
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.nik_corrections.carried import move_all
from services.registration.nik_corrections.commit_moves import commit_moves
from services.registration.nik_corrections.evidence import require_ktp
from services.registration.nik_corrections.swapped import find_swapped
from services.registration.settings import lookup_key
from services.registration.shared.views import Moved, OnVersion

_ASKED_BY_YOU: Final = "Anda sendiri yang mengajukan perbaikan NIK ini. Admin lain harus memutuskannya."
_RECLAIMED: Final = (
    "Akun orang ini sedang diminta dengan lembar kode aktivasi. NIK-nya diperbaiki sesudah itu diputuskan: lihat "
    "halaman Akun dan lembar aktivasi orang ini."
)
_DIFFERS: Final = (
    "NIK ini tidak sama dengan yang diajukan. Baca sekali lagi dari KTP; bila KTP memang berkata lain, tolak pengajuan "
    "ini."
)
_BOTH: Final = "NIK kedua orang tertukar, jadi keduanya diperbaiki bersama. Baca juga NIK dari KTP orang yang satunya."


class NikAcceptance(OnVersion):
    """The right NIK, read off the KTP; and off that of whoever has it now, where the two have each other's."""

    on_ktp: NikField
    on_other_ktp: Annotated[NikField | None, BeforeValidator(lambda text: text or None)] = None


class NikCorrected(Moved):
    """The record that goes on under the right NIK: its id."""

    id: str


def decide_nik_correction(pid: str, acceptance: NikAcceptance, *, institution: str, request: Request) -> NikCorrected:
    """Move the person to the NIK that was asked for.

    Raises:
        Problem: `not-found`, also when nothing is asked; `own-record`, `second-person-needed`, `version-moved`,
            `illegal-transition`, `incomplete` without an accepted KTP, `invalid-fields` for another NIK than was asked
            for; `conflict` when it is another one's; `window-closed`, `window-not-open`, `try-again`.
    """
    load_to_work_on(request.actor, institution, pid)
    return request.once.answer(NikCorrected, lambda: _accept(pid, acceptance, request))


def _accept(pid: str, acceptance: NikAcceptance, request: Request) -> NikCorrected:
    dossier = person_store.load_dossier(pid)
    dossier.person.require_version(acceptance.v)
    asked = _decidable(dossier, request.actor)
    if acceptance.on_ktp != asked.nik:
        raise invalid_problem("on_ktp", "nik-differs", _DIFFERS)
    both = [(dossier, asked), *_other(dossier.person, asked, acceptance, request.actor)]
    return commit_moves(move_all(both), request, lambda joined: NikCorrected(id=joined.pid, v=1, state=joined.state))


def _other(person: Person, asked: AskedNik, acceptance: NikAcceptance, actor: Actor) -> list[tuple[Dossier, AskedNik]]:
    other = find_swapped(person, asked)
    if other is None:
        return []
    actor.require_another(other.pid)
    dossier = person_store.load_dossier(other.pid)
    his = _decidable(dossier, actor)
    if acceptance.on_other_ktp is None:
        raise invalid_problem("on_other_ktp", "required", _BOTH)
    if acceptance.on_other_ktp != his.nik:
        raise invalid_problem("on_other_ktp", "nik-differs", _DIFFERS)
    return [(dossier, his)]


def _decidable(dossier: Dossier, actor: Actor) -> AskedNik:
    """What was asked for somebody of whom this admin may decide."""
    person = dossier.person
    asked = asked_nik_store.load(person)
    if asked is None:
        raise Problem(Code.NOT_FOUND)
    if asked.by == actor.id:
        raise Problem(Code.SECOND_PERSON_NEEDED, _ASKED_BY_YOU)
    if reclaim_store.find(person.pid) is not None:
        raise Problem(Code.CONFLICT, _RECLAIMED)
    actor.require_another(privacy.person_id(lookup_key(), person.institution, asked.nik))
    require_ktp(dossier)
    return asked
