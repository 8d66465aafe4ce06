"""Moving windows: pure functions over the calendar's spans."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from services.finalization.model.institution import Own
from services.kernel import clock
from services.kernel.problems import invalid_problem
from services.kernel.writes.calendar import Span, Window

Windows = Mapping[Window, Span]


def cut(windows: Windows, which: Iterable[Window], at: datetime) -> dict[Window, Span]:
    """Close some windows at an instant; one that is closed already stays as it was, or it would open again."""
    cut_off = frozenset(which)
    return {
        window: replace(span, closes=min(span.closes, at)) if window in cut_off else span
        for window, span in windows.items()
    }


def moved(windows: Windows, closing: Mapping[Window, datetime], received: datetime) -> dict[Window, Span]:
    """Let some windows close later.

    Raises:
        Problem: `invalid-fields` for an instant that is not later than now and than the present close, and for a
            window that would stay open when the last check is over.
    """
    for window, instant in closing.items():
        require_later(window.value, instant, windows[window].closes, received)
    extended = {window: replace(span, closes=closing.get(window, span.closes)) for window, span in windows.items()}
    last = extended[Window.VERIFICATION].closes
    for window in closing:
        if extended[window].closes > last:
            sentence = f"Tidak boleh lewat dari penutupan verifikasi ({clock.wib(last)}). Perpanjang keduanya."
            raise invalid_problem(f"windows.{window.value}", "after-verification", sentence)
    return extended


def moved_own(own: Mapping[Window, Own], which: Iterable[Window]) -> dict[Window, Own]:
    """What is an institution's own once BKN has moved some windows against a letter."""
    by_hand = frozenset({Own.CUT, Own.SET})
    return {**own, **{window: Own.SET if own.get(window) in by_hand else Own.EXTENDED for window in which}}


def overlaid(windows: Windows, own: Mapping[Window, Own], calendar: Windows) -> dict[Window, Span]:
    """An institution's windows under a (new) calendar, which moves all but its own.

    What was closed by hand stays closed, and what was opened again keeps its instant. What was extended closes at the
    later of both instants, and the last check lasts at least as long as anything that BKN moved.
    """
    laid = {window: _overlaid(span, own.get(window), calendar[window]) for window, span in windows.items()}
    if own.get(Window.VERIFICATION) is not Own.CUT:
        moved_by_bkn = (laid[window].closes for window, why in own.items() if why is not Own.CUT)
        check = laid[Window.VERIFICATION]
        laid[Window.VERIFICATION] = replace(check, closes=max([check.closes, *moved_by_bkn]))
    return laid


def _overlaid(present: Span, own: Own | None, calendar: Span) -> Span:
    if own in {Own.CUT, Own.SET}:
        return present
    return calendar if own is None else replace(calendar, closes=max(present.closes, calendar.closes))


def require_later(name: str, instant: datetime, present: datetime, received: datetime) -> None:
    """Refuse to move a window to an instant that is past, or not later than it closes anyway.

    Raises:
        Problem: `invalid-fields`.
    """
    field = f"windows.{name}"
    if instant <= received:
        raise invalid_problem(field, "in-the-past", "Waktu ini sudah lewat. Pilih waktu sesudah sekarang.")
    if instant <= present:
        sentence = f"Harus sesudah penutupan yang berlaku, {clock.wib(present)}."
        raise invalid_problem(field, "not-later", sentence)
