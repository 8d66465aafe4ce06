"""BKN takes the banner down before its time."""

from dataclasses import replace

from services.announcements.adapters import banner_store
from services.announcements.banner.changing import keep, shown
from services.announcements.banner.views import BannerView
from services.kernel.audit.chain import Event
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request

ACTION = "banner.withdrawn"

_OVER = "Tidak ada pemberitahuan yang sedang tampil. Muat ulang halaman untuk melihat keadaan terakhir."


def withdraw_banner(request: Request) -> BannerView:
    """Take the banner down before its time.

    Raises:
        Problem: `illegal-transition` when none stands; `version-moved`; `try-again`.
    """
    return shown(request.once.answer(BannerView, lambda: _withdraw(request)))


def _withdraw(request: Request) -> BannerView:
    before = banner_store.load()
    if before is None or not before.stands(request.received):
        raise Problem(Code.ILLEGAL_TRANSITION, _OVER, state=None)
    after = replace(before, v=before.v + 1, until=request.received)
    return keep(before, after, Event(request.actor.id, ACTION, request.received, {}), request)
