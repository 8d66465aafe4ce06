"""At the counter a member of staff says who somebody is: `PETUGAS` (domain.md, section 3, *assurance*).

On the record, opened singly, he ticks that he saw the person with his KTP, or knows him and KTP and photo are his. Who
has no account yet reads him the six digits of his enrolment's page, so that the account is made of that enrolment; who
has one has its assurance from then on. Whoever ticked may not decide on that record.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.sessions import ENROLMENT_TTL
from services.kernel.states import Assurance
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost
from services.registration.access.scope import require_institution_and_unit
from services.registration.adapters import access_log, person_store
from services.registration.dossiers.assure import assure
from services.registration.dossiers.completeness import missing_enrolment_files
from services.registration.enrolments.counter_code import find_enrolment, vouch
from services.registration.model.assurance import is_assured
from services.registration.model.dossier import Change, Dossier
from services.registration.model.person import Person
from services.registration.people.find_listed import LISTED
from services.registration.shared.views import OnVersion

ACTION = "vouch"
_WRONG_DIGITS = (
    "Angka ini tidak sedang tampil di halaman orang ini. Minta ia membacakan lagi keenam angka di halaman pembuatan "
    "akunnya; angka itu berakhir bersama halamannya."
)
_DIGITS = "Isi enam angka yang tampil di halaman pembuatan akun orang ini."
_NOT_BY_KNOWING = "KTP dan pas fotonya belum dapat Anda lihat. Sebelum ia punya akun, periksa KTP-nya langsung."
_PASSED = "Akun ini sudah dipastikan; tidak ada yang perlu ditambahkan."
_STATE = "Data ini belum terdaftar, disengketakan, atau sudah keluar dari daftar. Selesaikan itu lebih dahulu."


class Seen(StrEnum):
    """How he knows that it is this person."""

    KTP = "KTP"
    """He saw him with his KTP."""
    KENAL = "KENAL"
    """He knows him, and KTP scan and photo are his."""


class Vouching(OnVersion):
    """The tick; `digits` are those of the enrolment's page, of a person without an account."""

    seen: Seen
    digits: Annotated[str, Field(max_length=20)] = ""


class Vouched(BaseModel):
    """The record's version then, and its account's assurance; null while the account is still to be made."""

    v: int
    assurance: Assurance | None


def confirm_identity(pid: str, vouching: Vouching, *, institution: str, request: Request) -> Vouched:
    """Keep that he vouches for the person, of an account or of the enrolment that shows the digits.

    Raises:
        Problem: `not-found`, `own-record`, `version-moved`, `illegal-transition`, `invalid-fields`, `incomplete`,
            `conflict` where the account has assurance, `throttled`, `window-closed`, `window-not-open`, `try-again`.
    """
    dossier = person_store.load_dossier(pid)
    person = dossier.person
    require_institution_and_unit(request.actor, institution, person)
    request.actor.require_another(pid)
    if person.state not in LISTED:
        raise Problem(Code.ILLEGAL_TRANSITION, _STATE)
    if person.has_account:
        return request.once.answer(Vouched, lambda: _assure(dossier, vouching, request))
    enrolment = _enrolment(person, vouching, request)
    vouched = request.once.answer(Vouched, lambda: _note(person, request))
    vouch(enrolment, staff=request.actor.id, until=request.received + ENROLMENT_TTL)
    return vouched


def _enrolment(person: Person, vouching: Vouching, request: Request) -> str:
    gate.read_round(person.institution).require(Window.DOSSIER, request.received)
    if vouching.seen is Seen.KENAL:
        raise invalid_problem("seen", "not-seen", _NOT_BY_KNOWING)
    if not vouching.digits.strip():
        raise invalid_problem("digits", "missing", _DIGITS)
    enrolment = find_enrolment(person.pid, vouching.digits, staff=request.actor.id)
    if enrolment is None:
        raise invalid_problem("digits", "wrong-digits", _WRONG_DIGITS)
    return enrolment


def _note(person: Person, request: Request) -> Vouched:
    """Written down in the record's history before anything comes of it; making the account writes who it was by."""
    noted = Vouched(v=person.v, assurance=None)
    logged = access_log.link_of_person(person, request.actor, ACTION, request.received)
    if not ungated.commit([*logged, *request.once.remember(noted)]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return noted


def _assure(dossier: Dossier, vouching: Vouching, request: Request) -> Vouched:
    person = dossier.person
    person.require_version(vouching.v)
    if is_assured(person):
        raise Problem(Code.CONFLICT, _PASSED)
    lacking = missing_enrolment_files(dossier.files) if vouching.seen is Seen.KENAL else []
    if lacking:
        raise Problem(Code.INCOMPLETE, missing=[one.model_dump() for one in lacking])
    vouched = Vouched(v=person.v + 1, assurance=Assurance.PETUGAS)
    after = assure(dossier, Assurance.PETUGAS, request.received).helped(request.actor.id)
    delta = {"assurance": [person.assurance.value, after.assurance.value], "seen": vouching.seen.value}
    change = Change(person, after, ACTION, delta, request.once.remember(vouched))
    _commit(change, request.received, request.actor.id)
    return vouched


def _commit(change: Change, received: datetime, actor: str) -> None:
    """A deed of staff, like a correction, so under its window: it may void a verdict."""
    round_ = gate.read_round(change.after.institution)
    try:
        person_store.commit(change, round_=round_, window=Window.CORRECTION, received=received, actor=actor)
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost
