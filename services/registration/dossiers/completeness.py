"""What is still missing before a person may submit ("Resume")."""

from collections.abc import Iterable, Sequence

from services.kernel.documents import FIRST_HISTORY, DocumentType
from services.kernel.states import Category
from services.registration.dossiers.biodata import education_of
from services.registration.dossiers.histories import appointments
from services.registration.eligibility.inputs import service_of
from services.registration.eligibility.proof import needed
from services.registration.eligibility.rules_2022 import RULES_2022
from services.registration.model.dossier import Dossier
from services.registration.model.person import History, KnownFile
from services.registration.rows.columns import BY_KEY
from services.registration.rows.fields import EDUCATION
from services.registration.shared.papers import ENROLMENT_FILES, PROOFS_OF_APPOINTMENT, accepted, is_proved
from services.registration.shared.views import Missing

_FILE_NAMES = {
    DocumentType.KTP: "KTP",
    DocumentType.FOTO: "pas foto",
    DocumentType.IJAZAH: "ijazah",
    DocumentType.KARTU_THK2: "kartu registrasi THK-II",
}


def missing(dossier: Dossier) -> list[Missing]:
    """Everything that keeps the person from submitting, in the order of the portal's steps."""
    return [
        *missing_confirmation(dossier),
        *missing_biodata(dossier),
        *missing_proofs(dossier),
    ]


def missing_confirmation(dossier: Dossier) -> Iterable[Missing]:
    """He has to have said that he still works there."""
    if dossier.person.active is None:
        yield Missing(code="active", text="Nyatakan bahwa Anda masih aktif bekerja di instansi ini.")
    elif not dossier.person.active:
        text = "Anda menyatakan tidak lagi aktif bekerja. Ubah pernyataan itu bila keliru."
        yield Missing(code="active", text=text)


def missing_biodata(dossier: Dossier) -> Iterable[Missing]:
    """Education, and the files that belong to the person himself; not everybody has a phone or an e-mail address."""
    education = education_of(dossier.person)
    for name in EDUCATION:
        if not education[name]:
            yield Missing(code=name, text=f"{BY_KEY[name].heading} belum diisi.")
    yield from _missing_files(dossier.files, _files_of(dossier.person.kategori))


def missing_proofs(dossier: Dossier) -> Iterable[Missing]:
    """An SK or a substitute, and a proof of payment: for the current appointment, and for as many as prove a year.

    Older ones may stay *belum dibuktikan* (domain.md, section 3, step 4).
    """
    rows = appointments(dossier)
    services = [service_of(row.fields, proved=is_proved(dossier.files, row.id)) for row in rows]
    for place in sorted(needed(services, RULES_2022)):
        yield from _missing_of(dossier.files, rows[place], place + 1)


def missing_files(dossier: Dossier) -> list[Missing]:
    """The files without which he may not submit; of whoever submitted, those that were refused or never came."""
    return [*_missing_files(dossier.files, _files_of(dossier.person.kategori)), *missing_proofs(dossier)]


def missing_enrolment_files(files: Sequence[KnownFile]) -> list[Missing]:
    """KTP and photo, without which no account is made."""
    return list(_missing_files(files, ENROLMENT_FILES))


def missing_papers(dossier: Dossier) -> list[Missing]:
    """The papers without which a verdict needs a reason (domain.md, section 5), whoever was to upload them.

    The ijazah is not among them: education is no criterion.
    """
    kinds = [jenis for jenis in _files_of(dossier.person.kategori) if jenis is not DocumentType.IJAZAH]
    return [*_missing_files(dossier.files, kinds), *missing_proofs(dossier)]


def _missing_files(files: Sequence[KnownFile], kinds: Iterable[DocumentType]) -> Iterable[Missing]:
    for jenis in kinds:
        if not accepted(files, jenis):
            text = f"Berkas {_FILE_NAMES[jenis]} {_standing(files, (jenis,), None)}."
            yield Missing(code=jenis.value, text=text)


def _missing_of(files: Sequence[KnownFile], row: History, number: int) -> Iterable[Missing]:
    which = "riwayat pertama" if row.id == FIRST_HISTORY else f"riwayat ke-{number}"
    if not any(accepted(files, jenis, row.id) for jenis in PROOFS_OF_APPOINTMENT):
        text = f"SK (atau penggantinya) untuk {which} {_standing(files, PROOFS_OF_APPOINTMENT, row.id)}."
        yield Missing(code=DocumentType.SK.value, text=text, riwayat=row.id)
    if not accepted(files, DocumentType.BUKTI_BAYAR, row.id):
        text = f"Bukti pembayaran gaji untuk {which} {_standing(files, (DocumentType.BUKTI_BAYAR,), row.id)}."
        yield Missing(code=DocumentType.BUKTI_BAYAR.value, text=text, riwayat=row.id)


def _files_of(category: Category) -> tuple[DocumentType, ...]:
    always = (*ENROLMENT_FILES, DocumentType.IJAZAH)
    return (*always, DocumentType.KARTU_THK2) if category is Category.THK_II else always


def _standing(files: Sequence[KnownFile], kinds: Sequence[DocumentType], riwayat: str | None) -> str:
    """Why none counts: it was refused, or none has been accepted so far."""
    wanted = {jenis.value for jenis in kinds}
    if any(file.jenis in wanted and file.riwayat == riwayat and file.code for file in files):
        return "ditolak; unggah berkas yang sesuai"
    return "belum diunggah atau masih diperiksa"
