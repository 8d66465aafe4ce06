"""Files that were promised a place in time and are still being inspected when their person submits.

They let him in (domain.md, section 4, *Files on their way*) and prove nothing until they are accepted: the advice and
whoever decides take them for files that are not there yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.kernel.documents import FileState, parse_file_id
from services.kernel.documents.receipts import Receipt, read_receipt
from services.registration.model.dossier import Dossier
from services.registration.model.person import KnownFile
from services.registration.settings import files_key


def find_on_their_way(dossier: Dossier, receipts: Iterable[str], enrolment: str | None = None) -> list[KnownFile]:
    """The files of these receipts that nothing is known of yet; what is not genuine or another's counts for nothing.

    `enrolment` is the one that the account is being made by.
    """
    person, known = dossier.person, {file.id for file in (*dossier.files, *dossier.under(enrolment))}
    signed = [receipt for text in receipts if (receipt := read_receipt(files_key(), text))]
    own = {
        receipt.file: receipt
        for receipt in signed
        if receipt.subject == person.pid and (person.holds(receipt.enrolment) or receipt.enrolment == enrolment)
    }
    return [_waiting(receipt) for file, receipt in own.items() if file not in known]


def counting(files: Sequence[KnownFile], on_their_way: Iterable[KnownFile]) -> list[KnownFile]:
    """The files as they would be if those on their way were accepted: what is asked whether something is missing."""
    return [*files, *(replace(file, state=FileState.DITERIMA.value) for file in on_their_way)]


def _waiting(receipt: Receipt) -> KnownFile:
    return KnownFile(
        id=receipt.file,
        jenis=parse_file_id(receipt.file).jenis.value,
        riwayat=receipt.riwayat,
        state=FileState.DIPERIKSA.value,
        code=None,
        message=None,
        key=None,
        v=0,
        enrolment=receipt.enrolment,
        kept_at=receipt.received,
    )
