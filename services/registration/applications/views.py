"""How bkn sees applications."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.documents import FileState
from services.kernel.security.sessions import Role
from services.kernel.web.languages import Sentence
from services.registration.adapters import account_store, application_store
from services.registration.invitations.views import name_of
from services.registration.model.account import AccountState
from services.registration.model.application import Application, ApplicationState, in_groups
from services.registration.shared.institution_view import InstitutionView, view_institution


class Taken(BaseModel):
    """What the retry of a request finds: which application, its number without dashes."""

    number: str


class ListedApplication(BaseModel):
    """An application in the list; `overdue`: it waits longer than its three working days; `letter` None: none yet."""

    number: str
    institution: InstitutionView
    name: str
    state: ApplicationState
    letter: FileState | None
    at: datetime
    due_at: datetime
    overdue: bool
    decided_at: datetime | None


class ApplicationView(ListedApplication):
    """An application beside which its letter is read.

    `file` opens the letter at documents, once there is an accepted one; `message` says why there is none. `admins` are
    the names of those who are admins there already, `others` the open applications of the same NIP there.
    `has_account`: this NIP signs in already, and cannot be invited.
    """

    nip: str
    email: str
    file: str | None
    message: Sentence | None
    admins: list[str]
    others: list[str]
    has_account: bool
    decided_by: str | None
    reason: str | None
    v: int


def list_view(application: Application) -> ListedApplication:
    """The application as the list shows it."""
    letter = application.letter
    return ListedApplication(
        number=in_groups(application.number),
        institution=view_institution(application.institution),
        name=application.applicant.name,
        state=application.state,
        letter=letter.state if letter else None,
        at=application.at,
        due_at=application.due_at,
        overdue=application.is_overdue(clock.now()),
        decided_at=application.decided_at,
    )


def view_application(application: Application) -> ApplicationView:
    """The application as a whole."""
    open_ones = application_store.open_of(application.institution, application.account).values()
    standing = account_store.load(application.account)
    return ApplicationView(
        **list_view(application).model_dump(),
        nip=application.applicant.nip,
        email=application.applicant.email,
        file=application.letter.file if application.letter and application.has_letter else None,
        message=application.letter.message if application.letter else None,
        admins=_admins(application.institution),
        others=sorted(in_groups(number) for number in open_ones if number != application.number),
        has_account=standing is not None and standing.state is not AccountState.NONAKTIF,
        decided_by=name_of(application.decided_by),
        reason=application.reason,
        v=application.v,
    )


def _admins(institution: str) -> list[str]:
    found = account_store.staff_of(institution)
    active = [one for one in found if one.role is Role.ADMIN and one.state is not AccountState.NONAKTIF]
    return sorted(account_store.staff_private(one).name for one in active)
