"""Which units of an institution have handed in the statement of their head, and where it is opened.

It is optional (domain.md, section 2) and nothing waits for it; the names of the units are registration's.
"""

from datetime import datetime

from pydantic import BaseModel

from services.documents.adapters import store
from services.kernel.documents import DocumentType, FileState
from services.kernel.security.sessions import Actor


class UnitStatement(BaseModel):
    """The statement that counts of one unit: `place` is the unit's, `at` when its place was asked for."""

    place: str
    file: str
    at: datetime


class UnitStatements(BaseModel):
    """One of each unit that has one."""

    items: list[UnitStatement]


def list_unit_statements(institution: str, actor: Actor) -> UnitStatements:
    """The accepted statements of an institution's units, the newest of each.

    Raises:
        Problem: `not-found` for another institution.
    """
    actor.require_institution(institution)
    files = store.files_of(f"I{institution}", DocumentType.SURAT_UNIT)
    newest = {file.riwayat or "": file for file in files if file.state is FileState.DITERIMA}
    found = [UnitStatement(place=place, file=str(file.id), at=file.received) for place, file in newest.items()]
    return UnitStatements(items=found)
