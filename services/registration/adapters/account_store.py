"""Accounts in the reg table, `U#<keyed hash of the sign-in number>`/`@`; never under the number itself."""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Final

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.security.sessions import Role
from services.kernel.values.texts import as_typed
from services.registration.model.account import Account, AccountState, SecondFactor, StaffPrivate
from services.registration.model.contact import PersonContact
from services.registration.model.person import Person
from services.registration.settings import lookup_key, settings

NATIONAL: Final = "nasional"
"""Stands for the institution of bkn and auditors, who have none: in keys, paths, and as whose data key encrypts."""
ACCOUNT: Final = "account"
"""The label of the operation that makes an account."""


def account_id(nik: str) -> str:
    """The id of the account of the person who signs in with this NIK (spaces do not count)."""
    return privacy.blind(lookup_key(), "login", "".join(as_typed(nik).split()))


def staff_id(login: str) -> str:
    """The id of the account of the member of staff who signs in with this number (NIP or NIK; spaces do not count).

    Keyed apart from people's: who is listed himself has two accounts, and neither door tells of the other.
    """
    return privacy.blind(lookup_key(), "staff login", "".join(as_typed(login).split()))


def load(identifier: str) -> Account | None:
    """An account by its id."""
    return account_in(dynamodb.get(settings().table, account_key(identifier)))


def account_key(identifier: str) -> dict[str, str]:
    """The key of an account, for whoever reads it together with something else."""
    return {"pk": f"U#{identifier}", "sk": "@"}


def account_in(item: Item | None) -> Account | None:
    """The account in the item of this key."""
    return None if item is None else _to_account(item)


def put_new(account: Account) -> Operation:
    """The operation that makes the account, unless the number has one already."""
    return dynamodb.put(settings().table, _to_item(account), when=Attr("pk").not_exists(), label=ACCOUNT)


def replace(account: Account, before: Account | None) -> Operation:
    """The operation that makes the account of a member of staff what it is now, unless it moved meanwhile.

    `before` is the account as it was read, None where there was none; `account.v` counts this write already.
    """
    unmoved = Attr("pk").not_exists() if before is None else Attr("v").eq(before.v)
    return dynamodb.put(settings().table, _to_item(account), when=unmoved, label=ACCOUNT)


def put_moved(account: Account, there: Account | None) -> Operation:
    """The operation that puts a person's account under another number; `there` is the one that number has, if any."""
    unmoved = Attr("pk").not_exists() if there is None else Attr("v").eq(there.v)
    return dynamodb.put(settings().table, _to_item(account), when=unmoved, label=f"account {account.id}")


def drop(account: Account) -> Operation:
    """The operation that ends a person's account, which goes on under another number, unless it moved meanwhile."""
    return dynamodb.delete(
        settings().table, account_key(account.id), when=Attr("v").eq(account.v), label=f"account {account.id}"
    )


def moved_to(account: Account, identifier: str, before: Person, after: Person) -> Account:
    """The account as it goes on under another number and for another record of its person: every token is over."""
    known = privacy.decrypt(
        account.encrypted, institution=before.institution, salt=before.salt, place=_place(account.id)
    )
    encrypted = privacy.encrypt(known, institution=after.institution, salt=after.salt, place=_place(identifier))
    return dataclasses.replace(
        account,
        id=identifier,
        pid=after.pid,
        token_version=account.token_version + 1,
        v=account.v + 1,
        encrypted=encrypted,
    )


def replace_encrypted(account: Account, encrypted: bytes) -> Operation:
    """The operation that replaces the encrypted part of the account by `encrypted`, unless it moved meanwhile.

    `encrypted` is made by `encrypt_contact` for a person, by `encrypt_staff` for staff.
    """
    values = {"private": encrypted, "v": account.v + 1}
    return dynamodb.update(settings().table, account_key(account.id), values=values, when=Attr("v").eq(account.v))


def limit(account: Account, units: Sequence[str], *, ended: bool) -> Operation:
    """The operation that limits a member of staff to these units, unless his account moved meanwhile.

    `ended`: every token given out before is over.
    """
    values = {"units": list(units), "tv": account.token_version + int(ended), "v": account.v + 1}
    return dynamodb.update(settings().table, account_key(account.id), values=values, when=Attr("v").eq(account.v))


def staff_of(institution: str) -> Iterator[Account]:
    """The staff accounts of an institution (`NATIONAL`: bkn and auditors), as far as the index shows them."""
    for item in dynamodb.query_all(settings().table, KeyPart("g1pk").eq(_staff_key(institution)), index="roster"):
        yield _to_account(item)


def encrypt_contact(identifier: str, contact: PersonContact, person: Person) -> bytes:
    """A person's contact encrypted for his account, under his own key: he is erased with his salt."""
    return privacy.encrypt(contact.stored(), institution=person.institution, salt=person.salt, place=_place(identifier))


def contact(account: Account, person: Person) -> PersonContact:
    """The contact of the person the account belongs to."""
    return PersonContact.of(
        privacy.decrypt(account.encrypted, institution=person.institution, salt=person.salt, place=_place(account.id))
    )


def encrypt_staff(identifier: str, private: StaffPrivate, institution: str | None, salt: bytes) -> bytes:
    """What is private of a member of staff, encrypted for the account; `institution` None: under the national key.

    `salt` (16 bytes) is the account's own, kept beside what is encrypted.
    """
    return privacy.encrypt(private.stored(), institution=institution or NATIONAL, salt=salt, place=_place(identifier))


def staff_private(account: Account) -> StaffPrivate:
    """What is private of a member of staff: how he is called, and the number (NIP or NIK) he signs in with."""
    return StaffPrivate.of(
        privacy.decrypt(
            account.encrypted,
            institution=account.institution or NATIONAL,
            salt=account.salt or b"",
            place=_place(account.id),
        )
    )


def _staff_key(institution: str) -> str:
    return f"S#{institution}"


def _place(identifier: str) -> Place:
    key = account_key(identifier)
    return Place(settings().table, key["pk"], key["sk"])


def _to_item(account: Account) -> Item:
    item: Item = {
        **account_key(account.id),
        "role": account.role.value,
        "institution": account.institution,
        "units": list(account.units),
        "pid": account.pid,
        "hash": account.password_hash,
        "tv": account.token_version,
        "state": account.state.value,
        "v": account.v,
        "salt": account.salt,
        "private": account.encrypted,
    }
    if account.pid is None:
        staff = _staff_key(account.institution or NATIONAL)
        item |= {"g1pk": staff, "g1sk": f"{account.role.value}#{account.id}", "sponsors": list(account.sponsors)}
    if account.second is not None:
        item |= {"step": account.second.last_step, "recovery": list(account.second.recovery)}
    if account.own is not None:
        item["own"] = account.own
    if account.ended:
        item["ended"] = list(account.ended)
    return item


def _to_account(item: Item) -> Account:
    return Account(
        id=item["pk"].removeprefix("U#"),
        role=Role(item["role"]),
        institution=item["institution"],
        units=tuple(item["units"]),
        pid=item["pid"],
        password_hash=item["hash"],
        token_version=item["tv"],
        state=AccountState(item["state"]),
        v=item["v"],
        salt=item["salt"],
        encrypted=item["private"],
        second=SecondFactor(item["step"], tuple(item["recovery"])) if "step" in item else None,
        sponsors=tuple(item.get("sponsors", ())),
        own=item.get("own"),
        ended=tuple(item.get("ended", ())),
    )
