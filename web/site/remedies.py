"""On which page that is put right which a service names by a code: what a dossier lacks, what a checklist waits for."""

from services.kernel.documents import DocumentType
from services.kernel.states import Category, PersonState
from services.registration.rows.fields import EDUCATION
from web.site.pages import address

OF_THE_PERSON = (DocumentType.KTP, DocumentType.FOTO, DocumentType.IJAZAH, DocumentType.KARTU_THK2)
OF_AN_APPOINTMENT = (DocumentType.SK, DocumentType.BUKTI_BAYAR)


def _people(state: PersonState) -> str:
    return f"{address('staff/people')}?state={state.value}"


MISSING = {
    "active": address("person/active"),
    **dict.fromkeys(EDUCATION, address("person/biodata")),
    **dict.fromkeys(map(str, OF_THE_PERSON), address("person/biodata")),
    **dict.fromkeys(map(str, OF_AN_APPOINTMENT), address("person/history")),
}
"""What keeps a person from submitting (registration/dossiers/completeness.py); a file of an appointment on its page."""

CHECKLIST = {
    "registered-waiting": _people(PersonState.TERDAFTAR),
    "account-waiting": _people(PersonState.AKUN_DIBUAT),
    "submitted-waiting": _people(PersonState.DIAJUKAN),
    "returned-waiting": _people(PersonState.DIKEMBALIKAN),
    "conflict": _people(PersonState.KONFLIK),
    "draft": _people(PersonState.DRAF),
    "thk2-unconfirmed": f"{address('staff/people')}?kategori={Category.THK_II.value}",
    "requests-open": address("staff/requests"),
    "inactive-open": address("staff/requests"),
    "usulan-open": address("staff/cases"),
    "tanggapan-open": address("staff/cases"),
    "keberatan-open": address("staff/cases"),
    "bantuan-open": address("staff/cases"),
    "announcement": address("staff/announcement"),
    "nobody-listed": address("staff/imports"),
}
"""A line of finalization's checklist (finalization/shared/checklist.py): the list that shows exactly these."""
SETTLED_NOWHERE = frozenset({"files-missing", "ppk-missing"})
"""Lines that no page of the portal settles, or no list shows."""
