"""What a listed person changes of his own account, at any time: no window rules it (domain.md, section 4)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.writes import ungated
from services.registration.adapters import account_store, person_store, reclaim_store
from services.registration.dossiers.biodata import account_of
from services.registration.model.account import Account
from services.registration.model.contact import PersonContact
from services.registration.model.person import Person

_CLAIMED = (
    "Seseorang dengan lembar kode aktivasi meminta akun ini. Sampai itu diputuskan, kata sandi dan kontaknya tidak "
    "dapat diganti. Mengisi dan mengajukan data tetap dapat."
)


@dataclass(frozen=True)
class OwnPerson:
    """The account of whoever asks, with the person it belongs to and how he is reached."""

    account: Account
    person: Person
    contact: PersonContact

    @classmethod
    def of(cls, actor: Actor) -> "OwnPerson":
        """The account of whoever is signed in.

        Raises:
            Problem: `unauthenticated` where there is none any more, or its tokens have ended.
        """
        person = person_store.load(actor.id)
        account = account_of(person)
        if not account.may_sign_in or account.token_version != actor.token_version:
            raise Problem(Code.UNAUTHENTICATED)
        return cls(account, person, account_store.contact(account, person))

    def with_password(self, password_hash: str) -> Account:
        """The account with another password, one version on, all its tokens ended."""
        ended = self.account.token_version + 1
        return replace(self.account, password_hash=password_hash, token_version=ended, v=self.account.v + 1)

    def with_contact(self, contact: PersonContact) -> Account:
        """The account with another contact, one version on."""
        encrypted = account_store.encrypt_contact(self.account.id, contact, self.person)
        return replace(self.account, encrypted=encrypted, v=self.account.v + 1)

    def commit(self, after: Account, *also: Operation) -> None:
        """Write the account, and what belongs to it.

        Raises:
            Problem: `version-moved` when it was changed elsewhere meanwhile, `conflict` while somebody reclaims it.
        """
        if reclaim_store.find(self.person.pid) is not None:
            raise Problem(Code.CONFLICT, _CLAIMED)
        claimed = reclaim_store.none_waits(self.person.pid)
        operations: Sequence[Operation] = [account_store.replace(after, self.account), claimed, *also]
        if not ungated.commit(operations):
            raise Problem(Code.VERSION_MOVED)
