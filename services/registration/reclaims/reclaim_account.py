"""Somebody else made an account of his NIK: with his sheet its owner takes it back (domain.md, section 3, *reclaim*).

Where nothing has shown yet whose the account is, the sheet is enough, and it is done at once: the other's sign-ins and
enrolment end, password and contact are the owner's, the cards have new codes. Else the account's owner is asked, or two
members of staff (open_claim.py). A contact he types here is used for nothing until a code has shown that it is his.
"""

from typing import Annotated

from pydantic import Field

from services.kernel.problems import Code, Problem
from services.kernel.security import captcha
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.registration.accounts import passwords
from services.registration.accounts.sheet_codes import find_sheet, require_tries, wrong_sheet_problem
from services.registration.adapters import person_store, sheet_store
from services.registration.enrolments.check_identity import IdentityClaim, find_claimed
from services.registration.enrolments.typed_otherwise import find_typed_otherwise
from services.registration.model.contact import PersonContact
from services.registration.model.reclaim import Way, way_of
from services.registration.reclaims.hand_over_account import Brought, Handing, hand_over_account
from services.registration.reclaims.open_claim import Reclaimed, claimant, open_claim
from services.registration.sessions.throttle import IDENTITY_CHECKS_OF_NETWORK, IDENTITY_CHECKS_OF_NIK
from services.registration.settings import captcha_keys, settings

_NO_ACCOUNT = "NIK ini belum punya akun. Lembar Anda berlaku untuk membuat akun: buka Buat Akun."


class Reclaim(IdentityClaim):
    """The identity check, the sheet's ten letters and digits, and the password he wants."""

    sheet: Annotated[str, Field(max_length=40)]
    password: Annotated[str, Field(max_length=1000)]


def reclaim_account(claim: Reclaim, request: Request) -> Reclaimed:
    """Take the account back.

    Raises:
        Problem: `not-registered` for an unlisted NIK and for data that differ, alike; `invalid-fields` for a bad
            password, or a sheet that opens nothing here, whatever the reason; `conflict` without an account, and where
            another claim waits; `captcha-failed`, `throttled`, `version-moved`, `window-closed`.
    """
    return request.once.answer(Reclaimed, lambda: _reclaim(claim, request))


def _reclaim(claim: Reclaim, request: Request) -> Reclaimed:
    captcha.require(claim.captcha, captcha_keys(), settings().ttl_table)
    IDENTITY_CHECKS_OF_NETWORK.require(request.caller.network)
    IDENTITY_CHECKS_OF_NIK.require(f"{claim.nik} {request.caller.network}")
    person = find_claimed(claim)
    if person is None:
        raise Problem(Code.NOT_REGISTERED)
    if not person.has_account:
        raise Problem(Code.CONFLICT, _NO_ACCOUNT)
    require_tries(person.pid, request.caller.network)
    passwords.require_good(claim.password, passwords.owner_of(person))
    password = passwords.hash_password(claim.password)
    for _ in range(ungated.MAX_TRIES):
        try:
            return _try(claim, password, person.pid, request)
        except Problem as problem:
            # What the other does meanwhile must not keep him out.
            if problem.code is not Code.VERSION_MOVED:
                raise
    raise Problem(Code.VERSION_MOVED)


def _try(claim: Reclaim, password: str, pid: str, request: Request) -> Reclaimed:
    dossier, at = person_store.load_dossier(pid), request.received
    person, sheet = dossier.person, find_sheet(pid, claim.sheet, at)
    round_ = gate.read_round(person.institution)
    way = Way.NONE if sheet is None else way_of(person, sheet, round_, at)
    if sheet is None or way is Way.NONE:
        raise wrong_sheet_problem("sheet")
    typed = find_typed_otherwise(person.row, name=claim.nama, place=claim.tempat_lahir)
    contact = PersonContact(claim.hp, claim.email, language=request.caller.language)
    brought = Brought(password, contact, claim.nomor_kk, typed)
    if way is Way.OWNER:
        return open_claim(person, brought, sheet, round_, request)
    done = Reclaimed(way=way)
    traced = {"printed_by": sheet.printed_by, **({"login_only": True} if way is Way.LOGIN_ONLY else {})}
    operations = [sheet_store.use(sheet, at), *request.once.remember(done)]
    hand_over_account(dossier, brought, round_, Handing(claimant(person), at, traced, operations))
    return done
