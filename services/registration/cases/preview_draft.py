"""What stands in the way of an accepted usulan, or beside it, before a draft is made of it."""

from dataclasses import replace

from pydantic import BaseModel

from services.kernel.security.sessions import Actor
from services.kernel.states import PersonState
from services.kernel.values.identity import mask_nik
from services.kernel.web.request import Request
from services.registration.access.scope import in_scope
from services.registration.adapters import case_store, claim_store, person_store
from services.registration.cases.check_proposed import check_proposed, draft_of
from services.registration.cases.find_alike import find_alike
from services.registration.cases.take_handover import HandedOver, take_handover, usulan_of
from services.registration.model.person import Person
from services.registration.nik_corrections.evidence import find_ktp
from services.registration.people.corrected_before import stood_here
from services.registration.people.entered_view import FieldNote, view_warnings
from services.registration.rows.check_row import CheckedRow
from services.registration.search.find_people import record_shown


class StandingRow(BaseModel):
    """A record of the institution; without id, name and number where it is of another unit than the reader's.

    `has_ktp`: an accepted KTP is on it, without which nobody asks for another NIK.
    """

    id: str | None
    v: int
    nama: str | None
    nomor_registrasi: str | None
    unit_kerja: str
    state: PersonState
    nik_masked: str
    has_ktp: bool


class Standing(BaseModel):
    """What is known here of whom it proposes.

    `left_out` are fields that would stay empty, for they cannot be kept. `there` stands under this NIK already, deleted
    or not; `corrected`: he stood here under this NIK, which was wrong, and goes on under the right one. `alike` may be
    he, with a mistyped NIK. `elsewhere`: another institution has the NIK, so the draft would be disputed.
    `own_record`: the NIK is the reader's own.
    """

    left_out: list[FieldNote]
    there: StandingRow | None
    corrected: bool
    alike: list[StandingRow]
    elsewhere: bool
    own_record: bool


class DraftPreview(BaseModel):
    """Whom the usulan proposes; with `problems` no draft can be made of it, and no more is known.

    `settled`: the case is decided already.
    """

    nik_masked: str
    nama: str
    tanggal_lahir: str
    unit_kerja: str
    jabatan: str
    settled: bool
    problems: list[FieldNote]
    standing: Standing | None


def preview_draft(handed: HandedOver, *, institution: str, request: Request) -> DraftPreview:
    """The preview, for whoever decides; whose records somebody of BKN is shown is written down first.

    Raises:
        Problem: `not-found` for another institution, `handover-over`, `try-again` when DynamoDB is busy or the reading
            could not be written down.
    """
    request.actor.require_institution(institution)
    handover = take_handover(handed, institution=institution, request=request)
    proposed = usulan_of(handover)
    checked = check_proposed(proposed)
    return DraftPreview(
        nik_masked=mask_nik(proposed.nik),
        nama=proposed.nama,
        tanggal_lahir=proposed.tanggal_lahir,
        unit_kerja=proposed.unit_kerja,
        jabatan=proposed.jabatan,
        settled=case_store.find_settled(handover.case) is not None,
        problems=view_warnings(checked.problems),
        standing=None if checked.row is None else _standing(checked, institution, request),
    )


def _standing(checked: CheckedRow, institution: str, request: Request) -> Standing:
    person = draft_of(checked, institution, request)
    pid = person_store.vacant_pid(institution, person.row["nik"])
    there, alike = person_store.find(pid), find_alike(replace(person, pid=pid), request.actor)
    shown = [each.pid for each in (there, *alike) if each is not None]
    record_shown(shown, institution=institution, actor=request.actor, received=request.received)
    return Standing(
        left_out=view_warnings(checked.warnings),
        there=None if there is None else _row(there, request.actor),
        corrected=pid != person.pid and stood_here(person),
        alike=[_row(each, request.actor) for each in alike],
        elsewhere=_is_elsewhere(person),
        own_record=request.actor.is_own(person.pid),
    )


def _is_elsewhere(person: Person) -> bool:
    claim = claim_store.load(person.row["nik"])
    return claim is not None and any(one.institution != person.institution for one in claim.claimants)


def _row(person: Person, actor: Actor) -> StandingRow:
    his = in_scope(actor, person.unit_kerja)
    return StandingRow(
        id=person.pid if his else None,
        v=person.v,
        nama=person.nama if his else None,
        nomor_registrasi=person.registration_number if his else None,
        unit_kerja=person.unit_kerja,
        state=person.state,
        nik_masked=mask_nik(person.row["nik"]),
        has_ktp=find_ktp(person_store.load_dossier(person.pid)) is not None,
    )
