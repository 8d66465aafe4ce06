"""Moving windows: pure functions over the calendar's spans."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from services.finalization.institution.model import Own
from services.kernel import clock
from services.kernel.calendar import Span, Window
from services.kernel.problems import invalid

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
            raise invalid(f"windows.{window.value}", "after-verification", sentence)
    return extended


def overlaid(windows: Windows, own: Mapping[Window, Own], calendar: Windows) -> dict[Window, Span]:
    """An institution's windows under a (new) calendar, which moves all but its own.

    What was closed by hand stays closed. What was extended closes at the later of both instants, and the last check
    lasts at least as long as anything that was extended.
    """
    laid = {window: _overlaid(span, own.get(window), calendar[window]) for window, span in windows.items()}
    if own.get(Window.VERIFICATION) is not Own.CUT:
        extended = (laid[window].closes for window, why in own.items() if why is Own.EXTENDED)
        check = laid[Window.VERIFICATION]
        laid[Window.VERIFICATION] = replace(check, closes=max([check.closes, *extended]))
    return laid


def _overlaid(present: Span, own: Own | None, calendar: Span) -> Span:
    if own is Own.CUT:
        return present
    return calendar if own is None else replace(calendar, closes=max(present.closes, calendar.closes))


def require_later(name: str, instant: datetime, present: datetime, received: datetime) -> None:
    """Refuse to move a window to an instant that is past, or not later than it closes anyway.

    Raises:
        Problem: `invalid-fields`.
    """
    field = f"windows.{name}"
    if instant <= received:
        raise invalid(field, "in-the-past", "Waktu ini sudah lewat. Pilih waktu sesudah sekarang.")
    if instant <= present:
        sentence = f"Harus sesudah penutupan yang berlaku, {clock.wib(present)}."
        raise invalid(field, "not-later", sentence)
