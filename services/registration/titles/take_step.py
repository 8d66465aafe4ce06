"""One step of a count over all rosters: of what a list would do, or of the run that does it.

Both go the same way, institution by institution, and ask `rerun` the same question of the same records; only the run
writes. First whoever has a title that the list is about is listed, by the index alone, and then asked one after the
other. It is stopped at any point and goes on where it is noted to be; a record that was changed before is found as it
should be. What a run changes it counts in the record's own transaction, so nobody is counted twice.
"""

import time
from dataclasses import replace
from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem
from services.kernel.writes import gate, ungated
from services.kernel.writes.calendar import OUT_OF_TIME
from services.registration.adapters import institution_store, roster_store, rules_store, title_store, work_files
from services.registration.adapters import title_queue as queue
from services.registration.adapters.person_items import ROSTER_SHARDS
from services.registration.eligibility import in_force
from services.registration.eligibility.in_force import ListInForce
from services.registration.eligibility.rules import RuleSet
from services.registration.model.title_list import Count, ListState, Progress, ProgressState, TitleList
from services.registration.model.title_step import StepKind, TitleStep
from services.registration.titles.change_record import WINDOW, change_record, look_at_record, require_time
from services.registration.titles.rerun import Rerun, touches
from services.registration.titles.steps import WAIT, send_begin
from services.registration.titles.tell_institution import tell_institution

SECONDS: Final = 10.0
"""A step lasts so long at most, and a shard or a record more; the function has thirty, as all that write through the
gate."""
_PASSED_OVER: Final = OUT_OF_TIME | {Code.RERUN_TOO_LATE, Code.NOT_FOUND}
"""Why an institution is: no round, no verification that is open, or one that ends too soon."""
_OPEN: Final = frozenset({ProgressState.MENUNGGU, ProgressState.BERJALAN})


def take_step(step: TitleStep, *, seconds: float = SECONDS) -> None:
    """Do a step and ask for the next one; a step of an attempt that is over does nothing.

    Raises:
        Problem, Busy, RuntimeError: a store is busy; the message comes again.
    """
    titles = title_store.find(step.list)
    count = None if titles is None else _count(titles, step.kind)
    if titles is None or count is None or count.attempt != step.attempt:
        return
    if step.institution is None:
        _begin(titles, count, step)
    else:
        _go_on(titles, step, step.institution, time.monotonic() + seconds)


def _count(titles: TitleList, kind: StepKind) -> Count | None:
    if kind is StepKind.PREVIEW:
        return titles.preview
    return titles.run if titles.state in {ListState.DIJADWALKAN, ListState.BERLAKU} else None


def _begin(titles: TitleList, count: Count, step: TitleStep) -> None:
    if step.kind is StepKind.RUN and titles.since and clock.now() < titles.since:
        send_begin(titles, StepKind.RUN, delay=WAIT)
        return
    codes = institution_store.codes()
    title_store.begin_progress(titles.id, step.kind, count.attempt, codes)
    if count.institutions is None:
        _note_begun(titles, count, step.kind, len(codes))
    waiting = (one for one in title_store.all_progress(titles.id, step.kind) if one.state in _OPEN)
    queue.send([step.model_copy(update={"institution": one.institution}) for one in waiting])


def _note_begun(titles: TitleList, count: Count, kind: StepKind, institutions: int) -> None:
    begun, after = replace(count, institutions=institutions), replace(titles, v=titles.v + 1)
    if kind is StepKind.PREVIEW:
        after = replace(after, preview=begun)
    else:
        after = replace(after, run=begun, state=ListState.BERLAKU)
    if ungated.commit([title_store.put(after, titles)]):
        log(LogLine.TITLES_BEGUN, state=kind.value, count=institutions)


def _go_on(titles: TitleList, step: TitleStep, code: str, until: float) -> None:
    before = title_store.progress(titles.id, step.kind, code)
    if before is None or before.attempt != step.attempt or before.state not in _OPEN:
        return
    after = _Work(titles, step.kind, code).go_on(before, until)
    if after.state not in _OPEN and step.kind is StepKind.RUN:
        tell_institution(titles, after.state, code)
    if not title_store.move(titles.id, step.kind, before, after):
        return
    if after.state in _OPEN:
        queue.send([step])
    else:
        log(LogLine.TITLES_INSTITUTION, institution=code, state=after.state.value, count=after.looked)


