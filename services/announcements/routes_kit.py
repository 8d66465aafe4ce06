"""Routes of the kit with which an institution announces its lists by itself."""

from datetime import datetime

from services.announcements.api import api
from services.announcements.kit.get_kit import READERS, get_kit
from services.announcements.kit.hand_out_papers import PaperQuery, hand_out_list, hand_out_poster
from services.announcements.kit.preview_list import PREVIEWERS, PreviewQuery, PreviewStep, preview_list
from services.announcements.kit.record_announcement import RECORDERS, AnnouncementBody, record_announcement
from services.announcements.kit.views import AnnouncementView, KitView
from services.kernel.security.sessions import Actor
from services.kernel.web.replies import Redirect, see_other
from services.kernel.web.request import Request


@api.route("GET", "/institutions/{code}/kit", roles=READERS)
def kit(code: str, actor: Actor) -> KitView:
    """What an institution needs to announce its list by itself, and what it recorded of that."""
    return get_kit(code, actor)


@api.route("GET", "/institutions/{code}/kit/paper", roles=READERS)
def kit_paper(code: str, query: PaperQuery, actor: Actor, received: datetime) -> Redirect:
    """The public list as a PDF for board and site, of one unit or whole, under a link of five minutes."""
    return see_other(hand_out_list(code, query, actor, received))


@api.route("GET", "/institutions/{code}/kit/poster", roles=READERS)
def kit_poster(code: str, actor: Actor, received: datetime) -> Redirect:
    """One page with the text and a QR code that leads to the list, under a link of five minutes."""
    return see_other(hand_out_poster(code, actor, received))


@api.route("GET", "/institutions/{code}/kit/preview", roles=PREVIEWERS)
def kit_preview(code: str, query: PreviewQuery, actor: Actor) -> PreviewStep:
    """The list as it would be announced now, some people at a time, and what would stop it."""
    return preview_list(code, query, actor)


@api.route("PUT", "/institutions/{code}/announcements/{name}", roles=RECORDERS)
def put_announcement(code: str, name: str, body: AnnouncementBody, request: Request) -> AnnouncementView:
    """Record where a list was announced by the institution itself, and since which day."""
    return record_announcement(code, name, body, request)
