"""ALTCHA proof of work (PBKDF2/SHA-256): a speed bump, valid 20 minutes, each solution good once.

Its expiry runs on the machine's clock, which the library checks it by.

The cost is chosen so that a slow phone needs about a second and a half while the visitor is still reading.
"""

import base64
import binascii
import json
import secrets
from datetime import timedelta
from typing import Any

import altcha

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr
from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem

LIFE = timedelta(minutes=20)
_COST = 5000
_SMALLEST_COUNTER = 150
_COUNTERS = 300


def issue(key: bytes) -> dict[str, Any]:
    """A fresh challenge, signed; `key` is the deployed captcha secret of 32 bytes."""
    challenge = altcha.create_challenge(
        "PBKDF2/SHA-256",
        _COST,
        counter=_SMALLEST_COUNTER + secrets.randbelow(_COUNTERS),
        key_length=32,
        expires_at=int((clock.machine_now() + LIFE).timestamp()),
        hmac_secret=key.hex(),
        hmac_key_secret=key[::-1].hex(),
    )
    made: dict[str, Any] = challenge.to_dict()
    return made


def require(token: str, key: bytes, ttl_table: str) -> None:
    """Accept a solved challenge once.

    Raises:
        Problem: `captcha-failed` when it is wrong, over, or was used before.
    """
    signature, expires_at = _read(token)
    if not altcha.verify_solution(token, key.hex(), hmac_key_secret=key[::-1].hex()).verified:
        raise Problem(Code.CAPTCHA_FAILED)
    used = {"pk": f"captcha#{signature}", "expires": expires_at + 3600}
    if not dynamodb.put_once(ttl_table, used, when=Attr("pk").not_exists()):
        log(LogLine.CAPTCHA_REPLAYED)
        raise Problem(Code.CAPTCHA_FAILED)


def _read(token: str) -> tuple[str, int]:
    try:
        challenge = json.loads(base64.b64decode(token, validate=True))["challenge"]
        return str(challenge["signature"]), int(challenge["parameters"]["expiresAt"])
    except (binascii.Error, ValueError, KeyError, TypeError) as error:
        raise Problem(Code.CAPTCHA_FAILED) from error
