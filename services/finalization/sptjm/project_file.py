"""What documents says about files of institutions: which signed SPTJM or letter passed inspection, which did not."""

from services.finalization.adapters import institution_files
from services.finalization.model.known_file import KnownFile
from services.kernel.documents import DocumentType, FileState, parse_file_id
from services.kernel.events.facts import FileAccepted, FileRejected


def project_file(fact: FileAccepted | FileRejected) -> None:
    """Remember the state of an institution's file, unless something newer is known.

    People's files are not ours, nor are statements of units, which nothing here rests on.
    """
    of = parse_file_id(fact.file)
    if of.institution != fact.institution or fact.jenis is DocumentType.SURAT_UNIT:
        return
    if isinstance(fact, FileAccepted):
        known = KnownFile(
            fact.file,
            fact.jenis,
            fact.v,
            FileState.DITERIMA,
            sha256=fact.sha256,
            printed_number=fact.printed_number,
            key=fact.key,
        )
    else:
        known = KnownFile(fact.file, fact.jenis, fact.v, FileState.DITOLAK, message=fact.message)
    institution_files.remember(fact.institution, known)
