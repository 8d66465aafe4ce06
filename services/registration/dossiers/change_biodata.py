"""The person changes his education; the rest stays as registered until correction requests are built.

How he is reached stands with his account and changes there, at any time and by a code (own_account/).
"""

from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security import captcha
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.adapters import person_store
from services.registration.dossiers.biodata import education_of
from services.registration.dossiers.change import open_loaded, save
from services.registration.rows.fields import EDUCATION, read_fields, require_graduation
from services.registration.settings import captcha_keys, settings
from services.registration.shared.views import Versioned


class BiodataEdit(BaseModel):
    """The biodata form; a field that is not sent stays as it is."""

    v: int
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
        Problem: `invalid-fields`, `captcha-failed`, `version-moved`, `window-closed`, `illegal-transition`.
    """
    return request.once.answer(Versioned, lambda: _edit(edit, request))


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
    if opened is None or not changed:
        return _keep(Versioned(v=person.v), request)
    editable = opened.editable()
    after = replace(editable, private=replace(editable.private, education={**before, **changed}))
    delta = {name: [before[name], value] for name, value in changed.items()}
    edited = Versioned(v=person.v + 1)
    save(opened, after, "edit-biodata", delta, extra=request.once.remember(edited))
    return edited


def _keep(answer: Versioned, request: Request) -> Versioned:
    """Remember what is answered where nothing changed."""
    operations = request.once.remember(answer)
    if operations and not ungated.commit(operations):
        raise Problem(Code.VERSION_MOVED)
    return answer
