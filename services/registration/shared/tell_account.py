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
from services.registration.model.contact import PersonContact
from services.registration.model.person import Person
from services.registration.model.reclaim_claim import Claim, Step


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


def tell_reclaimed(account: Account, person: Person, former: PersonContact) -> Sequence[Operation]:
    """That somebody with a sheet took the account over; told at each address shown to be the former owner's."""
    addresses = [address for name, address in former.shown().items() if address and name in former.verified]
    return [
        told(
            NoticeKind.RECLAIMED,
            account,
            person,
            f"reclaimed.{account.v}.former{place}",
            address=address,
            language=former.language,
            at=clock.now(),
        )
        for place, address in enumerate(addresses)
    ]


def tell_reclaim_opened(account: Account, person: Person, claim: Claim) -> Sequence[Operation]:
    """That somebody with a sheet wants his account, and until when he may refuse; staff decide otherwise."""
    event = f"reclaim.{clock.millis(claim.at)}"
    if claim.step is Step.OWNER:
        return [told(NoticeKind.RECLAIM_OPENED, account, person, event, at=claim.at, until=claim.until)]
    return [told(NoticeKind.RECLAIM_DECIDED_BY_STAFF, account, person, event, at=claim.at)]


def tell_sheet_printed(account: Account, person: Person, printing: str) -> Sequence[Operation]:
    """That two members of staff had a sheet printed for him although he has an account."""
    return [told(NoticeKind.SHEET_PRINTED, account, person, f"sheet.{printing}", at=clock.now())]


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
