"""Tell staff what happened to their accounts: operations that join the write they tell of (kernel/notices/)."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient, RecipientKind, Value, is_title
from services.registration.model.account import Account, AccountState, SecondFactor
from services.registration.model.application import Application, in_groups
from services.registration.model.invitation import Invitation, InvitationKind
from services.registration.shared.institution_view import view_institution

_BKN: Final = "Badan Kepegawaian Negara"


def tell_invited(invitation: Invitation, address: str) -> Sequence[Operation]:
    """The address at which an invitation, or a recovery, is accepted; told anew each time it is sent."""
    until = invitation.expires_at
    if until is None:
        return ()
    fields: dict[str, Value] = {"until": until, "token": _fragment(address)}
    kind = NoticeKind.SIGN_IN_RESET
    if invitation.kind is not InvitationKind.PEMULIHAN:
        kind = NoticeKind.STAFF_INVITED
        fields |= {"role": invitation.role.value, "institution": _title(invitation.institution)}
    recipient = Recipient(RecipientKind.INVITATION, invitation.id)
    event = f"invited.{invitation.id}.{invitation.v}"
    return [outbox.put(Notice(kind, event, recipient, fields, invitation.institution))]


def tell_applied(application: Application) -> Sequence[Operation]:
    """That an application was taken in; nothing of what it says."""
    return [_told_applicant(NoticeKind.APPLICATION_RECEIVED, application, "received")]


def tell_application_decided(application: Application) -> Sequence[Operation]:
    """That bkn decided; how stands on the page that number and code open."""
    return [_told_applicant(NoticeKind.APPLICATION_DECIDED, application, "decided")]


def tell_new_device(account: Account, browser: str) -> Sequence[Operation]:
    """That somebody signed in with his password and code in a browser that never had."""
    return [_told(NoticeKind.NEW_DEVICE, account, f"device.{account.v + 1}", at=clock.now(), browser=browser)]


def tell_used(account: Account, used: SecondFactor) -> Sequence[Operation]:
    """That a recovery code was used, if it was one."""
    left = len(used.recovery)
    if account.second is None or left >= len(account.second.recovery):
        return ()
    return [_told(NoticeKind.RECOVERY_CODE_USED, account, f"recovery.{account.v + 1}", at=clock.now(), left=left)]


def tell_password_changed(account: Account) -> Sequence[Operation]:
    """That his password is another one now."""
    return [_told(NoticeKind.PASSWORD_CHANGED, account, f"password.{account.v}", at=clock.now())]


def tell_phone_changed(account: Account) -> Sequence[Operation]:
    """That another phone makes his codes now, or that he has new recovery codes."""
    return [_told(NoticeKind.SECOND_FACTOR_CHANGED, account, f"phone.{account.v}", at=clock.now())]


def tell_forgotten(account: Account, address: str, *, minutes: int = 60) -> Sequence[Operation]:
    """The address at which he sets a new password; each asking is a deed of its own."""
    until, token = clock.now() + timedelta(minutes=minutes), _fragment(address)
    return [
        _told(NoticeKind.PASSWORD_FORGOTTEN, account, f"forgotten.{secrets.token_hex(8)}", until=until, token=token)
    ]


def tell_email_code(account: Account, email: str, code: str) -> Sequence[Operation]:
    """The code that shows that a new address is his; it goes there."""
    return [_told(NoticeKind.EMAIL_CODE, account, f"email-code.{account.v + 1}", email, code=code)]


def tell_email_changed(account: Account, before: str) -> Sequence[Operation]:
    """That mails go elsewhere from now on; told at the address before and at the new one."""
    event, at = f"email.{account.v}", clock.now()
    told = [_told(NoticeKind.CONTACT_CHANGED, account, event, at=at)]
    if before:
        told.append(_told(NoticeKind.CONTACT_CHANGED, account, f"{event}.former", before, at=at))
    return told


def tell_duties(account: Account) -> Sequence[Operation]:
    """That his role or units are others now, or that his account was disabled."""
    event, at = f"duties.{account.v}", clock.now()
    if account.state is AccountState.NONAKTIF:
        return [_told(NoticeKind.ACCOUNT_DISABLED, account, event, at=at)]
    return [_told(NoticeKind.ROLE_CHANGED, account, event, at=at, role=account.role.value)]


def _told_applicant(kind: NoticeKind, application: Application, what: str) -> Operation:
    number = in_groups(application.number)
    recipient = Recipient(RecipientKind.APPLICATION, number)
    return outbox.put(
        Notice(kind, f"application.{number}.{what}", recipient, {"number": number}, application.institution)
    )


def _told(kind: NoticeKind, account: Account, event: str, address: str | None = None, **fields: Value) -> Operation:
    recipient = Recipient(RecipientKind.STAFF, account.id)
    return outbox.put(Notice(kind, f"{account.id}.{event}", recipient, fields, account.institution, address=address))


def _fragment(address: str) -> str:
    return address.partition("#")[2]


def _title(institution: str | None) -> str:
    if institution is None:
        return _BKN
    name = view_institution(institution).name
    return name if is_title(name) else institution
