"""KMS behind plain functions. A context binds a ciphertext to its purpose (AWS KMS, "Encryption context")."""

from collections.abc import Mapping

from botocore.exceptions import ClientError

from services.kernel.aws import clients

_NOT_OURS = frozenset(
    {"InvalidCiphertextException", "IncorrectKeyException", "ValidationException", "AccessDeniedException"}
)
"""What KMS answers to a broken ciphertext or a wrong context, and to a key that is not ours."""


def decrypt(ciphertext: bytes, context: Mapping[str, str]) -> bytes:
    """The plaintext of something this stage's key encrypted under the same context."""
    return clients.kms().decrypt(CiphertextBlob=ciphertext, EncryptionContext=dict(context))["Plaintext"]


def encrypt(key_arn: str, plaintext: bytes, context: Mapping[str, str]) -> bytes:
    """At most 4,096 bytes, encrypted by this stage's key (AWS KMS, *Encrypt*)."""
    made = clients.kms().encrypt(KeyId=key_arn, Plaintext=plaintext, EncryptionContext=dict(context))
    return made["CiphertextBlob"]


def decrypt_or_none(ciphertext: bytes, context: Mapping[str, str]) -> bytes | None:
    """As `decrypt`; None of what this stage's key did not encrypt under this context, for it came from outside."""
    try:
        return decrypt(ciphertext, context)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _NOT_OURS:
            raise
        return None


def new_data_key(key_arn: str, context: Mapping[str, str]) -> tuple[bytes, bytes]:
    """A fresh 32-byte key: (plaintext, ciphertext to store)."""
    made = clients.kms().generate_data_key(KeyId=key_arn, EncryptionContext=dict(context), KeySpec="AES_256")
    return made["Plaintext"], made["CiphertextBlob"]


def sign(key_arn: str, message: bytes) -> bytes:
    """An ECDSA signature (P-256, SHA-256; ASN.1 DER as in RFC 3279, section 2.2.3) by a key that never leaves KMS.

    KMS hashes the message itself, which it takes up to 4,096 bytes.
    """
    answer = clients.kms().sign(KeyId=key_arn, Message=message, MessageType="RAW", SigningAlgorithm="ECDSA_SHA_256")
    return answer["Signature"]
