"""Tell a listed person what happened to his account: operations that join the write they tell of (kernel/notices/).

He is written to at what a code has shown to be his (notices/find_contact.py), so that nothing is told to a stranger.
"""

from collections.abc import Iterable, Sequence

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient, RecipientKind, Value
from services.kernel.web.languages import Language
from services.registration.model.account import Account
from services.registration.model.person import Person


def tell_account_made(account: Account, person: Person) -> Sequence[Operation]:
    """That an account was made of his NIK."""
    return [told(NoticeKind.ACCOUNT_MADE, account, person, "made", at=clock.now())]


def tell_own_password(account: Account, person: Person) -> Sequence[Operation]:
    """That his password is another one now."""
    return [told(NoticeKind.OWN_PASSWORD_CHANGED, account, person, f"password.{account.v}", at=clock.now())]


def tell_own_contact(
    account: Account, person: Person, former: Iterable[str], language: Language
) -> Sequence[Operation]:
    """That he is reached elsewhere from now on; told there, and at each of the `former` addresses that were his."""
    event, at = f"contact.{account.v}", clock.now()
    here = [told(NoticeKind.OWN_CONTACT_CHANGED, account, person, event, at=at)]
    there = [
        told(
            NoticeKind.OWN_CONTACT_CHANGED,
            account,
            person,
            f"{event}.former{place}",
            address=address,
            language=language,
            at=at,
        )
        for place, address in enumerate(former)
    ]
    return [*here, *there]


def told(
    kind: NoticeKind,
    account: Account,
    person: Person,
    event: str,
    *,
    address: str | None = None,
    language: Language = Language.INDONESIAN,
    **fields: Value,
) -> Operation:
    """One notice to the owner of an account; `event` is a deed's name, once in the account's life."""
    recipient = Recipient(RecipientKind.PERSON, account.id)
    name = f"{account.id}.{event}"
    return outbox.put(Notice(kind, name, recipient, fields, person.institution, address=address, language=language))