class _Work:
    """One institution's share: the question that is asked of each record, and what is done about its answer."""

    def __init__(self, titles: TitleList, kind: StepKind, code: str) -> None:
        rules_store.keep_fresh()
        self._list, self._kind, self._code = titles, kind, code
        self._rules: RuleSet = in_force.rules_with(titles_as(titles))
        self._now: datetime = clock.now()
        of_number = titles.number if kind is StepKind.RUN else None
        self._is_touched = touches(self._rules, in_force.earlier_titles(of_number))

    def go_on(self, before: Progress, until: float) -> Progress:
        """How far the institution is after this step; every step looks at its gate anew."""
        reason = self._refusal()
        if reason and (self._kind is StepKind.RUN or reason is Code.NOT_FOUND):
            return replace(before, state=ProgressState.DILEWATI, reason=reason.value)
        reached = replace(before, state=ProgressState.BERJALAN, reason=reason.value if reason else None)
        while reached.listed < ROSTER_SHARDS:
            reached = self._listed(reached)
            if time.monotonic() >= until:
                return reached
        return self._asked(reached, until)

    def _refusal(self) -> Code | None:
        """Why nothing of this institution may be touched now."""
        try:
            round_ = gate.read_round(self._code)
            round_.require(WINDOW, self._now)
            require_time(round_, self._now)
        except Problem as problem:
            if problem.code not in _PASSED_OVER:
                raise
            return problem.code
        return None

    def _listed(self, reached: Progress) -> Progress:
        """One shard further: whoever has a title that the list is about is kept, all others are done with it."""
        roster = roster_store.job_titles(self._code, reached.listed)
        pids = sorted(pid for pid, title in roster.items() if self._is_touched(title))
        work_files.write_touched(self._place(reached.listed), pids)
        looked, touched = reached.looked + len(roster), reached.touched + len(pids)
        return replace(reached, listed=reached.listed + 1, looked=looked, touched=touched)

    def _asked(self, reached: Progress, until: float) -> Progress:
        if reached.touched == 0:
            return replace(reached, state=ProgressState.SELESAI)
        pids = self._pids()
        if pids is None:  # of a run that is gone on with after the bucket let them go
            return replace(reached, listed=0, looked=0, touched=0, cursor=0)
        for pid in pids[reached.cursor :]:
            try:
                reached = self._counted(reached, self._ask(pid))
            except Problem as problem:
                if problem.code not in _PASSED_OVER:
                    raise
                return replace(reached, state=ProgressState.DILEWATI, reason=problem.code.value)
            reached = replace(reached, cursor=reached.cursor + 1)
            if time.monotonic() >= until:
                break
        return reached if reached.cursor < len(pids) else replace(reached, state=ProgressState.SELESAI)

    def _ask(self, pid: str) -> Rerun | None:
        if self._kind is StepKind.PREVIEW:
            return look_at_record(pid, self._rules, self._now)
        return change_record(pid, self._list, self._rules)

    def _counted(self, reached: Progress, found: Rerun | None) -> Progress:
        """With the effect on one more record; a run has counted it already, with the record."""
        if found is None or self._kind is StepKind.RUN:
            return reached
        of_title = reached.by_title.get(found.title)
        by_title = {**reached.by_title, found.title: of_title + found.effect if of_title else found.effect}
        return replace(reached, total=reached.total + found.effect, by_title=by_title)

    def _pids(self) -> list[str] | None:
        shards = [work_files.read_touched(self._place(shard)) for shard in range(ROSTER_SHARDS)]
        return None if None in shards else [pid for shard in shards for pid in shard or ()]

    def _place(self, shard: int) -> str:
        return f"{self._list.id}/{self._kind.value}/{self._code}/{shard}"


def titles_as(titles: TitleList) -> ListInForce:
    """The list as the engine takes it; one that has no number yet, under one that nobody has."""
    return ListInForce(titles.number or 0, titles.since or titles.at, titles.blocklist())
