"""How an institution's publication goes on, for its admin and for bkn: which rows stand in its way."""

from services.announcements.adapters import institution_store, publication_store, release_store
from services.announcements.model.publication import Publication, PublicationState
from services.announcements.publication.views import (
    PublicationView,
    ReleaseView,
    StoppedList,
    StoppedView,
    view_places,
)
from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor, Role

READERS = frozenset({Role.ADMIN, Role.BKN, Role.AUDITOR})


def get_publication(code: str, actor: Actor) -> PublicationView:
    """What stands in its way, and what bkn has released of the list that is sealed.

    Raises:
        Problem: `not-found` for another institution, and for one that takes no part.
    """
    actor.require_institution(code)
    institution = institution_store.load_institution(code)
    if institution.title is None:
        raise Problem(Code.NOT_FOUND)
    standing, seal = publication_store.load(code), institution.seal
    released = release_store.of_seal(code, seal.epoch) if seal else []
    return _view(standing, [ReleaseView.of(release, actor.id) for release in released])


def list_stopped() -> StoppedList:
    """Every institution whose publication does not go on whole; no names of people, so reading is not written down."""
    return StoppedList(items=[StoppedView.of(one) for one in publication_store.standing()])


def _view(standing: Publication | None, releases: list[ReleaseView]) -> PublicationView:
    if standing is None:
        return PublicationView(state=PublicationState.BERJALAN, releases=releases)
    return PublicationView(
        state=standing.state,
        since=standing.since.astimezone(clock.WIB),
        rows=standing.rows,
        findings=view_places(standing),
        releases=releases,
    )
