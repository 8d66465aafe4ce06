"""A person to be stored by an import."""

from dataclasses import dataclass
from datetime import datetime

from services.kernel.aws.dynamodb import Operation
from services.kernel.writes.calendar import Round
from services.registration.model.person import Person


@dataclass(frozen=True)
class Entry:
    """A person to be stored: the operation that claims his NIK, and the row of the file he comes from."""

    person: Person
    claim: Operation
    row: int


@dataclass(frozen=True)
class Origin:
    """Which import writes, on which lane, and when its file arrived."""

    import_id: str
    by: str
    lane: str
    round: Round
    received: datetime
