"""What a person may change of his data, beside what the institution registered."""

from typing import Any

from pydantic import BaseModel

from services.kernel.problems import Code, Problem
from services.registration.adapters import account_store
from services.registration.model.account import Account
from services.registration.model.contact import PersonContact
from services.registration.model.person import Person
from services.registration.model.person_row import texts_of
from services.registration.rows.fields import EDUCATION


class EditableView(BaseModel):
    """Contact and education; a field nobody has given is null."""

    hp: str | None = None
    email: str | None = None
    pendidikan: str | None = None
    nomor_ijazah: str | None = None
    tanggal_lulus: str | None = None
    sekolah: str | None = None


class BiodataView(BaseModel):
    """A person's data as he himself sees them: his own NIK in full (domain.md, section 8)."""

    v: int
    editable: EditableView
    nomor_kk: str | None
    registered: dict[str, Any]


def account_of(person: Person) -> Account:
    """The account the person signs in with.

    Raises:
        Problem: `unauthenticated` when it is gone; also where his NIK was corrected and the number is another's now.
    """
    account = account_store.load(account_store.account_id(person.row["nik"]))
    if account is None or account.pid != person.pid:
        raise Problem(Code.UNAUTHENTICATED)
    return account


def education_of(person: Person) -> dict[str, str | None]:
    """Education as the person corrected it, else as registered: each name of `EDUCATION` with its text, or None."""
    return {**texts_of(person.row, EDUCATION), **(person.private.education or {})}


def view_biodata(person: Person, contact: PersonContact) -> BiodataView:
    """What he may change (`contact` is the account's; education), nomor KK, and the registered row.

    `person` is the record as he may see it (access/own_view.py).
    """
    return BiodataView(
        v=person.v,
        editable=EditableView(**contact.shown(), **education_of(person)),
        nomor_kk=person.private.nomor_kk,
        registered=dict(person.row),
    )
