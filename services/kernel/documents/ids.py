import re
from dataclasses import dataclass

from services.kernel.documents.types import DocumentType

# A subject is a person's id, `I` and an institution's code, `L` and an application's number, or a case's number, which
# begins with `L` and is shorter: letters and digits only, so that the dots divide.
_FORM = re.compile(r"([A-Za-z0-9]{1,64})\.([A-Z0-9_]{1,32})\.([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class FileId:
    """Whose file it is, of which kind, and the how-manieth of that kind (from 1)."""

    subject: str
    jenis: DocumentType
    n: int

    def __str__(self) -> str:
        return f"{self.subject}.{self.jenis}.{self.n}"

    @property
    def institution(self) -> str | None:
        """The institution's code when the file belongs to an institution, else None."""
        return institution_of(self.subject)


def institution_of(subject: str) -> str | None:
    """The institution's code when a subject is one (`I` and the code), None when it is a person."""
    return subject[1:] if re.fullmatch(r"I[0-9]{4}", subject) else None


def subject_of_application(number: str) -> str:
    """The subject that the letter of an application belongs to; `number` without its dashes."""
    return f"L{number}"


def case_of(subject: str) -> str | None:
    """The number of the case (services/kernel/cases/) when a subject is one, which is the subject itself."""
    return subject if re.fullmatch(r"L[0-9A-Z]{8}", subject) else None


def application_of(subject: str) -> str | None:
    """The number of the application when a subject is one, None for a person or an institution."""
    return subject[1:] if re.fullmatch(r"LP[0-9A-Z]{8}", subject) else None


def file_id(subject: str, jenis: DocumentType, n: int) -> str:
    """Write a file's id, `<subject>.<jenis>.<n>`.

    Raises:
        ValueError: the parts would not be read back as they were.
    """
    text = f"{subject}.{jenis}.{n}"
    if not _FORM.fullmatch(text):
        raise ValueError("a file id needs a subject of letters and digits and a count from 1")
    return text


def parse_file_id(text: str) -> FileId:
    """Read a file's id.

    Raises:
        ValueError: it is not one; the text itself is not repeated, for it came from outside.
    """
    parts = _FORM.fullmatch(text)
    if not parts or parts[2] not in DocumentType.__members__:
        raise ValueError("not a file id")
    return FileId(parts[1], DocumentType(parts[2]), int(parts[3]))
