"""Routes of what is published: lists that are stopped, rows that are withheld, the banner on every page."""

from services.announcements.adapters.banner_store import load as load_banner
from services.announcements.api import api
from services.announcements.banner.set_banner import BannerBody, set_banner
from services.announcements.banner.views import BannerView
from services.announcements.banner.withdraw_banner import withdraw_banner
from services.announcements.publication.get_publication import READERS as READERS_OF_PUBLICATIONS
from services.announcements.publication.get_publication import get_publication, list_stopped
from services.announcements.publication.release_row import DECIDERS, ReleaseBody, release_row
from services.announcements.publication.views import PublicationView, ReleaseView, StoppedList
from services.kernel import clock
from services.kernel.security.sessions import NATIONAL, Actor, Role
from services.kernel.web.request import Request

BANNER_WRITERS = frozenset({Role.BKN})


@api.route("GET", "/publications", roles=NATIONAL)
def stopped_publications() -> StoppedList:
    """The institutions whose lists are not published, or not whole, because of what was found in them."""
    return list_stopped()


@api.route("GET", "/institutions/{code}/publication", roles=READERS_OF_PUBLICATIONS)
def institution_publication(code: str, actor: Actor) -> PublicationView:
    """Whether an institution's list is published, and which rows stand in its way."""
    return get_publication(code, actor)


@api.route("POST", "/institutions/{code}/publication/releases", roles=DECIDERS, status=201)
def publication_release(code: str, body: ReleaseBody, request: Request) -> ReleaseView:
    """Release a row of the sealed list that is shown by its number only."""
    return release_row(code, body, request)


@api.route("GET", "/banner", roles=NATIONAL)
def banner() -> BannerView:
    """The banner that was put on every page last, and whether it still stands."""
    return BannerView.of(load_banner(), clock.now())


@api.route("PUT", "/banner", roles=BANNER_WRITERS)
def put_banner(body: BannerBody, request: Request) -> BannerView:
    """Put a banner on every page of the portal, in the place of any other."""
    return set_banner(body, request)


@api.route("DELETE", "/banner", roles=BANNER_WRITERS)
def delete_banner(request: Request) -> BannerView:
    """Take the banner down before its time."""
    return withdraw_banner(request)
