"""Whether a row's unit and title stand on a list; if not they are kept, with a warning (domain.md, section 6)."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from services.registration.model.job_list import JobList
from services.registration.model.unit import Units
from services.registration.rows.row_problems import RowCode, RowProblem, row_problem

_UNIT, _TITLE = "unit_kerja", "jabatan"


class Lists(NamedTuple):
    """An institution's lists, in which a value may be missing."""

    units: Units
    jobs: JobList


def find_unlisted(row: Mapping[str, Any], lists: Lists) -> tuple[RowProblem, ...]:
    """The warnings of a unit that is not on the list, while there is one, and of a title nobody has put in a family."""
    return tuple(_unlisted(row, lists))


def _unlisted(row: Mapping[str, Any], lists: Lists) -> Iterator[RowProblem]:
    unit, title = row.get(_UNIT), row.get(_TITLE)
    if unit and lists.units.items and lists.units.named(unit) is None:
        yield row_problem(_UNIT, RowCode.UNLISTED_UNIT)
    if title and lists.jobs.find(title) is None:
        yield row_problem(_TITLE, RowCode.UNLISTED_JOB)
