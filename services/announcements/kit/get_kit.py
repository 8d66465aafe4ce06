"""What an institution needs to announce its list by itself, and what it recorded of it."""

from services.announcements.adapters import institution_store, own_announcement_store
from services.announcements.kit.announced_list import load_announced
from services.announcements.kit.render_text import announcement_text
from services.announcements.kit.views import AnnouncementView, KitView, view_list
from services.announcements.model.institution import Institution
from services.announcements.model.own_announcement import ListName
from services.announcements.pages.scan import safe_title
from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import NATIONAL, Actor, Role
from services.kernel.web.qr_svg import qr_svg

READERS = frozenset({Role.ADMIN, Role.OPERATOR, Role.PPK}) | NATIONAL


def get_kit(code: str, actor: Actor) -> KitView:
    """The list that is public, its papers, text and QR code, and what was recorded; nothing of it is restricted.

    Raises:
        Problem: `not-found` for another institution, and for one that takes no part.
    """
    institution = institution_of(code, actor)
    announced = load_announced(code)
    recorded = own_announcement_store.load(code)
    return KitView(
        institution=safe_title(code, institution.title),
        public=view_list(announced, announcement_text(announced), qr_svg(announced.address)) if announced else None,
        lists=[str(one) for one in recordable(institution)],
        announcements=[AnnouncementView.of(recorded[name]) for name in sorted(recorded, reverse=True)],
        today=clock.now().astimezone(clock.WIB).date(),
    )


def institution_of(code: str, actor: Actor) -> Institution:
    """The institution, for somebody who may know of it.

    Raises:
        Problem: `not-found`.
    """
    actor.require_institution(code)
    institution = institution_store.load_institution(code)
    if institution.title is None:
        raise Problem(Code.NOT_FOUND)
    return institution


def recordable(institution: Institution) -> list[ListName]:
    """The lists whose announcement may be recorded: the latest pre-final one and the sealed one, once they are made."""
    prefinal = [ListName(final=False, number=institution.prefinal.number)] if institution.prefinal else []
    final = [ListName(final=True, number=institution.seal.epoch)] if institution.seal else []
    return [*final, *prefinal] if institution.edition else []
