"""Who asks with the tokens of a request: an enrolment is over once its row has an account, whoever made that."""

from services.documents.access import Callers
from services.documents.adapters import store
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import ENROLMENT_OVER, Actor


def who_asks(session: Actor | None, enrolment: Actor | None) -> Callers:
    """The callers whose tokens still stand.

    Registration's fact that the account is made comes some seconds late. What an ended enrolment brings meanwhile does
    no harm: it stands aside (`Subject.holds`), here and in registration.

    Raises:
        Problem: `unauthenticated` for an enrolment that is over and no session beside it.
    """
    subject = store.load_subject(enrolment.id) if enrolment else None
    if subject is None or not subject.has_account:
        return Callers(session, enrolment)
    if session is None:
        raise Problem(Code.UNAUTHENTICATED, ENROLMENT_OVER)
    return Callers(session)
