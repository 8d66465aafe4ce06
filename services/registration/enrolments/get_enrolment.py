"""Step 2, "Lengkapi Data": what an enrolment shows, and where its files stand."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.notices.send import of_this_stage
from services.kernel.security.sessions import Actor
from services.registration.access.own_view import own_view
from services.registration.adapters import person_store
from services.registration.enrolments import enrolment as enrolments
from services.registration.enrolments.backing import BackingView, view_backing
from services.registration.enrolments.public_part import PublicPart, public_part
from services.registration.shared.papers import ENROLMENT_FILES, FileView, view_files


class ContactView(BaseModel):
    """The contact that was typed at the identity check, the number as E.164."""

    hp: str
    email: str


class EnrolmentView(PublicPart):
    """The listed person, the id his uploads are bound to, his files, and until when there is time, from `now`.

    `contact` is what was typed in this enrolment, for its own browser to check, `backing` what backs it; both are None
    once the account is made. `sms`: codes can go to a phone.
    """

    id: str
    has_account: bool
    now: datetime
    expires_at: datetime
    contact: ContactView | None
    backing: BackingView | None
    sms: bool
    files: list[FileView]


def get_enrolment(enrolment: Actor) -> EnrolmentView:
    """What the enrolment's page needs: of the files those of the record and those that it brought itself.

    Raises:
        Problem: `unauthenticated` when the enrolment is over, `not-found` when the person is no longer there.
    """
    dossier = own_view(person_store.load_dossier(enrolment.id))
    person, files = dossier.person, [*dossier.files, *dossier.under(enrolment.enrolment)]
    kept = enrolments.load(person, enrolment)
    return EnrolmentView(
        **dict(public_part(person)),
        id=person.pid,
        has_account=person.has_account,
        now=clock.now(),
        expires_at=kept.until,
        contact=ContactView(**kept.contact) if kept.contact else None,
        backing=view_backing(person, enrolment.enrolment, kept.contact, clock.now()) if kept.contact else None,
        sms=of_this_stage().sms is not None,
        files=view_files((file for file in files if file.jenis in ENROLMENT_FILES), person.decided_at),
    )
