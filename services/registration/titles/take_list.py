"""A file with a list of titles has arrived: read it, refuse it with every fault, or keep it and count its effect."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from services.kernel import clock
from services.kernel.aws.dynamodb import Cancelled
from services.kernel.log import LogLine, log
from services.kernel.writes import ungated
from services.registration.adapters import rules_store, title_store, work_files
from services.registration.model.title_list import Count, Fault, ListState, TitleList
from services.registration.titles.read_bounded import read_bounded
from services.registration.titles.read_titles import Reading, TitleFault, digest_of, unreadable
from services.registration.titles.steps import send_begin

Reader = Callable[[bytes, date], Reading]
_SAME = "Daftar ini sudah ada: jabatan, surat, dan tanggalnya sama dengan daftar yang dimuat sebelumnya."


def take_list(identifier: str, received: datetime, version: str | None, *, read: Reader = read_bounded) -> None:
    """Take the file of a list; done again, it asks again for the count of the effect.

    Raises:
        WorkerError: the process that reads it could not be started; the event must come again.
    """
    titles = title_store.find(identifier)
    if titles is None:
        return
    if titles.state is ListState.MENUNGGU_UNGGAH:
        content = work_files.read_titles(identifier, version)
        today = received.astimezone(clock.WIB).date()
        _keep(titles, Reading(faults=(unreadable(),)) if content is None else read(content, today), received)
        titles = title_store.load(identifier)
    if titles.state is ListState.DIMUAT and titles.preview is not None:
        send_begin(titles)


def refuse_list(identifier: str) -> None:
    """End a list whose file could not be read at any try."""
    titles = title_store.find(identifier)
    if titles is not None and titles.state is ListState.MENUNGGU_UNGGAH:
        _put(replace(titles, state=ListState.DITOLAK, faults=(unreadable(),)), titles)


def _keep(titles: TitleList, reading: Reading, received: datetime) -> None:
    if reading.faults:
        _put(replace(titles, state=ListState.DITOLAK, faults=reading.faults), titles)
        log(LogLine.TITLES_REFUSED, code=reading.faults[0].code)
        return
    holding = rules_store.load().at(received)
    loaded = replace(
        titles,
        state=ListState.DIMUAT,
        titles=reading.titles,
        digest=digest_of(reading.titles),
        preview=Count(attempt=1, at=received, basis=holding.number if holding else 0),
    )
    if not _put(loaded, titles):
        same = title_store.list_with(loaded.digest or "")
        _put(
            replace(titles, state=ListState.DITOLAK, faults=(Fault(TitleFault.SAME.value, _SAME),), same_as=same),
            titles,
        )
        log(LogLine.TITLES_REFUSED, code=TitleFault.SAME.value)
        return
    log(LogLine.TITLES_LOADED, count=len(loaded.titles))


def _put(after: TitleList, before: TitleList) -> bool:
    """Keep the list one version on; False when another one has the same lines. Twice is the same."""
    stored = replace(after, v=before.v + 1)
    operations = [title_store.put(stored, before)]
    if stored.digest:
        operations.append(title_store.claim_digest(stored))
    try:
        ungated.insist(operations)
    except Cancelled as cancelled:
        return title_store.SAME not in cancelled.failed()
    return True
