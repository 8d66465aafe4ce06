"""Routes of cases: decisions that announcements hands over, and what a person may say of his own."""

from datetime import datetime

from services.kernel.security.sessions import Actor, Role
from services.kernel.web.request import Request
from services.registration.access.staff_roles import ANNOTATORS, CASE_DECIDERS, CASE_DRAFTERS
from services.registration.api import api
from services.registration.cases.annotate_record import DeletionAsked, annotate_record
from services.registration.cases.create_draft import DraftWish, create_draft
from services.registration.cases.decide_case import CaseDecided, decide_case
from services.registration.cases.get_objection import ObjectionView, get_objection
from services.registration.cases.get_opinions import OpinionsQuery, OpinionsView, get_opinions
from services.registration.cases.preview_draft import DraftPreview, preview_draft
from services.registration.cases.take_handover import HandedOver
from services.registration.people.entered_view import EnteredView
from services.registration.shared.annotation_views import AnnotationView

PERSON = frozenset({Role.HONORER})


@api.route("POST", "/institutions/{code}/case-drafts/preview", roles=CASE_DRAFTERS)
def case_draft_preview(code: str, body: HandedOver, request: Request) -> DraftPreview:
    """What would become of an accepted usulan, and who here may be the same person."""
    return preview_draft(body, institution=code, request=request)


@api.route("POST", "/institutions/{code}/case-drafts", roles=CASE_DRAFTERS, status=201)
def case_draft(code: str, body: DraftWish, request: Request) -> EnteredView:
    """Make a draft of an accepted usulan, or ask for the right NIK of somebody who is here."""
    return create_draft(body, institution=code, request=request)


@api.route("POST", "/institutions/{code}/people/{person}/case-decisions", roles=CASE_DECIDERS)
def case_decision(code: str, person: str, body: HandedOver, request: Request) -> CaseDecided:
    """Carry a decision on a tanggapan or a keberatan out on the record it concerns."""
    return decide_case(person, body, institution=code, request=request)


@api.route("GET", "/institutions/{code}/people/{person}/case-opinions", roles=CASE_DECIDERS)
def case_opinions(code: str, person: str, query: OpinionsQuery, actor: Actor) -> OpinionsView:
    """Which of the two who decide on a keberatan have spoken."""
    return get_opinions(person, query.number, institution=code, actor=actor)


@api.route("POST", "/institutions/{code}/people/{person}/annotations", roles=ANNOTATORS, status=201)
def annotation(code: str, person: str, body: DeletionAsked, request: Request) -> AnnotationView:
    """Note beside a sealed record that its person asked to have it deleted."""
    return annotate_record(person, body, institution=code, request=request)


@api.route("GET", "/me/objection", roles=PERSON)
def objection(actor: Actor, received: datetime) -> ObjectionView:
    """Until when a person may object to his verdict, what lets him, and the cases about him."""
    return get_objection(actor, received)
