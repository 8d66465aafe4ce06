"""Whoever signs in with a NIP says which NIK is his, if he is listed himself; then no route lets him touch that record.

Domain.md, section 2, *Own row*. He says it once: to take it back, so that he could work on it after all, takes his
admin or bkn (change_staff.py).
"""

from typing import Annotated

from pydantic import AfterValidator, BaseModel

from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security import privacy
from services.kernel.values.identity import InvalidIdentifier, read_nik
from services.kernel.values.texts import as_typed
from services.kernel.web.request import Request
from services.registration.model.account import NOT_LISTED
from services.registration.sessions.asked_again import device_of
from services.registration.sessions.start_session import Started, begin_session
from services.registration.settings import lookup_key
from services.registration.staff.own_account import Own, OwnDeed


def _nik(text: str | None) -> str | None:
    if not text:
        return None
    try:
        return read_nik("".join(as_typed(text).split())).digits
    except InvalidIdentifier as refused:
        sentence = "NIK harus 16 angka yang benar. Salin ulang dari KTP Anda."
        raise ValueError(f"{refused.code.value}|{sentence}") from None


class OwnNik(BaseModel):
    """His NIK; None: he is not listed as non-ASN."""

    nik: Annotated[str | None, AfterValidator(_nik)]


def declare_own_nik(own_nik: OwnNik, request: Request) -> Started:
    """Write it down, and go on with a session that knows it.

    Raises:
        Problem: `conflict` when he has said another one before, `invalid-fields` for staff of no institution,
            `version-moved`.
    """
    own, device = Own.of(request.actor), device_of(request)
    institution = own.account.institution
    if institution is None:
        raise invalid_problem("nik", "not-listed", "Petugas BKN dan auditor tidak didata oleh instansi di sini.")
    said = own.account.own
    declared = NOT_LISTED if own_nik.nik is None else privacy.person_id(lookup_key(), institution, own_nik.nik)
    if said not in {None, NOT_LISTED, declared}:
        raise Problem(Code.CONFLICT, "Anda sudah menyatakan NIK lain. Minta admin instansi Anda menghapusnya dahulu.")
    after = own.renewed(own=declared)
    own.commit(after, OwnDeed.OWN_NIK, request, own=declared)
    return begin_session(after, device, request.caller.agent)
