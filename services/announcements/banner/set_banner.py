"""BKN puts a banner on every page of the portal."""

from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints

from services.announcements.adapters import banner_store
from services.announcements.banner.changing import keep, shown
from services.announcements.banner.views import BannerView
from services.announcements.model.banner import LONGEST, Banner, Level
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.personal_number_texts import refuse_number_in_message
from services.kernel.values.texts import clean_text
from services.kernel.web.request import Request

ACTION = "banner.set"
STANDS_AT_MOST: Final = timedelta(days=14)
"""How long one may stand *(ours)*: what everybody has read says nothing any more."""

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=10, max_length=LONGEST),
    AfterValidator(clean_text),
    AfterValidator(refuse_number_in_message),
]


class BannerBody(BaseModel):
    """What everybody is told, in both languages, and until when; `v` is the version its sender saw, if he says."""

    id: Text
    en: Text
    level: Level
    until: AwareDatetime
    v: int | None = Field(default=None, ge=0)


def set_banner(body: BannerBody, request: Request) -> BannerView:
    """Let this banner stand from now on, in the place of any other.

    Raises:
        Problem: `invalid-fields` for an instant that is past or too far off; `version-moved`; `try-again`.
    """
    return shown(request.once.answer(BannerView, lambda: _set(body, request)))


def _set(body: BannerBody, request: Request) -> BannerView:
    before = banner_store.load()
    v = before.v if before else 0
    if body.v is not None and body.v != v:
        raise Problem(Code.VERSION_MOVED)
    until = _until(body.until, request.received)
    ends = clock.machine_now() + (until - clock.now())
    after = Banner(v + 1, body.id, body.en, body.level, since=request.received, until=until, ends=ends)
    said = {"id": body.id, "en": body.en, "level": body.level.value, "until": until.isoformat()}
    return keep(before, after, Event(request.actor.id, ACTION, request.received, said), request)


def _until(instant: datetime, received: datetime) -> datetime:
    if instant <= received:
        raise invalid_problem("until", "in-the-past", "Waktu ini sudah lewat. Pilih waktu sesudah sekarang.")
    if instant > received + STANDS_AT_MOST:
        raise invalid_problem("until", "too-late", "Paling lama 14 hari dari sekarang.")
    return clock.from_millis(clock.millis(instant))
