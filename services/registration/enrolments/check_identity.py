"""Step 1 of making an account, "Pengecekan Identitas": is this a listed person, and is it he who asks?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from services.kernel.problems import Code, Problem
from services.kernel.security import captcha
from services.kernel.values.dates import DayField
from services.kernel.values.identity_fields import KkField, MaybeEmail, MaybePhone, NikField
from services.kernel.values.texts import clean_text
from services.kernel.web.caller import Caller
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.enrolments import enrolment
from services.registration.enrolments.public_part import PublicPart, public_part
from services.registration.enrolments.typed_otherwise import find_typed_otherwise, is_himself
from services.registration.model.person import Person
from services.registration.people.find_listed import find_listed
from services.registration.sessions import tokens
from services.registration.sessions.throttle import IDENTITY_CHECKS_OF_NETWORK, IDENTITY_CHECKS_OF_NIK
from services.registration.settings import captcha_keys, settings


class IdentityClaim(BaseModel):
    """The form of step 1; whoever has neither phone nor e-mail leaves them empty."""

    nik: NikField
    nomor_kk: KkField
    nama: Annotated[str, Field(max_length=100), AfterValidator(clean_text)]
    tempat_lahir: Annotated[str, Field(max_length=60), AfterValidator(clean_text)]
    tanggal_lahir: DayField
    hp: MaybePhone = ""
    email: MaybeEmail = ""
    captcha: str


class EnrolmentStarted(PublicPart):
    """The listed person, and until when the enrolment lasts."""

    expires_at: datetime


@dataclass(frozen=True)
class Passed:
    """A passed check: the token to set and what is shown."""

    token: str
    view: EnrolmentStarted


def check_identity(claim: IdentityClaim, *, caller: Caller, before: str | None, received: datetime) -> Passed:
    """Compare the claim with what the institution registered and start an enrolment.

    `before` is the enrolment token this browser still has, if any: of the same person, that enrolment goes on.

    Raises:
        Problem: `not-registered` for an unlisted NIK and for data that differ, alike; `account-exists`;
            `window-closed`, `window-not-open`; `captcha-failed`; `throttled`.
    """
    captcha.require(claim.captcha, captcha_keys(), settings().ttl_table)
    IDENTITY_CHECKS_OF_NETWORK.require(caller.network)
    IDENTITY_CHECKS_OF_NIK.require(f"{claim.nik} {caller.network}")
    person = find_claimed(claim)
    if person is None:
        raise Problem(Code.NOT_REGISTERED)
    if person.has_account:
        raise Problem(Code.ACCOUNT_EXISTS)
    gate.read_round(person.institution).require(Window.DOSSIER, received)
    claims = tokens.enrolment_claims(person, enrolment.name_for(person, before))
    typed = find_typed_otherwise(person.row, name=claim.nama, place=claim.tempat_lahir)
    contact = claim.model_dump(include={"hp", "email", "nomor_kk"})
    enrolment.begin(person, claims, {**contact, "typed": typed, "language": caller.language.value})
    view = EnrolmentStarted(**dict(public_part(person)), expires_at=claims.expires_at)
    return Passed(tokens.sign(claims), view)


def find_claimed(claim: IdentityClaim) -> Person | None:
    """The listed person the claim speaks of, if it is he by what he knows."""
    person, born = find_listed(claim.nik), claim.tanggal_lahir.isoformat()
    return person if person and is_himself(person.row, name=claim.nama, birth_date=born) else None
