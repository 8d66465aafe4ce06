"""What putting a banner up and taking it down have in common: it is kept with its link, and the site follows."""

from services.announcements.adapters import banner_store
from services.announcements.banner.publish_banner import publish_banner
from services.announcements.banner.views import BannerView
from services.announcements.model.banner import Banner
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request


def keep(before: Banner | None, after: Banner, event: Event, request: Request) -> BannerView:
    """Let `after` stand, and remember the answer.

    Raises:
        Problem: `version-moved` when somebody else was faster; `try-again`.
    """
    view = BannerView.of(after, request.received)
    if not banner_store.keep(before, after, event, request.once.remember(view)):
        raise Problem(Code.VERSION_MOVED)
    return view


def shown(answer: BannerView) -> BannerView:
    """Also for a retry: the first try may have been kept without reaching the site."""
    publish_banner(clock.now())
    return answer
