"""The offline copy of a stage's secrets: CMS (RFC 5652), for whoever holds the private key of a certificate.

`openssl cms -decrypt` opens it too, so a copy outlives this program. Whoever holds copy and private key holds every
look-up of every NIK: docs/runbooks/keys.md says who may.
"""

import base64
import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime

from botocore.exceptions import ClientError
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7EnvelopeBuilder, PKCS7Options, pkcs7_decrypt_pem
from cryptography.x509 import load_pem_x509_certificate
from pydantic import BaseModel, ConfigDict

from infra.keys.secret import SECRETS
from infra.keys.store import Kept, Store, Value


class Copied(BaseModel):
    """One secret in the clear, base64, and of a key pair the public half."""

    model_config = ConfigDict(frozen=True)

    plain: str
    public: str = ""

    @property
    def fingerprint(self) -> str:
        """What may be read out and written down, to know it again: it tells nothing of the secret."""
        return hashlib.sha256(b"pendataan\x1f" + base64.b64decode(self.plain)).hexdigest()[:16]


class Copy(BaseModel):
    """All secrets of a stage at one instant."""

    model_config = ConfigDict(frozen=True)

    stage: str
    made: datetime
    secrets: dict[str, Copied]


class CopyError(Exception):
    """The copy is not of this stage, or would replace a secret that is in use; the text says which."""


def export(store: Store, certificate: bytes, now: datetime) -> tuple[bytes, dict[str, str]]:
    """The copy, PEM, encrypted to an RSA certificate (PEM), and the fingerprint of each secret in it."""
    found = {one.purpose: store.read(one.purpose) for one in SECRETS}
    copied = {purpose: _copied(store, purpose, kept.current) for purpose, kept in found.items() if kept}
    copy = Copy(stage=store.stage, made=now, secrets=copied)
    envelope = (
        PKCS7EnvelopeBuilder()
        .set_data(copy.model_dump_json().encode())
        .set_content_encryption_algorithm(AES256)
        .add_recipient(load_pem_x509_certificate(certificate))
    )
    body = envelope.encrypt(Encoding.PEM, [PKCS7Options.Binary])
    return body, {purpose: one.fingerprint for purpose, one in copied.items()}


def read(body: bytes, certificate: bytes, private_key: bytes, password: bytes | None = None) -> Copy:
    """Open a copy.

    Raises:
        ValueError: it is for another certificate, or no copy of ours. That one was altered only fingerprints tell.
    """
    key = load_pem_private_key(private_key, password)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("the private key of an RSA certificate is needed")
    plain = pkcs7_decrypt_pem(body, load_pem_x509_certificate(certificate), key, [])
    return Copy.model_validate_json(plain)


def restore(store: Store, copy: Copy, replace: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Keep the copy's secrets again, under the KMS key the stage has now; those that are kept already stay.

    Args:
        store: where.
        copy: what `read` gave.
        replace: secrets that are kept with another value, or cannot be opened, and shall be overwritten.

    Returns:
        Of each secret in turn what was done: `restored` or `unchanged`.

    Raises:
        CopyError: a copy of another stage, or another value is kept; nothing at all was written then.
    """
    if copy.stage != store.stage:
        raise CopyError(f"this is a copy of `{copy.stage}`, not of `{store.stage}`")
    plains = {purpose: base64.b64decode(one.plain) for purpose, one in copy.secrets.items()}
    same = {purpose: _same(store, purpose, plain) for purpose, plain in plains.items()}
    other = sorted(purpose for purpose, is_same in same.items() if is_same is False and purpose not in replace)
    if other:
        raise CopyError(f"kept with another value, or not to be opened: {', '.join(other)}; see --replace")
    return _write(store, copy, {purpose: plain for purpose, plain in plains.items() if same[purpose] is not True})


def _write(store: Store, copy: Copy, wanted: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    for purpose, one in copy.secrets.items():
        if purpose in wanted:
            value = Value(ciphertext=store.seal(purpose, wanted[purpose]), public=one.public)
            store.write(purpose, Kept(current=value))
        yield purpose, "restored" if purpose in wanted else "unchanged"


def _copied(store: Store, purpose: str, value: Value) -> Copied:
    return Copied(plain=base64.b64encode(store.open(purpose, value)).decode(), public=value.public)


def _same(store: Store, purpose: str, plain: bytes) -> bool | None:
    """Whether this value is kept; None when none is. One that KMS does not open is another."""
    kept = store.read(purpose)
    if kept is None:
        return None
    try:
        return store.open(purpose, kept.current) == plain
    except ClientError:
        return False
