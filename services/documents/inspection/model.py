import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from services.kernel.documents import DocumentType, FileFault, FileFlag, explain


class Outcome(StrEnum):
    """What inspection ends in; there is no third way."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Inspection:
    """The result of looking into one received file.

    `content` are the bytes to keep when accepted (for signed papers those received, else a clean rebuilding of
    them), and `sha256` is their hash. `figures` hold what was measured, in bytes and pixels, and are what
    `explain` needs; they say nothing about the person.
    """

    jenis: DocumentType
    fault: FileFault | None = None
    figures: dict[str, int | str] = field(default_factory=dict)
    flags: tuple[FileFlag, ...] = ()
    content: bytes = field(default=b"", repr=False)
    content_type: str = ""
    width: int = 0
    height: int = 0
    pages: int = 0

    @property
    def outcome(self) -> Outcome:
        """What the inspection ended in."""
        return Outcome.REFUSED if self.fault else Outcome.ACCEPTED

    @property
    def accepted(self) -> bool:
        """Whether `content` may be kept."""
        return self.fault is None

    @property
    def sha256(self) -> str:
        """The hash of the kept bytes in hexadecimal; empty when nothing is kept."""
        return hashlib.sha256(self.content).hexdigest() if self.accepted else ""

    @property
    def message(self) -> str:
        """What to tell the person who uploaded it, in Indonesian; empty when there is nothing to mend."""
        return explain(self.fault, self.jenis, self.figures) if self.fault else ""


class RefusedError(Exception):
    """The file cannot be taken.

    Attributes:
        fault: the reason's code.
        figures: what was measured of the file.
    """

    def __init__(self, fault: FileFault, **figures: int | str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.figures = figures
