"""Routes of a person who takes what is his with him: a copy of his data, and his resume in print."""

from datetime import datetime

from services.kernel.copies import Copies, CopyView, list_copies, watch_copy
from services.kernel.security.sessions import Actor, Role
from services.kernel.web.replies import Accepted, Redirect, see_other
from services.kernel.web.request import Request
from services.kernel.web.watched import Watched
from services.registration.api import api
from services.registration.copies.hand_out_data_copy import hand_out_data_copy
from services.registration.copies.hand_out_resume import hand_out_resume
from services.registration.copies.request_data_copy import request_data_copy

PERSON = frozenset({Role.HONORER})


@api.route("GET", "/me/resume/document", roles=PERSON)
def resume_document(actor: Actor, received: datetime) -> Redirect:
    """The resume as a PDF, under a link of five minutes."""
    return see_other(hand_out_resume(actor.id, received))


@api.route("GET", "/me/copies", roles=PERSON)
def copies(actor: Actor, received: datetime) -> Copies:
    """The copy of his data that the person asked for last."""
    return list_copies(actor.id, received)


@api.route("GET", "/me/copies/{copy}", roles=PERSON)
def copy_status(copy: str, actor: Actor, received: datetime) -> Watched[CopyView]:
    """How a copy stands."""
    return watch_copy(actor.id, copy, received)


@api.route("GET", "/me/copies/{copy}/{form}", roles=PERSON)
def copy_link(copy: str, form: str, request: Request) -> Redirect:
    """A copy that was made, as `pdf` or `json`, under a link of five minutes."""
    return see_other(hand_out_data_copy(copy, form, request))


@api.route("POST", "/me/copies", roles=PERSON, status=202)
def copy_new(request: Request) -> Accepted[CopyView]:
    """Ask for a copy of one's data; it is made by a function of its own."""
    return Accepted(request_data_copy(request))
