"""Routes of verification: what a verifikator decides on a person."""

from services.kernel.web.request import Request
from services.registration.access.staff_roles import DECIDERS
from services.registration.api import api
from services.registration.shared.views import Moved, OnVersion, Versioned
from services.registration.verification.check_verdict import Opinion, check_verdict
from services.registration.verification.decide_person import Judgement, decide_person
from services.registration.verification.return_person import Return, return_person
from services.registration.verification.withdraw_verdict import withdraw_verdict


@api.route("POST", "/institutions/{code}/people/{person}/verdicts", roles=DECIDERS)
def person_verdict(code: str, person: str, body: Judgement, request: Request) -> Moved:
    """Decide on a person, criterion by criterion."""
    return decide_person(person, body, institution=code, request=request)


@api.route("POST", "/institutions/{code}/people/{person}/returns", roles=DECIDERS)
def person_return(code: str, person: str, body: Return, request: Request) -> Moved:
    """Hand a record back to its person, with what to mend."""
    return return_person(person, body, institution=code, request=request)


@api.route("POST", "/institutions/{code}/people/{person}/verdicts/withdrawal", roles=DECIDERS)
def person_verdict_withdrawal(code: str, person: str, body: OnVersion, request: Request) -> Moved:
    """Take one's own verdict back within ten minutes."""
    return withdraw_verdict(person, body, institution=code, request=request)


@api.route("POST", "/institutions/{code}/people/{person}/verdicts/check", roles=DECIDERS)
def person_verdict_check(code: str, person: str, body: Opinion, request: Request) -> Versioned:
    """Say of another's verdict that was drawn for a second check whether one agrees."""
    return check_verdict(person, body, institution=code, request=request)
