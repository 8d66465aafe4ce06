"""bkn orders the run of a list whose effect it has seen, calls it off before it holds, or has it gone on with.

A list holds some minutes after its run is ordered; until shortly before, it is called off as if nothing had been. From
then on there is no way back but another list: what was advised and void by it stands in the records.
"""

from dataclasses import replace

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.adapters import rules_store, title_store
from services.registration.adapters.rules_store import Entry
from services.registration.model.title_list import (
    NOTICE,
    Count,
    ListState,
    ProgressState,
    TitleList,
    begins_on,
)
from services.registration.model.title_step import StepKind
from services.registration.shared.views import OnVersion, Versioned
from services.registration.titles.record_deed import record_deed
from services.registration.titles.steps import send_begin

_NOT_LOADED = "Daftar ini tidak sedang menunggu dijalankan."
_COUNTING = "Dampaknya belum selesai dihitung. Tunggu sampai selesai, lalu jalankan."
_OTHER_BASIS = "Sejak dampaknya dihitung, daftar lain dijalankan. Hitung lagi dampaknya, lalu jalankan."
_ANOTHER = "Daftar lain sudah dijadwalkan. Batalkan yang itu, atau tunggu sampai dijalankan."
_RUNNING = "Daftar yang berlaku sekarang belum selesai dijalankan di semua instansi. Tunggu sampai selesai."
_TOO_LATE = "Daftar ini sudah berlaku atau segera berlaku, jadi tidak dapat dibatalkan lagi. Muat daftar baru."
_NOTHING_LEFT = "Tidak ada instansi yang tersisa untuk daftar ini."
_SUPERSEDED = "Daftar ini sudah digantikan daftar lain."


def run_list(identifier: str, asked: OnVersion, request: Request) -> Versioned:
    """Let a list hold in `NOTICE`, and have it run over all records then.

    Raises:
        Problem: `not-found`, `version-moved`, `conflict`; `invalid-fields` before the day from which it holds.
    """
    ordered = request.once.answer(Versioned, lambda: _order(identifier, asked.v, request))
    titles = title_store.load(identifier)
    if titles.state is ListState.DIJADWALKAN:
        send_begin(titles, StepKind.RUN)
    return ordered


def withdraw_list(identifier: str, asked: OnVersion, request: Request) -> Versioned:
    """Call off the run of a list that does not hold yet, or put a list away that was not ordered.

    Raises:
        Problem: `not-found`, `version-moved`; `conflict` once it holds, or shortly before.
    """
    return request.once.answer(Versioned, lambda: _withdraw(identifier, asked.v, request))


def count_again(identifier: str, asked: OnVersion, request: Request) -> Versioned:
    """Count the effect of a list anew, by the records and the list that hold now.

    Raises:
        Problem: `not-found`, `version-moved`, `conflict`.
    """
    counted = request.once.answer(Versioned, lambda: _count_again(identifier, asked.v, request))
    titles = title_store.load(identifier)
    if titles.state is ListState.DIMUAT:
        send_begin(titles)
    return counted


def resume_run(identifier: str, asked: OnVersion, request: Request) -> Versioned:
    """Go on with a run where it stopped, and in institutions that were passed over and may be run in now.

    Raises:
        Problem: `not-found`, `version-moved`; `conflict` where nothing is left, or another list holds.
    """
    resumed = request.once.answer(Versioned, lambda: _resume(identifier, asked.v, request))
    send_begin(title_store.load(identifier), StepKind.RUN)
    return resumed


