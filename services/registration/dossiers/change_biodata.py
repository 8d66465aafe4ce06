"""The person changes contact and education; the rest stays as registered until correction requests are built.

Contact may change at any time and is kept with the account; education belongs to the dossier and its window.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.security import captcha
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.kernel.writes.calendar import OUT_OF_TIME
from services.registration.adapters import account_store, person_store
from services.registration.dossiers.biodata import CONTACT, account_of, education_of
from services.registration.dossiers.change import open_loaded, save
from services.registration.model.person import Person
from services.registration.rows.fields import EDUCATION, read_fields, require_graduation
from services.registration.rows.identity_fields import EmailField, PhoneField
from services.registration.settings import captcha_keys, settings
from services.registration.shared.views import Versioned

_CONTACT_ALONE = "Belum ada yang disimpan. Yang masih dapat diubah hanya nomor HP dan email: kirim keduanya saja."


class BiodataEdit(BaseModel):
    """The biodata form; a field that is not sent stays as it is."""

    v: int
    hp: PhoneField = ""
    email: EmailField = ""
    pendidikan: str = ""
    nomor_ijazah: str = ""
    tanggal_lulus: str = ""
    sekolah: str = ""
    captcha: str

    def sent(self, names: tuple[str, ...]) -> dict[str, Any]:
        """Those of the fields that were sent."""
        return self.model_dump(include=set(names) & self.model_fields_set)


def change_biodata(edit: BiodataEdit, request: Request) -> Versioned:
    """Store what differs from what is there.

    Raises:
        Problem: `invalid-fields`, `captcha-failed`, `version-moved`; for education also `window-closed` and
            `illegal-transition`.
    """
    with _told_what_remains():
        return request.once.answer(Versioned, lambda: _edit(edit, request))


@contextmanager
def _told_what_remains() -> Iterator[None]:
    """Whoever comes outside of the window for education hears that contact has none."""
    try:
        yield
    except Problem as problem:
        if problem.code in OUT_OF_TIME:
            problem.detail = f"{problem.detail} {_CONTACT_ALONE}"
        raise


def _edit(edit: BiodataEdit, request: Request) -> Versioned:
    """The window stands before the fields: who can no longer change them need not correct them either."""
    dossier = person_store.load_dossier(request.actor.id)
    person, sent = dossier.person, edit.sent(EDUCATION)
    person.require_version(edit.v)
    before = education_of(person)
    differs = any((value or None) != before[name] for name, value in sent.items())
    opened = open_loaded(dossier, request) if differs else None
    education = read_fields(person, sent, EDUCATION)
    require_graduation(education, person, request.received.astimezone(clock.WIB).date())
    changed = {name: value for name, value in education.items() if before[name] != value}
    captcha.require(edit.captcha, captcha_keys(), settings().ttl_table)
    contact = _contact_change(person, edit.sent(CONTACT))
    if opened is None or not changed:
        return _keep_contact(contact, Versioned(v=person.v), request)
    editable = opened.editable()
    after = replace(editable, private=replace(editable.private, education={**before, **changed}))
    delta = {name: [before[name], value] for name, value in changed.items()}
    edited = Versioned(v=person.v + 1)
    save(opened, after, "edit-biodata", delta, extra=[*contact, *request.once.remember(edited)])
    return edited


def _keep_contact(contact: list[Operation], answer: Versioned, request: Request) -> Versioned:
    """Store a change that no window rules, if there is any, and what is answered to it."""
    operations = [*contact, *request.once.remember(answer)]
    if operations and not ungated.commit(operations):
        raise Problem(Code.VERSION_MOVED)
    return answer


def _contact_change(person: Person, sent: dict[str, Any]) -> list[Operation]:
    """The operation that stores a changed contact with the account, if it changed."""
    account = account_of(person)
    before = account_store.contact(account, person)
    after = before.changed(sent)
    if after == before:
        return []
    return [account_store.replace_encrypted(account, account_store.encrypt_contact(account.id, after, person))]
