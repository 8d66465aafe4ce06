"""A return asks the person to correct his record and submit it again; so he must still have time for that.

Verdicts and returns go on until VERIFICATION closes, but he submits only while DOSSIER is open, and no verdict is drawn
from DIKEMBALIKAN (domain.md, section 4): whoever was returned later would be sealed as BELUM_DIVERIFIKASI, whatever his
record says. So a return received after his institution's DOSSIER window has closed is refused (ours).
"""

from datetime import datetime

from services.kernel import clock
from services.kernel.calendar import Round, Window, closed
from services.kernel.problems import Problem

_WINDOWS = (Window.VERIFICATION, Window.DOSSIER)


def is_answerable(round_: Round, received: datetime) -> bool:
    """Whether somebody returned now could still submit again."""
    return received < round_.windows[Window.DOSSIER].closes


def window_of_return(round_: Round, received: datetime) -> Window:
    """The window a return is committed in: of the two it needs the one that closes first, which then rules both.

    Raises:
        Problem: `window-closed`, for DOSSIER with what to do instead; `window-not-open`.
    """
    round_.require(Window.VERIFICATION, received)
    if not is_answerable(round_, received):
        raise _unanswerable(round_.windows[Window.DOSSIER].closes)
    return min(_WINDOWS, key=lambda window: round_.windows[window].closes)


def _unanswerable(closes: datetime) -> Problem:
    problem = closed(Window.DOSSIER, closes)
    problem.detail = (
        f"Data ini tidak dapat dikembalikan lagi: pengisian data sudah ditutup pada {clock.wib(closes)}, sehingga "
        "orangnya tidak dapat mengirim ulang. Putuskan menurut data instansi, atau minta BKN memperpanjang masa "
        "pengisian data."
    )
    return problem
