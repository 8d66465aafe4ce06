"""Cases about a person, as his own page and his record show them."""

from collections.abc import Container, Iterable
from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.cases import CaseKind, CaseLevel, CaseState
from services.kernel.cases.number import case_number_in_groups
from services.registration.model.case import KnownCase


class PersonCase(BaseModel):
    """A case about the person; `number` as it is shown, `due_at` while somebody has to decide it.

    `with_bkn`: bkn may decide it as well, for its time is over or, of a keberatan, the two who decide it differ.
    `untold`: of a tanggapan that staff see, that nobody has told him yet.
    """

    number: str
    kind: CaseKind
    state: CaseState
    due_at: datetime | None
    with_bkn: bool
    untold: bool


def view_cases(cases: Iterable[KnownCase], untold: Container[str] = ()) -> list[PersonCase]:
    """They, the latest first; `untold` are the numbers of those that nobody has told him."""
    return [_view(case, case.number in untold) for case in sorted(cases, key=lambda case: -case.since)]


def _view(case: KnownCase, untold: bool) -> PersonCase:
    return PersonCase(
        number=case_number_in_groups(case.number),
        kind=case.kind,
        state=case.state,
        due_at=None if case.due_at is None else clock.from_millis(case.due_at).astimezone(clock.WIB),
        with_bkn=case.is_open and case.level is CaseLevel.BKN,
        untold=untold,
    )
