"""Count over an institution's lines what its people share, and bring into line whoever is flagged by it, or no more.

A count has no item that many writes meet: it reads the index, which one writer keeps, and is made anew while that is
written, the less often the longer it takes, and with the daily check. So a line follows others a little later than its
own record.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from services.kernel import clock
from services.kernel.aws.events import portions
from services.kernel.log import LogLine, log
from services.kernel.states import GONE
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.adapters import job_store, search_store
from services.registration.model.counted import Beside, Counted
from services.registration.model.job_list import JobList
from services.registration.model.risk import LATE_HOURS, Risk, is_flagged, shared_risks
from services.registration.model.search_row import UNKNOWN, SearchRow
from services.registration.search.keep_lines import keep_lines

LINES_A_SECOND: Final = 150
"""A count of so many lines stands for a second before a change has it made anew: one of 140,000 for 16 minutes."""
MOST_TITLES: Final = 500
"""Titles on no list that are kept, the most usual first."""
_AT_ONCE: Final = 1000
_HOUR: Final = 3600


@dataclass(slots=True)
class _Line:
    """Of one line what a count needs; a whole roster of lines would not fit into a function."""

    traits: tuple[str, ...]
    shared: tuple[Risk, ...]
    family: str
    title: str


def is_due(counted: Counted, now: datetime) -> bool:
    """Whether a count is too old to go by."""
    return counted.at is None or now - counted.at >= timedelta(seconds=counted.lines / LINES_A_SECOND)


def keep_counts(institution: str) -> None:
    """Count anew, keep what was found, and rewrite the lines that it concerns.

    Raises:
        Overtaken: somebody else wrote the index meanwhile; told again, it goes on.
        Busy: when DynamoDB leaves items out three times.
    """
    jobs = job_store.load(institution)
    lines, counted = count_lines(search_store.all_rows(institution), jobs, _late_from(institution))
    beside = Beside(counted, jobs)
    apart = [place for place, line in lines.items() if _differs(line, beside)]
    for some in portions(apart, lambda _: 0, most=_AT_ONCE):
        _rewrite(institution, some, beside)
    search_store.put_counted(institution, counted)
    log(LogLine.SEARCH_COUNTED, institution=institution, count=len(lines))


def count_lines(
    rows: Iterable[tuple[int, SearchRow]], jobs: JobList, late_from: int
) -> tuple[dict[int, _Line], Counted]:
    """What is needed of each line, by place, and what was counted over all whose people are not gone."""
    lines, people, titles, late = dict[int, _Line](), Counter[str](), Counter[str](), set[str]()
    for place, row in rows:
        lines[place] = _Line(row.traits, row.shared, row.family, row.jabatan)
        if row.state in GONE:
            continue
        people.update(set(row.traits))
        titles[row.jabatan] += 1
        if row.hour >= late_from:
            late.update(row.traits)
    shared = {each: n for each, n in people.items() if is_flagged(each, n, late=each in late)}
    unlisted = [(title, n) for title, n in titles.most_common() if title and jobs.find(title) is None]
    return lines, Counted(shared, dict(unlisted[:MOST_TITLES]), len(lines), clock.now())


def with_beside(row: SearchRow, beside: Beside) -> SearchRow:
    """The line with what others and the institution's list of titles make of it."""
    shared = shared_risks(row.traits, beside.counted.shared)
    return replace(row, shared=tuple(sorted(shared)), family=beside.jobs.family(row.jabatan) or UNKNOWN)


def _differs(line: _Line, beside: Beside) -> bool:
    family = beside.jobs.family(line.title) or UNKNOWN
    return family != line.family or shared_risks(line.traits, beside.counted.shared) != frozenset(line.shared)


def _rewrite(institution: str, some: list[int], beside: Beside) -> None:
    before: Mapping[int, SearchRow] = search_store.read_rows(institution, some, consistent=True)
    keep_lines(institution, before, {place: with_beside(row, beside) for place, row in before.items()})


def _late_from(institution: str) -> int:
    """The first hour, since 1970, that is shortly before entry closes."""
    closes = gate.read_round(institution).windows[Window.ENTRY].closes
    return int(closes.timestamp()) // _HOUR - LATE_HOURS
