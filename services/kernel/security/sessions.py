"""Who is asking: short signed tokens (ES256, RFC 7519) that each service verifies itself.

Registration alone issues them, and each names the key it was signed with (`kid`): while that is rotated there are two.
A session token lives 15 minutes; an enrolment token 60 minutes and opens nothing but the enrolment. Times are the
kernel clock's.
"""

import functools
import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from pydantic import BaseModel, ConfigDict, ValidationError

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.privacy import is_same_nik
from services.kernel.settings import settings
from services.kernel.values.units import is_among

ALGORITHM = "ES256"
SESSION_TTL = timedelta(minutes=15)
ENROLMENT_TTL = timedelta(minutes=60)
SECOND_FACTOR_TTL = timedelta(minutes=5)
SESSION_COOKIE = "__Host-session"
ENROLMENT_COOKIE = "__Host-enrolment"
SECOND_FACTOR_COOKIE = "__Host-second-factor"
ENROLMENT_OVER = (
    "Waktu pembuatan akun (60 menit) sudah habis, akun sudah dibuat, atau identitas belum diperiksa di peramban ini. "
    "Ulangi Pengecekan Identitas; bila sudah punya akun, silakan masuk."
)
"""What somebody without an enrolment is told; he seldom has an account to sign in with."""


class Role(StrEnum):
    """Who may do what: domain.md, section 2."""

    HONORER = "honorer"
    OPERATOR = "operator"
    VERIFIKATOR = "verifikator"
    HELPDESK = "helpdesk"
    ADMIN = "admin"
    PPK = "ppk"
    BKN = "bkn"
    AUDITOR = "auditor"


INSTITUTION_STAFF = frozenset({Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK, Role.ADMIN, Role.PPK})
NATIONAL = frozenset({Role.BKN, Role.AUDITOR})


class Audience(StrEnum):
    """What a token is for."""

    SESSION = "session"
    ENROLMENT = "enrolment"
    DEVICE = "device"
    SECOND_FACTOR = "second-factor"


class Claims(BaseModel):
    """The claims of a token. `sub` is a pid (honorer, enrolment) or a staff account's opaque id.

    `own` is the pid that the NIK of a member of staff has in his institution, listed there or not; None when he signs
    in with another number and has not declared it. `sid` names the sign-in it is part of. `enrolment` names the
    enrolment, which a browser has of a row once it passed the identity check; None in a session.
    """

    model_config = ConfigDict(frozen=True)

    aud: Audience
    sub: str
    role: Role
    institution: str | None
    units: tuple[str, ...] = ()
    own: str | None = None
    token_version: int = 0
    sid: str | None = None
    enrolment: str | None = None
    exp: int

    @property
    def expires_at(self) -> datetime:
        """When the token ends."""
        return clock.from_millis(self.exp * 1000)


class Actor(BaseModel):
    """Somebody signed in, or enrolled; then `enrolment` says by which of the identity checks that his row passed."""

    model_config = ConfigDict(frozen=True)

    id: str
    role: Role
    institution: str | None
    units: tuple[str, ...] = ()
    own: str | None = None
    token_version: int = 0
    sid: str | None = None
    enrolment: str | None = None

    @classmethod
    def of(cls, claims: Claims) -> Self:
        """The actor a verified token speaks of."""
        return cls(
            id=claims.sub,
            role=claims.role,
            institution=claims.institution,
            units=claims.units,
            own=claims.own,
            token_version=claims.token_version,
            sid=claims.sid,
            enrolment=claims.enrolment,
        )

    def require_institution(self, institution: str) -> None:
        """Refuse what belongs to another institution, without telling that it exists.

        Raises:
            Problem: `not-found`.
        """
        if self.role not in NATIONAL and self.institution != institution:
            raise Problem(Code.NOT_FOUND)

    def works_for(self, unit: str) -> bool:
        """Whether a unit is his, however it is spelled; who is limited to none works for all (domain.md, section 2).

        `units` has every name of every unit he works for, those below the ones he was given too.
        """
        return not self.units or is_among(unit, self.units)

    def is_own(self, pid: str) -> bool:
        """Whether it is the record of his own NIK, also where that was entered again (privacy.py, `person_id`)."""
        return self.own is not None and is_same_nik(pid, self.own)

    def require_another(self, pid: str) -> None:
        """Refuse a member of staff the record of his own NIK (domain.md, section 2, *Own row*).

        Raises:
            Problem: `own-record`.
        """
        if self.is_own(pid):
            raise Problem(Code.OWN_RECORD)


def verify(token: str, audience: Audience) -> Claims:
    """The claims of a token that is genuine, meant for `audience`, and not over by the kernel clock.

    Raises:
        Problem: `unauthenticated`.
    """
    claims = read(token, audience)
    if clock.now() >= claims.expires_at:
        raise Problem(Code.UNAUTHENTICATED)
    return claims


def read(token: str, audience: Audience) -> Claims:
    """The claims of a token that is genuine and meant for `audience`, over or not.

    Raises:
        Problem: `unauthenticated`.
    """
    try:
        return Claims.model_validate(content(token, audience))
    except ValidationError as error:
        raise Problem(Code.UNAUTHENTICATED) from error


def content(token: str, audience: Audience) -> Mapping[str, object]:
    """What a token says that registration has signed for `audience`, over or not, whatever its claims.

    Raises:
        Problem: `unauthenticated`.
    """
    try:
        signed: Mapping[str, object] = jwt.decode(
            token,
            _key_of(token),
            algorithms=[ALGORITHM],
            audience=audience.value,
            options={"verify_exp": False, "verify_iat": False, "require": ["exp", "sub", "aud"]},
        )
    except (jwt.InvalidTokenError, ValueError, RecursionError) as error:
        raise Problem(Code.UNAUTHENTICATED) from error
    return signed


@functools.cache
def key_id(public_key: str) -> str:
    """The `kid` of tokens that this key (PEM) checks: the beginning of its SHA-256, so that nobody keeps a list."""
    key = load_pem_public_key(public_key.encode())
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()[:16]


def _key_of(token: str) -> str:
    """The public key that a token names.

    Raises:
        Problem: `unauthenticated` when it names none of ours.
        jwt.InvalidTokenError: when it is no token.
    """
    named = jwt.get_unverified_header(token).get("kid")
    for key in (settings().session_public_key, settings().session_public_key_before):
        if key and key_id(key) == named:
            return key
    raise Problem(Code.UNAUTHENTICATED)
