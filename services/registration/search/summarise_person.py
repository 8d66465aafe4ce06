"""A person's record as the line that the list of staff shows of him and finds him by (model/search_row.py)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from services.kernel import clock
from services.kernel.documents import DocumentType, FileState
from services.kernel.states import Category, PersonState, VerdictMark
from services.registration.adapters import claim_store
from services.registration.dossiers.completeness import missing_papers
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.model.search_row import Flag, SearchRow, account_of
from services.registration.risk.find_risks import find_risks, risks_of_row
from services.registration.risk.traits import traits_of, traits_of_row
from services.registration.shared.papers import ENROLMENT_FILES, came_after

_WAITING = frozenset({PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN})
_HOUR: Final = 3_600_000
"""Milliseconds."""
_OF_EVERYBODY = (*ENROLMENT_FILES, DocumentType.SK, DocumentType.BUKTI_BAYAR)


def summarise_person(dossier: Dossier) -> SearchRow:
    """The line of a person, with his papers and the claims on his NIK as they stand; without what is beside it."""
    lacking = sorted({each.code for each in missing_papers(dossier)})
    uploaded = {file.by for file in dossier.files if file.by is not None}
    return replace(
        _row(dossier.person, lacking, _flags(dossier), uploaded),
        traits=tuple(traits_of(dossier)),
        risks=tuple(sorted(set(find_risks(dossier)))),
    )


def summarise_new(person: Person) -> SearchRow:
    """The line of somebody who was just listed and has no papers, appointments or account yet."""
    card = [DocumentType.KARTU_THK2] if person.kategori is Category.THK_II else []
    flags = [Flag.SENGKETA] if person.state is PersonState.KONFLIK else []
    return replace(
        _row(person, sorted([*_OF_EVERYBODY, *card]), flags),
        traits=tuple(traits_of_row(person)),
        risks=tuple(sorted(risks_of_row(person))),
    )


def _row(
    person: Person, lacking: Iterable[str], flags: Iterable[Flag], uploaded: Collection[str] = frozenset()
) -> SearchRow:
    return SearchRow(
        pid=person.pid,
        v=person.v,
        registration_number=person.registration_number,
        nama=person.nama,
        unit_kerja=person.unit_kerja,
        jabatan=person.jabatan,
        kategori=person.kategori,
        state=person.state,
        overall=person.overall,
        active=person.active,
        account=account_of(person.assurance, has_account=person.has_account),
        lacking=tuple(map(str, lacking)),
        flags=tuple(flags),
        judged=person.judged if person.is_decided else (),
        since=_waits_since(person),
        hour=_listed_at(person),
        workers=tuple(sorted({person.entered_by, *person.edited_by, *person.helped_by, *uploaded, *_checked(person)})),
    )


def _checked(person: Person) -> Iterator[str]:
    """Whose verdict waits for a second check, which he does not make."""
    if person.waits_for_check:
        yield person.private.decisions[-1].by


def _waits_since(person: Person) -> str:
    if person.state not in _WAITING and not person.waits_again:
        return ""
    return clock.from_millis(person.private.progress[-1].at).astimezone(clock.WIB).strftime("%Y%m%d")


def _listed_at(person: Person) -> int:
    """The hour, since 1970, in which he was listed."""
    return person.private.progress[0].at // _HOUR if person.private.progress else 0


def _flags(dossier: Dossier) -> Iterator[Flag]:
    person = dossier.person
    claim = claim_store.load(person.row["nik"])
    if person.state is PersonState.KONFLIK or (claim is not None and claim.is_disputed):
        yield Flag.SENGKETA
    if person.marks or any(came_after(file, person.decided_at) for file in dossier.files):
        yield Flag.BERUBAH
    if any(file.state == FileState.DIPERIKSA.value for file in dossier.files):
        yield Flag.BERKAS_DIPERIKSA
    if person.active is False:
        yield Flag.TIDAK_AKTIF
    if person.waits_again:
        yield Flag.DIBATALKAN
    if person.is_decided and VerdictMark.TIDAK_SEPENDAPAT in person.judged:
        yield Flag.TIDAK_SEPENDAPAT
