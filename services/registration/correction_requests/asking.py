"""What a person may ask to have put right, and how much at a time (domain.md, sections 3 and 6)."""

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, create_model

from services.kernel.problems import Code, Problem
from services.registration.model.person import HONOR, Person
from services.registration.rows.columns import COLUMNS
from services.registration.rows.fields import EDUCATION
from services.registration.rows.row_body import fields_of

MAX_OPEN: Final = 5
"""Requests of one person that wait for a decision at a time *(ours)*."""
MAX_KEPT: Final = 30
"""Requests of one person altogether: they stand in his record, which is one item *(ours)*."""
_NOT_ASKED: Final = frozenset({"nik", HONOR, "hp", "email", *EDUCATION})
"""A NIK is put right at the office, with the KTP; education and contact he changes himself; honor he may not see."""
ASKABLE: Final = tuple(column for column in COLUMNS if column.key not in _NOT_ASKED)
"""The columns of the template that a request may name."""

if TYPE_CHECKING:
    _Askable = BaseModel
else:
    _Askable = create_model("_Askable", **fields_of(ASKABLE))


class AskedValues(_Askable):
    """What should stand in which field, under the template's names, as typed; null takes a value away."""

    model_config = ConfigDict(extra="forbid")

    def given(self) -> dict[str, Any]:
        """The fields that were sent."""
        return self.model_dump(exclude_unset=True)


def require_room(person: Person) -> None:
    """Refuse one more than may be open, or kept.

    Raises:
        Problem: `conflict`.
    """
    if len(person.open_requests) >= MAX_OPEN:
        text = f"Paling banyak {MAX_OPEN} permohonan menunggu pada waktu yang sama. Tunggu putusannya, atau tarik satu."
        raise Problem(Code.CONFLICT, text)
    if len(person.private.requests) >= MAX_KEPT:
        text = f"Sudah ada {MAX_KEPT} permohonan. Datanglah ke petugas instansi Anda untuk perbaikan langsung."
        raise Problem(Code.CONFLICT, text)
