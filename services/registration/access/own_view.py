"""What a person's account may see of his record, and what its deeds do, by whether it has an assurance (section 3).

Because NIK, nomor KK, name and birth date are known to relatives and leaks, an account without one is shown the public
fields and its own entries, and once KTP and photo are accepted the employment fields: enough to check, complete and
submit. Until then what the institution says of his employment is closed to it, and so is the proof in the seal, which
holds the row as a whole. Closed to it are honor, the contacts the institution registered, the files the institution
sent, and the reasons of verdicts; not the sentence of a return, and not the final outcome with its why. And nothing it
does voids a verdict or takes a row off.

Every answer to a person is made of what `own_view` gives; every deed of his asks `deeds_count`.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final, cast

from services.kernel.cases import CaseKind
from services.kernel.documents import DocumentType, FileState
from services.kernel.states import PersonState
from services.registration.model.assurance import CLOSED_FIELDS, is_assured
from services.registration.model.dossier import Dossier
from services.registration.model.person import History, KnownFile, Person
from services.registration.model.person_row import PersonRow
from services.registration.model.private import Mark, NotedDecision, Private
from services.registration.rows.fields import EDUCATION

_PAPERS: Final = frozenset({DocumentType.KTP.value, DocumentType.FOTO.value})
_KNOWN: Final = frozenset({"nama", "unit_kerja", "jabatan", "nik", "tanggal_lahir"})
"""The public fields, and what he typed at the identity check as it is registered."""
_HIS: Final = frozenset({"active", *EDUCATION})
"""What he says himself, beside his own appointments."""


def deeds_count(person: Person) -> bool:
    """Whether what is done with his account may void a verdict, and whether it says for sure that he left.

    Otherwise his entries and files stand beside the verdict, marked, and "tidak lagi bekerja" is a remark.
    """
    return is_assured(person)


def sees_employment(dossier: Dossier) -> bool:
    """Whether he is shown what his institution registered of his employment, and what the rules say of it."""
    accepted = {file.jenis for file in dossier.files if file.state == FileState.DITERIMA.value}
    return is_assured(dossier.person) or accepted >= _PAPERS


def own_view(dossier: Dossier, *, final: bool = False) -> Dossier:
    """The dossier as the person's own account may see it; for answers, never to be stored.

    `final`: his institution is locked, so that what became of him is told with its why.
    """
    if is_assured(dossier.person):
        return dossier
    private = _open_part(dossier, final=final)
    files = tuple(map(_closed_unless_own, dossier.files))
    histories = dossier.histories if sees_employment(dossier) else tuple(_own(dossier.histories))
    own = tuple(case for case in dossier.cases if case.kind is CaseKind.KEBERATAN)  # what others report may be theirs
    noted = tuple(each for each in dossier.annotations if each.kind is not CaseKind.TANGGAPAN)
    person = replace(dossier.person, private=private)
    return replace(dossier, person=person, files=files, histories=histories, cases=own, annotations=noted)


def _open_part(dossier: Dossier, *, final: bool) -> Private:
    person, private = dossier.person, dossier.person.private
    outcome = _outcome(person) if final else None
    shown = sees_employment(dossier)
    kept = set(person.row) - CLOSED_FIELDS if shown else _KNOWN
    closed = CLOSED_FIELDS if shown else set(person.marks) - _KNOWN - _HIS - _own_ids(dossier)
    return replace(
        private,
        row=_kept(person.row, kept),
        assessment=private.assessment if shown else None,
        decisions=tuple(noted if noted is outcome else _unless_returned(noted) for noted in private.decisions),
        marks={name: _emptied(mark) if name in closed else mark for name, mark in person.marks.items()},
    )


def _own_ids(dossier: Dossier) -> set[str]:
    return {row.id for row in _own(dossier.histories)}


def _own(histories: Iterable[History]) -> Iterable[History]:
    """The appointments that he entered himself."""
    return (row for row in histories if row.by is None)


def _outcome(person: Person) -> NotedDecision | None:
    """The decision that the record stands by."""
    last = person.private.decisions[-1] if person.private.decisions else None
    return last if last is not None and last.decision is person.state else None


def _kept(row: PersonRow, names: AbstractSet[str]) -> PersonRow:
    return cast("PersonRow", {name: value for name, value in row.items() if name in names})


def _unless_returned(noted: NotedDecision) -> NotedDecision:
    if noted.decision is PersonState.DIKEMBALIKAN:
        return noted
    bare = tuple(replace(each, reason_code=None, text=None) for each in noted.criteria)
    return replace(noted, reason=None, criteria=bare)


def _emptied(mark: Mark) -> Mark:
    return replace(mark, before=None)


def _closed_unless_own(file: KnownFile) -> KnownFile:
    return file if file.own else replace(file, key=None)
