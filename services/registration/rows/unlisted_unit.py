"""Whether a row's unit stands on its institution's list; if not it is kept, with a warning (domain.md, section 6)."""

from collections.abc import Mapping
from typing import Any

from services.registration.model.unit import Units
from services.registration.rows.row_problems import RowCode, RowProblem, row_problem

_COLUMN = "unit_kerja"


def find_unlisted(row: Mapping[str, Any], units: Units) -> tuple[RowProblem, ...]:
    """The warning of a unit that is not on the list; none while there is no list."""
    unit = row.get(_COLUMN)
    if not unit or not units.items or units.named(unit) is not None:
        return ()
    return (row_problem(_COLUMN, RowCode.UNLISTED_UNIT),)
