"""Routes of a wrong NIK: asked on the record, decided by another admin."""

from datetime import datetime

from services.kernel.security.sessions import Actor
from services.kernel.web.request import Request
from services.registration.access.staff_roles import ENTERERS, NIK_CORRECTORS, RECORD_READERS
from services.registration.api import api
from services.registration.nik_corrections.decide_nik_correction import (
    NikAcceptance,
    NikCorrected,
    decide_nik_correction,
)
from services.registration.nik_corrections.get_nik_correction import NikCorrectionView, get_nik_correction
from services.registration.nik_corrections.list_nik_corrections import WaitingRows, list_nik_corrections
from services.registration.nik_corrections.request_nik_correction import NikWish, request_nik_correction
from services.registration.nik_corrections.withdraw_nik_correction import withdraw_nik_correction
from services.registration.shared.views import Versioned, WithReason


@api.route("GET", "/institutions/{code}/nik-corrections", roles=ENTERERS)
def nik_corrections(code: str, actor: Actor) -> WaitingRows:
    """For whom another NIK is asked and nobody has decided."""
    return list_nik_corrections(institution=code, actor=actor)


@api.route("GET", "/institutions/{code}/people/{person}/nik-correction", roles=RECORD_READERS)
def nik_correction(code: str, person: str, actor: Actor, received: datetime) -> NikCorrectionView:
    """What is asked about a person's NIK, and which record follows which."""
    return get_nik_correction(person, institution=code, actor=actor, received=received)


@api.route("POST", "/institutions/{code}/people/{person}/nik-correction", roles=ENTERERS)
def nik_correction_asked(code: str, person: str, body: NikWish, request: Request) -> Versioned:
    """Ask for the right NIK of a person."""
    return request_nik_correction(person, body, institution=code, request=request)


@api.route("DELETE", "/institutions/{code}/people/{person}/nik-correction", roles=ENTERERS)
def nik_correction_dropped(code: str, person: str, body: WithReason, request: Request) -> Versioned:
    """Take back what one asked, or refuse it as an admin."""
    return withdraw_nik_correction(person, body, institution=code, request=request)


@api.route("POST", "/institutions/{code}/people/{person}/nik-correction/acceptance", roles=NIK_CORRECTORS)
def nik_correction_accepted(code: str, person: str, body: NikAcceptance, request: Request) -> NikCorrected:
    """Correct the NIK as it was asked, with account, files and history."""
    return decide_nik_correction(person, body, institution=code, request=request)
