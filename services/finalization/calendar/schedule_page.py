"""The schedule for readers without JavaScript; with it, the site's pages count down (web/src/time/countdown.js)."""

from datetime import datetime

from services.finalization.adapters import calendar_store
from services.kernel import clock
from services.kernel.web.plain_page import Fact, PlainPage
from services.kernel.writes.calendar import WINDOW_WORDS, Span


def schedule_page(now: datetime) -> PlainPage:
    """When each window opens or closes, by the calendar every institution starts with."""
    calendar = calendar_store.load(consistent=False)
    facts = [_fact(WINDOW_WORDS[window], span, now) for window, span in calendar.windows.items()]
    return PlainPage("Jadwal pendataan", ["Jadwal suatu instansi dapat berbeda bila BKN memperpanjangnya."], facts)


def _fact(window: str, span: Span, now: datetime) -> Fact:
    if now < span.opens:
        return f"{window}: dibuka", clock.wib_from(span.opens)
    return f"{window}: ditutup", clock.wib(span.closes)
