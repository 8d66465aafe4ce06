"""What S3 demands of a browser upload (POST Object): signature and every condition of its policy.

The emulator accepts a tampered signature, so the gateway judges before it passes anything on.
Source: Amazon S3 API reference, "POST Object" and "Authenticating requests: browser-based uploads using POST".
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_NOT_IN_POLICY = frozenset({"x-amz-signature", "policy", "file"})
_ALGORITHM = "AWS4-HMAC-SHA256"


class Refused(Exception):
    """S3's answer to a form it does not accept."""

    def __init__(self, status: int, code: str, message: str, **details: str) -> None:
        """`code` and `message` in S3's words; `details` are further elements of the answer."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.details = details


@dataclass(frozen=True)
class Allowed:
    """What a form may upload."""

    smallest: int
    largest: int


@dataclass(frozen=True)
class Signer:
    """Whose signatures are accepted."""

    access_key: str
    secret_key: str


def judge(fields: Mapping[str, str], bucket: str, signer: Signer, now: datetime) -> Allowed:
    """Check a form's fields (those before the file) and return the sizes it may have.

    Args:
        fields: by name in lower case, except that `key` has `${filename}` already replaced.
        bucket: the one addressed.
        signer: the only known key pair.
        now: the machine's instant; links and forms expire by the real clock.

    Raises:
        Refused: as S3 would answer.
    """
    if "key" not in fields:
        raise Refused(400, "InvalidArgument", "Bucket POST must contain a field named 'key'.")
    if "policy" not in fields:
        raise Refused(403, "AccessDenied", "Access Denied")
    _check_signature(fields, signer)
    policy = _read_policy(fields["policy"])
    if datetime.fromisoformat(policy["expiration"]).astimezone(UTC) <= now:
        raise Refused(403, "AccessDenied", "Invalid according to Policy: Policy expired.")
    return _check_conditions(policy["conditions"], {**fields, "bucket": bucket})


def check_size(size: int, allowed: Allowed, *, complete: bool) -> None:
    """Check the file's size; call it while reading (`complete=False`) and at the end.

    Raises:
        Refused: EntityTooLarge or EntityTooSmall, with the proposed and the allowed figure.
    """
    if size > allowed.largest:
        text = "Your proposed upload exceeds the maximum allowed size"
        details = {"ProposedSize": str(size), "MaxSizeAllowed": str(allowed.largest)}
        raise Refused(400, "EntityTooLarge", text, **details)
    if complete and size < allowed.smallest:
        text = "Your proposed upload is smaller than the minimum allowed size"
        details = {"ProposedSize": str(size), "MinSizeAllowed": str(allowed.smallest)}
        raise Refused(400, "EntityTooSmall", text, **details)


def sign(policy: str, secret_key: str, scope: str) -> str:
    """Signature version 4 of a policy in base64; `scope` is `date/region/s3/aws4_request`."""
    key = f"AWS4{secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, policy.encode(), hashlib.sha256).hexdigest()


def _check_signature(fields: Mapping[str, str], signer: Signer) -> None:
    if fields.get("x-amz-algorithm") != _ALGORITHM:
        raise Refused(400, "InvalidArgument", "X-Amz-Algorithm only supports AWS4-HMAC-SHA256")
    access_key, _, scope = fields.get("x-amz-credential", "").partition("/")
    parts = scope.split("/")
    if len(parts) != 4 or parts[2:] != ["s3", "aws4_request"]:
        raise Refused(400, "InvalidArgument", "Error parsing the X-Amz-Credential parameter.")
    if access_key != signer.access_key:
        raise Refused(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")
    if not fields.get("x-amz-date", "").startswith(parts[0]):
        raise Refused(403, "AccessDenied", "Invalid according to Policy: the date does not match the credential.")
    expected = sign(fields["policy"], signer.secret_key, scope)
    if not hmac.compare_digest(expected, fields.get("x-amz-signature", "")):
        text = "The request signature we calculated does not match the signature you provided."
        raise Refused(403, "SignatureDoesNotMatch", text)


def _read_policy(encoded: str) -> dict[str, Any]:
    try:
        policy = json.loads(base64.b64decode(encoded, validate=True))
        datetime.fromisoformat(policy["expiration"])
        list(policy["conditions"])
    except (binascii.Error, ValueError, KeyError, TypeError) as malformed:
        text = "The content of the form does not meet the conditions specified in the policy document."
        raise Refused(400, "InvalidPolicyDocument", text) from malformed
    return dict(policy)


def _check_conditions(conditions: list[Any], fields: Mapping[str, str]) -> Allowed:
    smallest, largest, named = 0, 5 * 1024**3, {"bucket"}
    for condition in conditions:
        if isinstance(condition, list) and condition[0] == "content-length-range":
            smallest, largest = int(condition[1]), int(condition[2])
            continue
        for kind, name, wanted in _simple(condition):
            named.add(name)
            if not _holds(kind, fields.get(name), wanted):
                raise _failed(condition)
    extra = sorted(n for n in fields if n not in named | _NOT_IN_POLICY and not n.startswith("x-ignore-"))
    if extra:
        text = f"Invalid according to Policy: Extra input fields: {', '.join(extra)}"
        raise Refused(403, "AccessDenied", text)
    return Allowed(smallest, largest)


def _simple(condition: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - JSON of a stranger
    """`{"acl": "private"}` and `["starts-with", "$key", "a/"]` as (kind, name, wanted)."""
    if isinstance(condition, dict):
        return [("eq", name.lower(), str(wanted)) for name, wanted in condition.items()]
    if isinstance(condition, list) and len(condition) == 3 and condition[0] in {"eq", "starts-with"}:
        return [(condition[0], str(condition[1]).removeprefix("$").lower(), str(condition[2]))]
    raise Refused(400, "InvalidPolicyDocument", "Invalid Policy: Invalid condition.")


def _holds(kind: str, value: str | None, wanted: str) -> bool:
    if value is None:
        return False
    return value == wanted if kind == "eq" else value.startswith(wanted)


def _failed(condition: Any) -> Refused:  # noqa: ANN401 - JSON of a stranger
    if isinstance(condition, dict):
        name, wanted = next(iter(condition.items()))
        condition = ["eq", f"${name}", wanted]
    text = f"Invalid according to Policy: Policy Condition failed: {json.dumps(condition)}"
    return Refused(403, "AccessDenied", text)
