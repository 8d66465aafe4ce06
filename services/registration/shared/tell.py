"""Tell staff what happened to their accounts: operations that join the write they tell of (kernel/notices)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient, RecipientKind, Value
from services.registration.model.account import Account, AccountState, SecondFactor
from services.registration.model.invitation import Invitation, InvitationKind
from services.registration.shared.institution_view import view_institution

_BKN = "Badan Kepegawaian Negara"


def tell_invited(invitation: Invitation, address: str) -> Sequence[Operation]:
    """The address at which an invitation, or a recovery, is accepted."""
    until = invitation.expires_at or clock.now()
    fields: dict[str, Value] = {"until": until, "token": _token(address)}
    event = f"invitation.{invitation.id}.{invitation.v}"
    if invitation.kind is InvitationKind.PEMULIHAN:
        recipient = Recipient(RecipientKind.STAFF, invitation.account)
        return [outbox.put(Notice(NoticeKind.SIGN_IN_RESET, event, recipient, fields, invitation.institution))]
    title = view_institution(invitation.institution).name if invitation.institution else _BKN
    fields |= {"institution": title, "role": invitation.role.value}
    recipient = Recipient(RecipientKind.INVITATION, invitation.id)
    return [outbox.put(Notice(NoticeKind.STAFF_INVITED, event, recipient, fields, invitation.institution))]


def tell_new_device(account: Account) -> Sequence[Operation]:
    """That somebody signed in with his password and code in a browser that never had."""
    return [_tell(account, NoticeKind.NEW_DEVICE, {"at": clock.now()})]


def tell_used(before: Account, used: SecondFactor) -> Sequence[Operation]:
    """That a recovery code was used, if it was one."""
    if before.second is None or len(used.recovery) == len(before.second.recovery):
        return []
    return [_tell(before, NoticeKind.RECOVERY_CODE_USED, {"at": clock.now(), "left": len(used.recovery)})]


def tell_password_changed(account: Account) -> Sequence[Operation]:
    """That his password is another one now."""
    return [_tell(account, NoticeKind.PASSWORD_CHANGED, {"at": clock.now()})]


def tell_second_factor_changed(account: Account) -> Sequence[Operation]:
    """That another phone makes his codes now, or that he has new recovery codes."""
    return [_tell(account, NoticeKind.SECOND_FACTOR_CHANGED, {"at": clock.now()})]


def tell_forgotten(account: Account, address: str, life: timedelta) -> Sequence[Operation]:
    """The address at which he sets a new password."""
    fields: Mapping[str, Value] = {"until": clock.now() + life, "token": _token(address)}
    mark = str(clock.millis(clock.now()))
    return [_tell(account, NoticeKind.PASSWORD_FORGOTTEN, fields, mark=mark)]


def tell_email_code(account: Account, email: str, code: str, life: timedelta) -> Sequence[Operation]:
    """The code that shows that a new address is his; it goes there."""
    fields: Mapping[str, Value] = {"until": clock.now() + life, "code": code}
    return [_tell(account, NoticeKind.CONTACT_CODE, fields, address=email)]


def tell_email_changed(account: Account, before: str) -> Sequence[Operation]:
    """That mails go elsewhere from now on; told at the address before and at the new one."""
    fields: Mapping[str, Value] = {"at": clock.now()}
    told = [_tell(account, NoticeKind.CONTACT_CHANGED, fields)]
    if before:
        told.append(_tell(account, NoticeKind.CONTACT_CHANGED, fields, mark="former", address=before))
    return told


def tell_duties(account: Account) -> Sequence[Operation]:
    """That his role or units are others now, or that his account was disabled."""
    if account.state is AccountState.NONAKTIF:
        return [_tell(account, NoticeKind.ACCOUNT_DISABLED, {"at": clock.now()})]
    return [_tell(account, NoticeKind.ROLE_CHANGED, {"at": clock.now(), "role": account.role.value})]


def _tell(
    account: Account, kind: NoticeKind, fields: Mapping[str, Value], *, mark: str = "", address: str | None = None
) -> Operation:
    """One notice to the owner; its event is the account's version, and `mark` where that does not move or tells two."""
    event = ".".join(part for part in (kind.value, account.id, str(account.v), mark) if part)
    recipient = Recipient(RecipientKind.STAFF, account.id)
    return outbox.put(Notice(kind, event, recipient, fields, account.institution, address=address))


def _token(address: str) -> str:
    return address.partition("#")[2]
