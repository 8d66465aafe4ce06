"""A file of the institution that documents told of."""

from dataclasses import dataclass

from services.kernel.documents import DocumentType, FileState


@dataclass(frozen=True)
class KnownFile:
    """A file as its last fact has it. `handed_in` says that it serves as a signed SPTJM already.

    `printed_number` is the SPTJM number that the file itself carries, None for a scan. `key` names it where
    documents keeps it.
    """

    id: str
    jenis: DocumentType
    v: int
    state: FileState
    sha256: str = ""
    message: str = ""
    printed_number: str | None = None
    handed_in: bool = False
    key: str = ""
