"""Personal data at rest: one encrypted blob per item, a key per person that can be destroyed, look-ups by keyed HMAC.

Assume the tables leak (domain.md, section 8). The key of an item is derived from the institution's data key (made and
wrapped by KMS, kept in the service's own table) and the person's salt: destroy the salt and the person is erased.
"""

import base64
import functools
import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.kernel.aws import dynamodb, kms
from services.kernel.aws.dynamodb import Attr
from services.kernel.security.canonical import canonical
from services.kernel.settings import settings

SALT_BYTES = 16
_NONCE_BYTES = 12
_KEY_VERSION = 1
_LOOKUP_KEY_ID = "1"
_PERSON_ID = 16
"""Characters of a person's id before its generation."""


@dataclass(frozen=True)
class Place:
    """Where a blob lives; bound into it as associated data, so that it cannot be moved to another item."""

    table: str
    pk: str
    sk: str

    def associated_data(self) -> bytes:
        """Table, key and key version (NIST SP 800-38D calls it additional authenticated data)."""
        return json.dumps([self.table, self.pk, self.sk, _KEY_VERSION]).encode()


def new_salt() -> bytes:
    """A person's salt; whoever destroys it erases the person."""
    return os.urandom(SALT_BYTES)


def encrypt(data: Mapping[str, Any], *, institution: str, salt: bytes, place: Place) -> bytes:
    """Encrypt a JSON-able mapping with AES-256-GCM (NIST SP 800-38D): 12 bytes of nonce, the ciphertext, 16 of tag.

    The key is made of the data key of `institution` and of `salt` (16 bytes).
    """
    nonce = os.urandom(_NONCE_BYTES)
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return nonce + _cipher(institution, salt).encrypt(nonce, plain, place.associated_data())


def decrypt(blob: bytes, *, institution: str, salt: bytes, place: Place) -> dict[str, Any]:
    """Decrypt what `encrypt` made.

    Raises:
        cryptography.exceptions.InvalidTag: when the blob was altered or stood elsewhere.
    """
    nonce, body = blob[:_NONCE_BYTES], blob[_NONCE_BYTES:]
    plain = _cipher(institution, salt).decrypt(nonce, body, place.associated_data())
    opened: dict[str, Any] = json.loads(plain)
    return opened


def blind(lookup_key: bytes, purpose: str, value: str) -> str:
    """A keyed HMAC-SHA-256 to look a value up by; the key's id leads it so that the key can be changed.

    A plain hash would be no protection: all NIKs can be tried in seconds.
    """
    digest = hmac.digest(lookup_key, f"{purpose}\x1f{value}".encode(), "sha256")
    return f"{_LOOKUP_KEY_ID}.{base64.b32encode(digest[:20]).decode().lower()}"


def person_id(lookup_key: bytes, institution: str, nik: str, generation: int = 0) -> str:
    """`pid`: 80 bits of HMAC over institution and NIK in base32; the same row imported twice is the same key.

    A NIK from which somebody was moved away, because it was not his, is entered again under the next `generation`: `0`
    and its number behind, which no base32 ends with. So nothing of whoever was there before is found under it.
    """
    digest = hmac.digest(lookup_key, f"pid\x1f{institution}\x1f{nik}".encode(), "sha256")
    return base64.b32encode(digest[:10]).decode().lower() + (f"0{generation}" if generation else "")


def is_same_nik(one: str, other: str) -> bool:
    """Whether two ids of people are of one NIK in one institution, whatever their generations."""
    return stem_of(one) == stem_of(other)


def stem_of(pid: str) -> str:
    """What ids of one NIK in one institution have in common."""
    return pid[:_PERSON_ID]


@functools.cache
def unwrap(ciphertext: str, purpose: str) -> bytes:
    """A deployed secret (base64 KMS ciphertext from the environment), decrypted once per start."""
    return kms.decrypt(base64.b64decode(ciphertext), {"purpose": purpose, "stage": settings().stage})


def unwrap_all(*ciphertexts: str, purpose: str) -> tuple[bytes, ...]:
    """Deployed secrets for one purpose, without those that are empty: there are two only while one is rotated."""
    return tuple(unwrap(one, purpose) for one in ciphertexts if one)


@functools.lru_cache(maxsize=4096)
def _cipher(institution: str, salt: bytes) -> AESGCM:
    derived = HKDF(SHA256(), length=32, salt=salt, info=b"pendataan item").derive(_institution_key(institution))
    return AESGCM(derived)


@functools.lru_cache(maxsize=1024)
def _institution_key(institution: str) -> bytes:
    """The institution's data key in this service's table; made by whoever needs it first."""
    table, key = settings().table, {"pk": f"KEY#{institution}", "sk": "@"}
    context = {"institution": institution, "service": settings().service, "stage": settings().stage}
    stored = dynamodb.get(table, key)
    if stored is None:
        plain, wrapped = kms.new_data_key(settings().key_arn, context)
        try:
            dynamodb.transact([dynamodb.put(table, {**key, "wrapped": wrapped}, when=Attr("pk").not_exists())])
        except dynamodb.Cancelled:
            return _stored_key(table, key, context)
        return plain
    return kms.decrypt(stored["wrapped"], context)


def _stored_key(table: str, key: Mapping[str, str], context: Mapping[str, str]) -> bytes:
    stored = dynamodb.get(table, key)
    if stored is None:
        raise LookupError("institution key vanished")
    return kms.decrypt(stored["wrapped"], context)


def forget() -> None:
    """Drop keys held in memory: after an erasure, and when a test starts another cloud."""
    for held in (unwrap, _cipher, _institution_key):
        held.cache_clear()


def digest(data: Mapping[str, Any]) -> str:
    """SHA-256, in hex, over the canonical JSON of a mapping."""
    return hashlib.sha256(canonical(data)).hexdigest()
