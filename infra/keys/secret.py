"""The portal's secrets: what each is for, how one is made, and which parameters of the stacks carry it.

A parameter whose name ends in `Before` carries the value that is accepted beside the current one while a secret is
rotated; empty otherwise.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from infra.keys.store import Kept, Store, Value
from services.kernel.security import captcha
from services.registration.sessions import families


@dataclass(frozen=True)
class Secret:
    """One secret."""

    purpose: str
    """Its name in the store, and its encryption context."""
    make: Callable[[Store], Value]
    carry: Callable[[Store, Kept], Mapping[str, str]]
    """The parameters that carry it."""
    overlap: timedelta | None = None
    """How long an old value must be accepted so that nobody notices; None: what it made lasts for ever."""

    @property
    def irreplaceable(self) -> bool:
        """Whether what is stored can be read with this very value only."""
        return self.overlap is None


def _random(purpose: str) -> Callable[[Store], Value]:
    return lambda store: Value(ciphertext=store.random(purpose))


def _pair(store: Store) -> Value:
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return Value(ciphertext=store.seal("session", pem), public=public.decode().strip())


def _header(store: Store) -> Value:
    return Value(ciphertext=store.seal("origin", secrets.token_urlsafe(32).encode()))


def _carry_captcha(_: Store, kept: Kept) -> dict[str, str]:
    return {"CaptchaKey": kept.current.ciphertext, "CaptchaKeyBefore": kept.other.ciphertext if kept.other else ""}


def _carry_session(_: Store, kept: Kept) -> dict[str, str]:
    return {
        "SessionKey": kept.current.ciphertext,
        "SessionPublicKey": _one_line(kept.current.public),
        "SessionPublicKeyBefore": _one_line(kept.other.public) if kept.other else "",
    }


def _carry_origin(store: Store, kept: Kept) -> dict[str, str]:
    """Open, for the distribution sends it as a header; the templates hide it (NoEcho)."""
    return {
        "OriginSecret": store.open("origin", kept.current).decode(),
        "OriginSecretBefore": store.open("origin", kept.other).decode() if kept.other else "",
    }


def _one_line(pem: str) -> str:
    return pem.replace("\n", "\\n")


SECRETS = (
    Secret("lookup", _random("lookup"), lambda _, kept: {"LookupKey": kept.current.ciphertext}),
    Secret("files", _random("files"), lambda _, kept: {"FilesKey": kept.current.ciphertext}),
    Secret("captcha", _random("captcha"), _carry_captcha, captcha.TTL),
    Secret("session", _pair, _carry_session, families.TTL),
    Secret("origin", _header, _carry_origin, timedelta(hours=1)),
)
"""Lookup finds a person by his NIK; files ties a file to the history row it belongs to, and signs receipts; captcha
signs challenges; session signs tokens, and the names of browsers that refresh tokens are held to; origin shows the APIs
that a request came through the distribution."""

NAMES = (
    "LookupKey",
    "FilesKey",
    "CaptchaKey",
    "CaptchaKeyBefore",
    "SessionKey",
    "SessionPublicKey",
    "SessionPublicKeyBefore",
    "OriginSecret",
    "OriginSecretBefore",
)
"""All parameters that carry a secret."""


def secret(purpose: str) -> Secret:
    """The secret for a purpose.

    Raises:
        KeyError: there is none.
    """
    return {one.purpose: one for one in SECRETS}[purpose]
