"""What a calendar must be before it becomes law for 600 institutions. Every wrong instant is named, not the first."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from services.finalization.model.calendar import Windows
from services.kernel import clock
from services.kernel.problems import Code, FieldProblem, Problem
from services.kernel.writes.calendar import Span, Window

NOTICE = timedelta(minutes=10)
"""How long ahead a closing may be moved forward *(ours)*: the calendar reaches the institutions one by one, and none of
them may go on taking in what the new instant refuses."""


def require_sound(windows: Windows, present: Windows, received: datetime) -> None:
    """Refuse a calendar that is out of order, or that rewrites the past.

    Raises:
        Problem: `invalid-fields`, one field for each wrong instant.
    """
    wrong = [*_out_of_order(windows), *_against_time(windows, present, received)]
    if wrong:
        first = {problem.field: problem for problem in reversed(wrong)}
        raise Problem(Code.INVALID_FIELDS, fields=list(first.values())[::-1])


def _out_of_order(windows: Windows) -> Iterator[FieldProblem]:
    last, first = windows[Window.VERIFICATION].closes, windows[Window.ENTRY].opens
    for window, span in windows.items():
        if span.opens >= span.closes:
            yield _wrong_problem(window, "closes", "closes-before-opens", "Penutupan harus sesudah pembukaannya.")
        if span.closes > last:
            sentence = f"Tidak boleh lewat dari penutupan verifikasi ({clock.wib(last)})."
            yield _wrong_problem(window, "closes", "after-verification", sentence)
        if span.opens < first:
            sentence = f"Tidak boleh dibuka sebelum penginputan ({clock.wib_from(first)})."
            yield _wrong_problem(window, "opens", "before-entry", sentence)


def _against_time(windows: Windows, present: Windows, received: datetime) -> Iterator[FieldProblem]:
    for window, span in windows.items():
        standing = present[window]
        for side in ("opens", "closes"):
            if getattr(span, side) != getattr(standing, side) and getattr(span, side) <= received:
                sentence = "Waktu ini sudah lewat. Biarkan seperti semula, atau pilih waktu sesudah sekarang."
                yield _wrong_problem(window, side, "in-the-past", sentence)
        if _too_soon(span, standing, received):
            sentence = f"Penutupan hanya dapat dimajukan sampai {clock.wib_from(received + NOTICE)} atau sesudahnya."
            yield _wrong_problem(window, "closes", "too-soon", sentence)


def _too_soon(span: Span, standing: Span, received: datetime) -> bool:
    return received < span.closes < min(standing.closes, received + NOTICE)


def _wrong_problem(window: Window, side: str, code: str, sentence: str) -> FieldProblem:
    return FieldProblem(f"windows.{window.value}.{side}", code, sentence)
