"""Cases about a person, as his own page and his record show them."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.cases import CaseKind, CaseState
from services.kernel.cases.number import case_number_in_groups
from services.registration.model.case import KnownCase


class PersonCase(BaseModel):
    """A case about the person; `number` as it is shown, `due_at` while somebody has to decide it."""

    number: str
    kind: CaseKind
    state: CaseState
    due_at: datetime | None


def view_cases(cases: Iterable[KnownCase]) -> list[PersonCase]:
    """They, the latest first."""
    return [_view(case) for case in sorted(cases, key=lambda case: -case.since)]


def _view(case: KnownCase) -> PersonCase:
    return PersonCase(
        number=case_number_in_groups(case.number),
        kind=case.kind,
        state=case.state,
        due_at=None if case.due_at is None else clock.from_millis(case.due_at).astimezone(clock.WIB),
    )