def _order(identifier: str, v: int, request: Request) -> Versioned:
    titles, lists, now = _loaded(identifier, v), rules_store.load(), request.received
    if titles.state is not ListState.DIMUAT or titles.preview is None or titles.effective is None:
        raise Problem(Code.CONFLICT, _NOT_LOADED)
    if now < begins_on(titles.effective):
        day = clock.day_text(titles.effective)
        raise invalid_problem(
            "effective", "not-effective-yet", f"Daftar ini baru berlaku pada {day}. Jalankan mulai hari itu."
        )
    if lists.pending:
        raise Problem(Code.CONFLICT, _ANOTHER)
    holding = lists.at(now)
    if titles.preview.basis != (holding.number if holding else 0):
        raise Problem(Code.CONFLICT, _OTHER_BASIS)
    if not _is_counted(titles):
        raise Problem(Code.CONFLICT, _COUNTING)
    if holding and _is_under_way(holding.list):
        raise Problem(Code.CONFLICT, _RUNNING)
    number, since = lists.last + 1, now + NOTICE
    ordered = replace(
        titles,
        state=ListState.DIJADWALKAN,
        number=number,
        since=since,
        ordered_by=request.actor.id,
        run=Count(attempt=number, at=now, basis=titles.preview.basis),
    )
    entries = (*lists.entries, Entry(number, titles.id, since))
    return _save_deed("run-titles", titles, ordered, request, [rules_store.put(lists, entries, number)])


def _withdraw(identifier: str, v: int, request: Request) -> Versioned:
    titles = _loaded(identifier, v)
    if titles.state is ListState.DIMUAT:
        gone = replace(titles, state=ListState.DIBATALKAN)
        return _save_deed("drop-titles", titles, gone, request, [title_store.release_digest(titles)])
    until = titles.withdrawable_until
    if until is None or request.received >= until:
        raise Problem(Code.CONFLICT, _TOO_LATE)
    lists = rules_store.load()
    entries = [each for each in lists.entries if each.list != titles.id]
    back = replace(titles, state=ListState.DIMUAT, number=None, since=None, ordered_by=None, run=None)
    return _save_deed("call-off-titles", titles, back, request, [rules_store.put(lists, entries, lists.last)])


def _count_again(identifier: str, v: int, request: Request) -> Versioned:
    titles = _loaded(identifier, v)
    if titles.state is not ListState.DIMUAT or titles.preview is None:
        raise Problem(Code.CONFLICT, _NOT_LOADED)
    holding = rules_store.load().at(request.received)
    basis = holding.number if holding else 0
    anew = Count(titles.preview.attempt + 1, request.received, basis)
    return _save_deed("count-titles", titles, replace(titles, preview=anew), request, [])


def _resume(identifier: str, v: int, request: Request) -> Versioned:
    titles = _loaded(identifier, v)
    if titles.state is not ListState.BERLAKU or titles.run is None:
        raise Problem(Code.CONFLICT, _NOT_LOADED)
    holding = rules_store.load().at(request.received)
    if holding is None or holding.list != titles.id:
        raise Problem(Code.CONFLICT, _SUPERSEDED)
    left = [one for one in title_store.all_progress(titles.id, StepKind.RUN) if one.state is not ProgressState.SELESAI]
    if not left:
        raise Problem(Code.CONFLICT, _NOTHING_LEFT)
    title_store.wait_again(titles.id, StepKind.RUN, left)
    return _save_deed("resume-titles", titles, titles, request, [])


def _loaded(identifier: str, v: int) -> TitleList:
    titles = title_store.load(identifier)
    if titles.v != v:
        raise Problem(Code.VERSION_MOVED)
    return titles


def _save_deed(
    action: str, before: TitleList, after: TitleList, request: Request, operations: list[Operation]
) -> Versioned:
    stored = replace(after, v=before.v + 1)
    answer = Versioned(v=stored.v)
    noted = record_deed(action, stored, request.actor.id, request.received)
    if not ungated.commit([title_store.put(stored, before), *operations, *noted, *request.once.remember(answer)]):
        raise Problem(Code.VERSION_MOVED)
    return answer


def _is_counted(titles: TitleList) -> bool:
    """Whether the effect is known of every institution there is."""
    found = title_store.all_progress(titles.id, StepKind.PREVIEW)
    count = titles.preview
    current = [one for one in found if count is not None and one.attempt == count.attempt]
    over = all(one.state in _OVER for one in current)
    return count is not None and count.institutions is not None and len(current) >= count.institutions and over


_OVER = frozenset({ProgressState.SELESAI, ProgressState.DILEWATI})


def _is_under_way(identifier: str) -> bool:
    """Whether the run of a list has not come to its end in an institution."""
    titles = title_store.load(identifier)
    found = title_store.all_progress(identifier, StepKind.RUN)
    return titles.run is None or titles.run.institutions is None or any(one.state not in _OVER for one in found)
