"""Signing tokens: registration alone does it; every service verifies them itself (kernel/security/sessions.py)."""

from datetime import timedelta

import jwt
from pydantic import BaseModel

from services.kernel import clock
from services.kernel.security.sessions import (
    ALGORITHM,
    ENROLMENT_TTL,
    SECOND_FACTOR_TTL,
    SESSION_TTL,
    Audience,
    Claims,
    Role,
    key_id,
)
from services.registration.access.unit_scope import units_of
from services.registration.model.account import Account
from services.registration.model.person import Person
from services.registration.settings import session_key, settings


def session_claims(account: Account, person: Person | None, sid: str, own: str | None = None) -> Claims:
    """What a session token says: a person is known by his pid, a member of staff by his account's id.

    `sid` names the sign-in; `own` is whose record a member of staff may not work on: his. His units stand in it by
    every name they have, with those below them, as the institution's list has them now.
    """
    return Claims(
        aud=Audience.SESSION,
        sub=person.pid if person else account.id,
        role=account.role,
        institution=person.institution if person else account.institution,
        units=units_of(account),
        own=own,
        token_version=account.token_version,
        sid=sid,
        exp=_end(SESSION_TTL),
    )


def second_factor_claims(account: Account) -> Claims:
    """What a member of staff holds between his password and his code; it opens nothing else."""
    return Claims(
        aud=Audience.SECOND_FACTOR,
        sub=account.id,
        role=account.role,
        institution=account.institution,
        token_version=account.token_version,
        exp=_end(SECOND_FACTOR_TTL),
    )


def enrolment_claims(person: Person, enrolment: str) -> Claims:
    """What an enrolment token says: which row, and which of its enrolments."""
    return Claims(
        aud=Audience.ENROLMENT,
        sub=person.pid,
        role=Role.HONORER,
        institution=person.institution,
        enrolment=enrolment,
        exp=_end(ENROLMENT_TTL),
    )


def sign(claims: BaseModel) -> str:
    """The token (RFC 7519, ES256), with the name of its key."""
    named = {"kid": key_id(settings().session_public_key)}
    return jwt.encode(claims.model_dump(mode="json"), session_key(), algorithm=ALGORITHM, headers=named)


def _end(life: timedelta) -> int:
    return int((clock.now() + life).timestamp())
