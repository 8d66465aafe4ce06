"""ALTCHA proof of work (PBKDF2/SHA-256): a speed bump, valid 20 minutes, each solution good once.

Its expiry runs on the machine's clock, which the library checks it by.

The cost is chosen so that a slow phone needs about a second and a half while the visitor is still reading.
"""

import base64
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any

import altcha
from pydantic import BaseModel, ConfigDict, Field

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr
from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem

TTL = timedelta(minutes=20)
_COST = 5000
_SMALLEST_COUNTER = 150
_COUNTERS = 300
_MAX_LENGTH = 4096
"""Characters of a token; a solved one has under a thousand."""


class Challenge(BaseModel):
    """A challenge as ALTCHA's solver takes it; `parameters` are the library's, `signature` is ours over them."""

    parameters: dict[str, Any]
    signature: str


class _Token(BaseModel):
    """What must be in a token before the library looks at it; the rest is the library's."""

    model_config = ConfigDict(strict=True)

    challenge: "_Challenge"
    solution: dict[str, Any]


class _Challenge(BaseModel):
    model_config = ConfigDict(strict=True)

    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    parameters: "_Parameters"


class _Parameters(BaseModel):
    model_config = ConfigDict(strict=True)

    expires_at: Annotated[int, Field(alias="expiresAt", ge=0, le=2**40)]
    cost: int


def issue(key: bytes, effort: int = 1) -> Challenge:
    """A fresh challenge, signed, of so many times the usual cost; `key` is the deployed captcha secret of 32 bytes."""
    challenge = altcha.create_challenge(
        "PBKDF2/SHA-256",
        _COST * effort,
        counter=_SMALLEST_COUNTER + secrets.randbelow(_COUNTERS),
        key_length=32,
        expires_at=int((clock.machine_now() + TTL).timestamp()),
        hmac_secret=key.hex(),
        hmac_key_secret=key[::-1].hex(),
    )
    return Challenge.model_validate(challenge.to_dict())


def demand(token: str, keys: Sequence[bytes], ttl_table: str, effort: int) -> None:
    """Accept a solved challenge of at least this effort once, where not everybody must bring one.

    Raises:
        Problem: `captcha-required`, with the `effort` of the challenge to fetch, without any token or with one of a
            cheaper challenge; `captcha-failed` as below.
    """
    if not token or _read(token).parameters.cost < _COST * effort:
        raise Problem(Code.CAPTCHA_REQUIRED, effort=effort)
    require(token, keys, ttl_table)


def require(token: str, keys: Sequence[bytes], ttl_table: str) -> None:
    """Accept a solved challenge of one of our keys once; there are two while the secret is rotated.

    Raises:
        Problem: `captcha-failed` when it is no token, wrong, over, or was used before.
    """
    challenge = _read(token)
    if not any(altcha.verify_solution(token, key.hex(), hmac_key_secret=key[::-1].hex()).verified for key in keys):
        raise Problem(Code.CAPTCHA_FAILED)
    used = {"pk": f"captcha#{challenge.signature}", "expires": challenge.parameters.expires_at + 3600}
    if not dynamodb.ttl_put(ttl_table, used, when=Attr("pk").not_exists()):
        log(LogLine.CAPTCHA_REPLAYED)
        raise Problem(Code.CAPTCHA_FAILED)


def _read(token: str) -> _Challenge:
    """The challenge in a token of bounded size and of the right shape, whatever it is worth."""
    if len(token) > _MAX_LENGTH:
        raise Problem(Code.CAPTCHA_FAILED)
    try:
        return _Token.model_validate_json(base64.b64decode(token, validate=True)).challenge
    except ValueError as error:  # no base64, no JSON, nested too deep, or of another shape
        raise Problem(Code.CAPTCHA_FAILED) from error
